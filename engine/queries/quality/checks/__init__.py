"""The data-quality checks: one file each, and a line here. What each is for stands in `engine/packs/data_quality.py`."""

from __future__ import annotations

from engine.queries.quality.check import Check
from engine.queries.quality.checks.declared_against_computed import CHECK as DECLARED_AGAINST_COMPUTED
from engine.queries.quality.checks.equal_after_rounding import CHECK as EQUAL_AFTER_ROUNDING
from engine.queries.quality.checks.numerator_above_denominator import CHECK as NUMERATOR_ABOVE_DENOMINATOR
from engine.queries.quality.checks.outside_usual_range import CHECK as OUTSIDE_USUAL_RANGE
from engine.queries.quality.checks.saw_tooth import CHECK as SAW_TOOTH
from engine.queries.quality.checks.target_left_over import CHECK as TARGET_LEFT_OVER
from engine.queries.quality.checks.target_without_direction import CHECK as TARGET_WITHOUT_DIRECTION
from engine.queries.quality.checks.unchanged import CHECK as UNCHANGED
from engine.queries.quality.checks.zero_as_missing import CHECK as ZERO_AS_MISSING

CHECKS: tuple[Check, ...] = (
    DECLARED_AGAINST_COMPUTED,
    TARGET_LEFT_OVER,
    UNCHANGED,
    ZERO_AS_MISSING,
    SAW_TOOTH,
    EQUAL_AFTER_ROUNDING,
    TARGET_WITHOUT_DIRECTION,
    OUTSIDE_USUAL_RANGE,
    NUMERATOR_ABOVE_DENOMINATOR,
)
"""Every check, in the order in which they are told."""
