"""Numbers as people read them: a dash for what is missing, and never rounded onto a target that was missed."""

from __future__ import annotations

from engine.queries.shown import counted, figure_shown, joined, position_shown


def test_figures_are_shown_with_the_indicators_decimals_and_unit() -> None:
    assert figure_shown("percent", 1, value="71") == "71.0 %"
    assert figure_shown("pounds", 2, value="-12.5") == "-£12.50"
    assert figure_shown("number", 0, value="1200") == "1200"
    assert figure_shown("days", 1, value="3.25") == "3.3 days"


def test_a_percentage_follows_from_its_parts() -> None:
    assert figure_shown("percent", 1, value=None, numerator="5", denominator="7") == "71.4 %"


def test_a_missing_figure_is_a_dash_and_no_zero() -> None:
    assert figure_shown("percent", 1, value=None) == "–"
    assert figure_shown("percent", 1, value=None, numerator="0", denominator="0") == "–"
    assert figure_shown("percent", 1, value="0") == "0.0 %"


def test_a_near_miss_is_not_rounded_onto_the_target() -> None:
    assert figure_shown("percent", 1, value="94.96", apart_from=("95",)) == "94.96 %"
    assert figure_shown("percent", 1, value="95", apart_from=("95",)) == "95.0 %"


def test_small_words() -> None:
    assert [counted(1, "figure"), counted(2, "figure")] == ["1 figure", "2 figures"]
    assert [joined([]), joined(["a"]), joined(["a", "b", "c"])] == ["nobody", "a", "a, b or c"]
    assert position_shown(10482) == "event 10482"
