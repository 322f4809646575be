"""Why anything is as it is: a figure, a status, a trigger, a matter, a deadline, each in sentences."""
