"""What is to be done: by whom, until when, and for one person what they may do, or why they may not."""
