"""goldenthread: figures in, obligations out, every decision explained and provable. This folder puts the parts together."""
