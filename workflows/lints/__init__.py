"""The checks of a workflow, by what they look at: its paths, its clocks, its fields."""
