"""A figure becomes a status: what a judgement may look at, judging a series, and judging it again."""
