"""Data quality: figures that may be entered and should be looked at again. Nothing here ever blocks an entry.

``data_quality(engine, …) -> list[QualityLine]`` looks over a whole book (`report.py`);
``warnings_for(known, indicator, service, period, figure) -> list[Problem]`` looks at one figure that is about to be
entered, against what the book holds (`warnings.py`). The checks are in `checks/`, one file each, and pure.
"""
