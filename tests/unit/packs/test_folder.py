"""A pack is read from its own folder and from the library, and from nowhere else."""

import os

import pytest

from engine.packs.folder import read_text
from events.errors import Invalid


def test_a_name_that_climbs_out_of_the_folder_is_refused(example):
    (example.root.parent / "secret.yaml").write_text("a: b")
    with pytest.raises(Invalid, match="leads out"):
        read_text(example.root, "../secret.yaml")


def test_a_link_that_leads_out_of_the_folder_is_refused(example):
    (example.root.parent / "secret.yaml").write_text("a: b")
    (example.root / "tests.yaml").unlink()
    (example.root / "tests.yaml").symlink_to(example.root.parent / "secret.yaml")
    with pytest.raises(Invalid, match="leads out"):
        example.folder.tests()


def test_a_link_within_the_folder_is_followed(example):
    (example.root / "other.yaml").symlink_to(example.root / "tests.yaml")
    assert read_text(example.root, "other.yaml").startswith("- name")


def test_a_pipe_is_not_waited_for(example):
    (example.root / "tests.yaml").unlink()
    os.mkfifo(example.root / "tests.yaml")
    with pytest.raises(Invalid, match="not a file"):
        example.folder.tests()


@pytest.mark.parametrize(
    "use",
    [
        "library/../../etc/passwd@1",
        "/etc/passwd@1",
        "library/intervention",
        "intervention@1",
        "library/x@0",
        "",
    ],
)
def test_use_names_a_workflow_and_no_path(example, use):
    with pytest.raises(Invalid, match="does not name a workflow"):
        example.folder.workflow(use)


def test_a_workflow_that_is_not_there_is_none(example):
    assert example.folder.workflow("library/nothing_of_the_kind@1") is None
    assert example.folder.workflow("library/intervention@1") is not None


def test_a_text_in_another_encoding_is_told_at_its_first_odd_byte(example):
    (example.root / "pack.yaml").write_bytes(b"pack: x\ntitle: Caf\xe9\n")
    with pytest.raises(Invalid) as refused:
        example.folder.pack()
    [problem] = refused.value.problems
    assert (problem.place.line, problem.place.column) == (2, 11)


def test_a_huge_file_is_not_read_to_its_end(example):
    with (example.root / "pack.yaml").open("wb") as file:
        file.truncate(3_000_000_000)
    with pytest.raises(Invalid, match="larger than 1 MB"):
        example.folder.pack()
