"""Time passes: what is due fires once, by whichever worker, and what fails is kept and tried again."""
