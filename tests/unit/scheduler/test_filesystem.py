"""The kind of file system under a book, as the kernel lists them."""

from __future__ import annotations

from pathlib import Path

import pytest

from adapters.sql.sqlite.filesystem import MOUNTS, file_system

LISTED = r"""
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw,discard
31 27 0:30 / /srv rw,relatime shared:7 master:1 - nfs4 files:/srv rw,vers=4.2
32 31 0:31 / /srv/local rw,relatime - xfs /dev/vdb rw
33 27 0:32 / /srv/two\040words rw - cifs //files/x rw
34 27 0:33 / /run rw - tmpfs tmpfs rw
35 34 0:34 / /run rw - fuse.sshfs host:/ rw
36 a line nobody expected
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/council/book.goldenthread", "ext4"),
        ("/srv/council/book.goldenthread", "nfs4"),
        ("/srv/local/book.goldenthread", "xfs"),
        ("/srv/localhost/book.goldenthread", "nfs4"),
        ("/srv/two words/book.goldenthread", "cifs"),
        ("/run/book.goldenthread", "fuse.sshfs"),
    ],
)
def test_the_innermost_mount_counts_and_of_two_on_one_folder_the_later(
    tmp_path: Path, path: str, kind: str
) -> None:
    listed = tmp_path / "mountinfo"
    listed.write_text(LISTED, "utf-8")
    assert file_system(path, listed) == kind


def test_where_the_kernel_lists_nothing_nothing_is_said(tmp_path: Path) -> None:
    assert file_system(tmp_path, tmp_path / "no such list") is None


def test_a_link_is_followed(tmp_path: Path) -> None:
    listed, folder = tmp_path / "mountinfo", (tmp_path / "far").resolve()
    folder.mkdir()
    (tmp_path / "near").symlink_to(folder)
    listed.write_text(f"1 0 0:1 / / rw - ext4 x rw\n2 1 0:2 / {folder} rw - nfs x rw\n", "utf-8")
    assert file_system(tmp_path / "near" / "book.goldenthread", listed) == "nfs"


@pytest.mark.skipif(not MOUNTS.exists(), reason="only Linux lists its mounts there")
def test_this_machine_knows_its_own(tmp_path: Path) -> None:
    assert file_system(tmp_path)
