"""Ratios against peers, measured in CPU time and printed; never tests, since a machine's mood is not a defect."""
