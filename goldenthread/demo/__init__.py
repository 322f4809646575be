"""The demonstration: three years of real figures through an invented council, on a simulated clock."""
