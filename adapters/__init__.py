"""Everything that touches the outside, one folder each; no adapter imports another."""
