"""Whether the record is whole, and whether every judgement comes out again as it was recorded."""
