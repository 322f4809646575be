"""The pack's `data_quality:` section: which checks of figures are off, and how far some of them look.

Every check is on unless the pack says otherwise, so a pack without the section has none of it in its canonical form.
The checks themselves are in `engine/queries/quality/checks`.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from workflows.node import Node

ON, OFF = "on", "off"


class Option(msgspec.Struct, frozen=True):
    """A whole number that a check can be given."""

    about: str
    default: int
    least: int
    most: int


class Known(msgspec.Struct, frozen=True):
    """A check, as the reference and the reader of packs know it."""

    about: str
    options: Mapping[str, Option] = msgspec.field(default_factory=dict)


_PERIODS = "how many figures before it are looked at"

CHECKS: Mapping[str, Known] = {
    "declared_against_computed": Known("The declared status is another than the figure gives."),
    "target_left_over": Known(
        "The target is still that of an earlier year, where it was set anew each year before."
    ),
    "unchanged": Known(
        "The figure is exactly that of the periods before.",
        {"periods": Option("how many periods running are said to be the same, this one counted", 3, 2, 24)},
    ),
    "zero_as_missing": Known("The figure is zero, where nothing before it was anywhere near."),
    "saw_tooth": Known("It grows through the year and begins anew with the next: a running total."),
    "equal_after_rounding": Known("It equals the target as it is shown, and misses it as it is."),
    "target_without_direction": Known("There is a target, and nothing says which way is better."),
    "outside_usual_range": Known(
        "The figure lies outside its usual range.", {"periods": Option(_PERIODS, 8, 4, 36)}
    ),
    "numerator_above_denominator": Known("A percentage whose numerator is above its denominator."),
}
"""Check → what it looks for, in the words of the reference."""


class DataQuality(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a pack says otherwise; all checks are on where it says nothing."""

    off: tuple[str, ...] = ()
    """Checks that are not made, in the order of the list."""
    options: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)
    """Check → option → number, where it is another than the usual one."""

    def is_on(self, check: str) -> bool:
        """Whether a check is made."""
        return check not in self.off

    def option(self, check: str, name: str) -> int:
        """The number that a check is given."""
        return self.options.get(check, {}).get(name, CHECKS[check].options[name].default)


ALL_ON = DataQuality()


def read_data_quality(node: Node) -> DataQuality:
    """Read the section: ``unchanged: off``, or ``outside_usual_range: {periods: 12}``."""
    off, options = [], {}
    found = node.keys(optional=(*CHECKS, "clause", "assumption"))
    for name, check in CHECKS.items():
        if name not in found:
            continue
        if isinstance(found[name].value, str) or not check.options:
            if found[name].choice((ON, OFF), "setting of a check") == OFF:
                off.append(name)
        elif given := _options(found[name], check):
            options[name] = given
    return DataQuality(off=tuple(off), options=options)


def _options(node: Node, check: Known) -> dict[str, int]:
    """What is given otherwise than usual; numbers out of bounds are problems."""
    given = {}
    for name, below in node.keys(optional=check.options).items():
        option, told = check.options[name], len(node.problems)
        number = below.whole_number()
        if len(node.problems) > told:
            continue
        if not option.least <= number <= option.most:
            below.problem(
                "GT-QUALITY-020",
                f"'{name}' is from {option.least} to {option.most}, not {number}.",
                f"Left out, it is {option.default}.",
            )
        elif number != option.default:
            given[name] = number
    return given
