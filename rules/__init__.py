"""The rules half of a pack: from a figure to a status and the triggers that fire.

Pure: no clock, no file, no database. `compile` turns a pack's tree into a `RuleSet`; `judge` turns a rule
set and one case into facts.
"""
