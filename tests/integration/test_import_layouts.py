"""The same figures in every layout that councils send are the same figures: the second file changes nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.spreadsheets.csv import read_csv
from adapters.yaml.reader import YamlDocuments
from engine.importing.rejected import RejectedRows
from engine.importing.template import template_of
from engine.imports import NO_MAPPING, Mapping, Plan, Rejected, apply_import, plan_import, read_mapping
from engine.packs.pack import Pack
from engine.testing import InMemoryStore
from engine.testing.council import Council
from engine.views import VIEWS
from events.errors import GoldenthreadError, Invalid
from tests.office import office_of

ANALYST, MANAGER = "p3", "p4"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun")
LAST_DAYS = (31, 28, 31, 30, 31, 30)
Figures = dict[tuple[str, int], Decimal]
"""(service, month of 2017) → value."""

FOREIGN = """
columns:
  NI ref: indicator
  Directorate: service
  Comments: ignore
  Outturn: {is: value, percentages: fraction}
  Month: period
indicators: {"NI 130": AE4}
services: {Acute trusts: acute, Mental health: mental}
"""


def made(pack: Pack) -> Council:
    council = Council(pack, date(2017, 7, 10), store=InMemoryStore(VIEWS))
    for service in ("acute", "mental"):
        council.service(service)
    council.indicator("AE4", "acute", "mental", target="95")
    council.hire("Priya", "data_enterer")
    council.hire("Tom", "data_manager")
    return council


@pytest.fixture
def council(example: Pack) -> Council:
    return made(example)


def mapping(text: str) -> Mapping:
    return read_mapping(text.encode(), "words.yaml", YamlDocuments())


def planned(council: Council, content: bytes | str, words: str = "", no_figure: str = "") -> Plan:
    found = mapping(words) if words else NO_MAPPING
    data = content if isinstance(content, bytes) else content.encode()
    table = read_csv(data, "return.csv", found.separator)
    return plan_import(council.engine, table, council.clock.now().date(), mapping=found, no_figure=no_figure)


def imported(
    council: Council, content: bytes | str, words: str = "", who: str = ANALYST, **more: str
) -> None:
    plan = planned(council, content, words, **more)
    apply_import(office_of(council), plan, who, accept_warnings="Looked at.")


def value(council: Council, ref: str) -> str | None:
    row = council.submission(ref)
    return None if row is None else str(row["value"])


# layouts ---------------------------------------------------------------------------------------------------------
def plain(figures: Figures) -> bytes:
    rows = [["indicator", "service", "period", "value"]]
    rows += [["AE4", service, f"2017-{month:02d}", str(v)] for (service, month), v in figures.items()]
    return written(rows).encode()


def titled_and_continental(figures: Figures) -> bytes:
    rows = [["Value", "Service", "Period", "Indicator", ""]]
    for (service, month), v in figures.items():
        rows.append([str(v).replace(".", ","), service, f"{MONTHS[month - 1]}-17", "AE4", ""])
    rows += [
        ["", "", "", "", ""],
        ["123,4", "Total", "", "", ""],
        ["Source: the trusts’ own returns", "", "", "", ""],
    ]
    return ("Four-hour performance – first half\n\n" + written(rows, ";")).encode("cp1252")


def wide(figures: Figures) -> bytes:
    services = sorted({service for service, _ in figures})
    months = sorted({month for _, month in figures})
    rows = [["Indicator", "Service", "# note", *(f"{LAST_DAYS[m - 1]}/{m:02d}/2017" for m in months)]]
    for service in services:
        cells = [figures.get((service, month)) for month in months]
        rows.append(["AE4", service, "x", *("" if v is None else f"{v} %" for v in cells)])
    return b"\xef\xbb\xbf" + written(rows, "\t").encode()


def foreign(figures: Figures) -> bytes:
    names = {"acute": "Acute trusts", "mental": "Mental health"}
    rows = [["NI ref", "Directorate", "Month", "Outturn", "Comments"]]
    for (service, month), v in figures.items():
        rows.append(["NI 130", names[service], f"{month}/2017", format(v / 100, "f"), "late, as ever"])
    return ("sep=|\r\n" + written(rows, "|")).encode()


def written(rows: list[list[str]], mark: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=mark).writerows(rows)
    return out.getvalue()


LAYOUTS: tuple[tuple[Callable[[Figures], bytes], str], ...] = (
    (plain, ""),
    (titled_and_continental, "decimal: comma\n"),
    (wide, ""),
    (foreign, FOREIGN),
)
FIGURES = st.dictionaries(
    st.tuples(st.sampled_from(["acute", "mental"]), st.integers(1, 6)),
    st.integers(11, 999).map(lambda tenths: Decimal(tenths) / 10),
    min_size=1,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(figures=FIGURES, order=st.permutations(LAYOUTS))
def test_the_same_figures_in_another_layout_make_no_new_facts(
    example: Pack, figures: Figures, order: list[tuple[Callable[[Figures], bytes], str]]
) -> None:
    council = made(example)
    layout, words = order[0]
    imported(council, layout(figures), words)
    for (service, month), wanted in figures.items():
        found = value(council, f"AE4/{service}/2017-{month:02d}")
        assert found is not None
        assert Decimal(found) == wanted
    head = council.store.head()
    for layout, words in order:
        plan = planned(council, layout(figures), words)
        assert plan.problems == ()
        assert (plan.counts.unchanged, plan.counts.changes) == (len(figures), 0)
        apply_import(office_of(council), plan, ANALYST)
    assert council.store.head() == head


def test_what_was_found_out_by_looking_is_told(council: Council) -> None:
    plan = planned(council, titled_and_continental({("acute", 6): Decimal("71.4")}), "decimal: comma\n")
    assert plan.notes == (
        "The file is Windows-1252 text, Excel's plain 'CSV', and was read as such.",
        "The columns are separated by semicolons.",
        "The headings stand in line 3; line 1 above them was passed over.",
        "Passed over as total: line 6.",
        "Passed over as footnote: line 7.",
    )
    assert [(each.how, each.count, each.found, each.taken) for each in plan.read_as] == [
        ("a decimal comma", 1, "71,4", "71.4")
    ]


def test_parts_stand_in_columns_of_their_period(council: Council) -> None:
    imported(council, "service,indicator,Jun-17 numerator,Jun-17 denominator\nacute,AE4,57,100\n")
    row = council.submission("AE4/acute/2017-06")
    assert row is not None
    assert (row["numerator"], row["denominator"]) == ("57", "100")


def test_a_service_and_a_period_may_be_said_once_for_the_whole_file(council: Council) -> None:
    imported(council, "indicator,value\nAE4,57.5\n", "fixed: {service: acute, period: June 2017}\n")
    assert value(council, "AE4/acute/2017-06") == "57.5"


def test_blank_cells_are_not_supplied_and_nothing_is_done_about_them(council: Council) -> None:
    plan = planned(council, "indicator,service,May 2017,June 2017\nAE4,acute,,91\nAE4,mental,,\n")
    assert (plan.counts.blank, plan.counts.new, plan.counts.errors) == (3, 1, 0)
    assert str(plan.counts) == "2 rows: 1 new, 3 not supplied"


def test_a_word_for_no_figure_declares_it_with_the_reason_that_was_given(council: Council) -> None:
    text = "indicator,service,period,value\nAE4,acute,2017-06,n/a\nAE4,mental,2017-06,TBC\n"
    assert [each.code for each in planned(council, text).problems] == ["GT-IMPORT-014"] * 2
    words = "no_figure: {TBC: The trust moved to a new system.}\n"
    plan = planned(council, text, words, no_figure="Not collected.")
    assert (plan.counts.no_figures, plan.counts.errors) == (2, 0)
    with pytest.raises(GoldenthreadError):
        apply_import(office_of(council), plan, ANALYST)  # that there is none is for the data manager to say
    apply_import(office_of(council), plan, MANAGER)
    for service, why in (("acute", "Not collected."), ("mental", "The trust moved to a new system.")):
        row = council.submission(f"AE4/{service}/2017-06")
        assert row is not None
        assert row["state"] == "no_figure"
        absent = council.store.streams({f"series/AE4/{service}": 0})[f"series/AE4/{service}"][0]
        ref = getattr(absent.event, "reason", "")
        text_kept = council.store.texts([ref])[ref]
        assert text_kept is not None
        assert text_kept.text == why
    again = planned(council, text, words, no_figure="Not collected.")
    assert (again.counts.unchanged, again.counts.changes) == (2, 0)


def test_good_rows_are_taken_and_bad_ones_are_written_down_to_be_put_right(council: Council) -> None:
    text = "indicator,service,May 2017,June 2017\nAE4,acute,90,#REF!\nAE4,mental,80,81\nAE9,acute,70,71\n"
    plan = planned(council, text)
    with pytest.raises(Invalid):
        apply_import(office_of(council), plan, ANALYST)
    out = io.StringIO()
    rows = RejectedRows(lambda: out, plan.layout)
    apply_import(office_of(council), plan, ANALYST, partial=True, rejected=rows.take)
    assert value(council, "AE4/acute/2017-05") == "90"
    assert council.submission("AE4/acute/2017-06") is None
    accepted = next(fact.event for fact in council.store.page(0, 1_000) if fact.type == "import.accepted")
    assert (getattr(accepted, "left_out", 0), getattr(accepted, "changes", 0)) == (2, 3)
    left_out = list(csv.reader(out.getvalue().splitlines()))
    assert [row[:4] for row in left_out] == [
        ["indicator", "service", "May 2017", "June 2017"],
        ["AE4", "acute", "", "#REF!"],
        ["AE9", "acute", "70", "71"],
    ]
    assert left_out[1][4].startswith('D2: "#REF!" is a spreadsheet error.')
    corrected = out.getvalue().replace("#REF!", "91").replace("AE9,acute,70,71", "AE4,mental,80,81")
    imported(council, corrected)
    assert value(council, "AE4/acute/2017-06") == "91"


def test_an_odd_row_is_a_problem_and_never_passed_over(council: Council) -> None:
    text = "indicator,service,period,value\nAE4,acute,2017-06,90\nAll trusts\nAverage,acute,2017-06,90\n"
    assert [
        (each.code, each.place.line if each.place else 0) for each in planned(council, text).problems
    ] == [
        ("GT-IMPORT-050", 3),
        ("GT-IMPORT-018", 4),
    ]
    assert planned(council, text, "skip_rows: [All trusts, Average]\n").counts.errors == 0


def test_a_template_imports_back_as_it_is_and_after_it_was_filled_in(council: Council) -> None:
    council.figure(ANALYST, "enter", "AE4/acute/2017-05", "88")
    template = template_of(office_of(council), "2017-06")
    assert [each.last for each in template.figures] == ["88.0 %", ""]
    head = council.store.head()
    imported(council, template.text)
    assert council.store.head() == head
    filled = template.text.replace("AE4,acute,2017-06,,", "AE4,acute,2017-06,91,")
    imported(council, filled)
    assert value(council, "AE4/acute/2017-06") == "91"
    assert planned(council, template_of(office_of(council), "2017-06").text).counts.unchanged == 1


def test_a_template_asks_for_both_parts_where_they_are_added_up_and_only_there(council: Council) -> None:
    ratio = template_of(office_of(council), "2017-06").text.splitlines()
    assert ratio[0].startswith("indicator,service,period,value,numerator,denominator,#")
    filled = ratio[1].replace("AE4,acute,2017-06,,,", "AE4,acute,2017-06,,9,10")
    imported(council, f"{ratio[0]}\n{filled}\n")
    row = council.submission("AE4/acute/2017-06")
    assert row is not None
    assert (row["numerator"], row["denominator"]) == ("9", "10")
    council.indicator("VIS", "acute", frequency="quarter", measured_in="number")
    count = template_of(office_of(council), "2017-Q1").text.splitlines()
    assert count[0].startswith("indicator,service,period,value,#")


BAD_MAPPINGS = (
    ("columns: {A: valeu}", "GT-IMPORT-046"),
    ("columns: {A: service}\nfixed: {service: acute}", "GT-IMPORT-047"),
    ("fixed: {period: soon}", "GT-IMPORT-048"),
    ("fixed: {year: June 2017}", "GT-IMPORT-048"),
    ("colums: {A: value}", "GT-FLOW-001"),
    ("decimal: point\ndecimal: comma", "GT-YAML-007"),
)


@pytest.mark.parametrize(("text", "code"), BAD_MAPPINGS)
def test_a_mapping_file_is_read_strictly(text: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        mapping(text)
    problem = refused.value.problems[0]
    assert problem.code == code
    assert problem.place is not None


def test_every_problem_of_a_mapping_file_is_told_at_once() -> None:
    with pytest.raises(Invalid) as refused:
        mapping("columns: {A: valeu}\nfixed: {period: soon}\nodd: 1\n")
    assert len(refused.value.problems) == 3


def test_a_heading_that_says_no_year_is_told_once_and_at_the_heading(council: Council) -> None:
    plan = planned(council, "indicator,service,Q1,Q2 2016/17\nAE4,acute,90,91\nAE4,mental,80,81\n")
    (problem,) = plan.problems
    assert problem.code == "GT-IMPORT-040"
    assert problem.place is not None
    assert (problem.place.line, problem.place.column) == (1, 19)


def left_out_of(plan: Plan) -> Iterator[Rejected]:
    for batch in plan.batches():
        yield from batch.rejected


def test_a_file_of_ten_thousand_errors_is_counted_whole(council: Council) -> None:
    rows = "".join(f"AE4,acute,2017-06,x{n}\n" for n in range(10_000))
    plan = planned(council, "indicator,service,period,value\n" + rows)
    assert (plan.counts.errors, plan.counts.left_out) == (10_000, 10_000)
    assert sum(1 for _ in left_out_of(plan)) == 10_000
