"""What follows for a matter of any workflow: begun, added to, let go, asked of every service, entered in the register."""
