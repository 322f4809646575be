"""Reading YAML strictly: what a governance lead writes is what the product sees, or it is refused with its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.yaml import YamlDocuments
from events.errors import Invalid


def read(text):
    return YamlDocuments().read(text, "pack.yaml")


def refusal(text):
    with pytest.raises(Invalid) as refused:
        read(text)
    return refused.value.problems


def test_every_scalar_stays_the_text_it_is():
    tree = read("a: no\nb: on\nc: 1.0\nd: 2008-12-01\ne: 0o17\nf: ~\ng:\nh: 'x'\n").tree
    assert tree == {
        "a": "no",
        "b": "on",
        "c": "1.0",
        "d": "2008-12-01",
        "e": "0o17",
        "f": "~",
        "g": "",
        "h": "x",
    }


def test_lists_and_mappings_keep_their_order_and_shape():
    tree = read("b: [1, {x: y}]\na:\n  - c: d\n    e: f\n  - g\n").tree
    assert tree == {"b": ["1", {"x": "y"}], "a": [{"c": "d", "e": "f"}, "g"]}
    assert list(tree) == ["b", "a"]


def test_a_byte_order_mark_as_windows_editors_write_it_is_no_part_of_the_first_key():
    document = read("\ufeffpack: x\n")
    assert document.tree == {"pack": "x"}
    assert document.place(["pack"]).excerpt == "pack: x"


def test_windows_line_ends_do_not_shift_lines():
    place = read("a: b\r\nc: d\r\n").place(["c"])
    assert (place.line, place.column, place.excerpt) == (2, 4, "c: d")


def test_a_value_stands_where_it_begins_and_a_key_where_it_begins():
    document = read("one: 1\ntwo: {three: 3, four: [5, 6]}\n")
    assert spot(document.place(["two", "four", 1])) == (2, 27)
    assert spot(document.place(["two", "three"], key=True)) == (2, 7)


def test_a_block_is_shown_by_its_key():
    document = read("triggers:\n  concern:\n    when: red\n")
    assert spot(document.place(["triggers", "concern"])) == (2, 3)


def test_what_is_missing_is_shown_at_the_nearest_part_that_exists():
    document = read("triggers:\n  concern:\n    when: red\n")
    assert spot(document.place(["triggers", "concern", "then", "start"])) == (2, 3)
    assert spot(document.place(["nowhere"])) == (1, 1)


def test_all_duplicate_keys_are_reported_together_and_the_first_value_stands():
    problems = refusal("a: 1\na: 2\nb: {c: 3, c: 4}\n")
    assert [problem.code for problem in problems] == ["GT-YAML-007", "GT-YAML-007"]
    assert [spot(problem.place) for problem in problems] == [(2, 1), (3, 11)]


def test_a_comma_in_an_unquoted_text_is_told_with_the_quoted_text_to_write():
    [problem] = refusal("a: {label: Red, amber and green}\n")
    assert problem.code == "GT-YAML-013"
    assert 'label: "Red, amber and green"' in problem.fix


def test_an_empty_value_in_a_block_is_an_empty_text_and_no_trap():
    assert read("a:\nb: {c: '', d: \"\"}\n").tree == {"a": "", "b": {"c": "", "d": ""}}


@pytest.mark.parametrize(
    "text",
    [
        "a: b: c",
        "a: @b",
        "a: 'b",
        "a: [b",
        "a:\n  b: c\n d: e",
        "a: b\ncc\nd: e",
        'a: "\\q"',
        "%YAML 9",
        "a: |x\n",
        "- a\nb: c",
    ],
)
def test_broken_yaml_is_one_problem_with_a_line_and_a_way_out(text):
    [problem] = refusal(text)
    assert problem.code.startswith("GT-YAML-")
    assert problem.place.line >= 1
    assert problem.fix


@given(st.text(alphabet=st.sampled_from("ab:{}[],&*!|>'\"%@`#-?<\\ \n\t0\x00é\ud800"), max_size=60))
def test_no_text_whatever_escapes_the_reader_as_another_error(text):
    tree, problems = tree_or_problems(text)
    assert only_text(tree)
    assert all(problem.place is not None and problem.sentence for problem in problems)


@given(
    st.recursive(
        st.text(alphabet="abcxyz019 .-", min_size=1, max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=4)
        ),
        max_leaves=15,
    )
)
def test_what_is_written_with_every_text_quoted_reads_back_as_it_was(tree):
    assert read(written(tree)).tree == tree


def tree_or_problems(text):
    try:
        return read(text).tree, ()
    except Invalid as refused:
        return "", refused.problems


def written(tree):
    match tree:
        case str():
            return f'"{tree}"'
        case list():
            return "[" + ", ".join(written(part) for part in tree) + "]"
        case _:
            return "{" + ", ".join(f'"{key}": {written(part)}' for key, part in tree.items()) + "}"


def only_text(tree):
    match tree:
        case str():
            return True
        case list():
            return all(only_text(part) for part in tree)
        case _:
            return all(isinstance(key, str) and only_text(part) for key, part in tree.items())


def spot(place):
    return place.line, place.column
