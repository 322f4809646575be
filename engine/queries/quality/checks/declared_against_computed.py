"""The declared status against what the figure itself gives: by the pack's bands or, where none are agreed, by its target.

Where officers declare, only the two ends are compared: the best status for a figure that misses its target, and the
worst for one that meets it. What lies between is for the officer to say.
"""

from __future__ import annotations

from engine.packs.data_quality import DataQuality
from engine.queries.quality.check import Check, Said
from engine.queries.quality.series import SeriesFigures, misses, target_said
from rules.ir import RuleSet
from rules.rating import rate

_FIX = "Look which of the two is wrong; if both are right, say in a comment why."


def _look(series: SeriesFigures, at: int, _: DataQuality) -> Said | None:
    figure = series.figures[at]
    if figure.declared is None or figure.pack is None:
        return None
    rules = figure.pack.rules
    if rules.status_from == "bands":
        computed = _computed(series, at, rules)
        if computed not in rules.judged or computed == figure.declared:
            return None
        against = f"{series.said(at)} gives {rules.word(computed)}"
    else:
        against = _against_target(series, at, rules)
    if not against:
        return None
    return Said(f"{series.ref(at)} is declared {rules.word(figure.declared)}, but {against}.", _FIX)


def _computed(series: SeriesFigures, at: int, rules: RuleSet) -> str:
    """The status by the bands; where these ask about other periods, the one that the figure has, if it has one."""
    if rules.uses_when or rules.unrated_when:
        return series.figures[at].assessed or ""
    return rate(rules, series.case(at)).status


def _against_target(series: SeriesFigures, at: int, rules: RuleSet) -> str:
    missed = misses(series, at)
    scale = sorted((status.rank, status.id) for status in rules.statuses if status.judged)
    if missed is None or len(scale) < 2:
        return ""
    odd = scale[-1][1] if missed else scale[0][1]
    if series.figures[at].declared != odd:
        return ""
    return f"{series.said(at)} {'misses' if missed else 'meets'} the target of {target_said(series, at)}"


CHECK = Check(name="declared_against_computed", code="GT-QUALITY-001", look=_look)
