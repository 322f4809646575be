"""Disks that a campaign can fill: file systems of their own, and a limit on the size of files.

A file system of a few megabytes is truly full; at the limit the operating system says that writing failed.
"""

from __future__ import annotations

import os
import resource
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from subprocess import run as run_program
from typing import Protocol

import psycopg
import pytest
from psycopg import sql

from adapters.sql import SqlStore, open_postgres, open_sqlite
from engine.views import VIEWS
from tests import postgres
from tests.campaigns.homes import Home, PostgresHome, SqliteHome

BALLAST = "ballast"
TABLESPACE = "small"


class Disk(Protocol):
    """A place that can be filled, with a book on it."""

    @property
    def home(self) -> Home:
        """Where the book stands."""
        ...

    def fill(self, leaving: int) -> None:
        """Leave so many bytes, more or less."""
        ...

    def make_room(self) -> None:
        """Take away what filled it."""
        ...

    def reader(self) -> SqlStore:
        """The book, opened for reading alone."""
        ...


class _OnSqlite:
    """A book in a file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = SqliteHome(folder)

    def reader(self) -> SqlStore:
        """The file."""
        return open_sqlite(self.home.path, VIEWS, create=False, read_only=True)


class _Small:
    """A small file system."""

    folder: Path

    def fill(self, leaving: int) -> None:
        """A file takes the rest."""
        space = os.statvfs(self.folder)
        free = space.f_bavail * space.f_frsize
        with (self.folder / BALLAST).open("ab") as ballast:
            ballast.write(b"\0" * max(free - leaving, 0))

    def make_room(self) -> None:
        """Without the file."""
        (self.folder / BALLAST).unlink(missing_ok=True)


class SmallDisk(_Small, _OnSqlite):
    """A file on a small file system."""


class LimitedFiles(_OnSqlite):
    """A folder in which no file grows beyond a limit of this process."""

    def fill(self, leaving: int) -> None:
        """As large as the log of the last transactions is, and a little."""
        wal = self.home.path.with_name(f"{self.home.path.name}-wal")
        size = wal.stat().st_size if wal.exists() else 0
        _limit(size + leaving)

    def make_room(self) -> None:
        """No limit."""
        _limit(resource.getrlimit(resource.RLIMIT_FSIZE)[1])


class SmallTablespace(_Small):
    """A schema whose tables a PostgreSQL server keeps on a small file system; the server is this disk's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        url = postgres.start(Path(tempfile.mkdtemp(prefix="gtfull-")))
        with psycopg.connect(url, autocommit=True) as connection:
            shown = connection.execute("SHOW data_directory").fetchone()
            assert shown is not None, "a server keeps its data somewhere"
            os.chown(folder, Path(shown[0]).stat().st_uid, -1)
            where = sql.SQL("CREATE TABLESPACE {} LOCATION {}")
            connection.execute(where.format(sql.Identifier(TABLESPACE), sql.Literal(str(folder))))
        more = "&" if "?" in url else "?"
        self.home = PostgresHome(f"{url}{more}options=-c%20default_tablespace%3D{TABLESPACE}")

    def reader(self) -> SqlStore:
        """The schema."""
        return open_postgres(self.home.url, self.home.schema, VIEWS, create=False, read_only=True)

    def drop(self) -> None:
        """Take the book and the tablespace away."""
        self.home.cleanup()
        with psycopg.connect(self.home.url, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP TABLESPACE {}").format(sql.Identifier(TABLESPACE)))


def _limit(size: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


@contextmanager
def _mounted(folder: Path, megabytes: int) -> Iterator[None]:
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={megabytes}m", "goldenthread-campaign", str(folder)]
    if os.geteuid() or run_program(["mount", *options], capture_output=True, check=False).returncode:
        pytest.skip("this account may not mount a small file system in memory")
    try:
        yield
    finally:
        run_program(["umount", "-l", str(folder)], check=True)


def limited_files(folder: Path, _: int) -> AbstractContextManager[Disk]:
    """A folder with a limit."""
    folder.mkdir()
    return nullcontext(LimitedFiles(folder))


@contextmanager
def small_file_system(folder: Path, megabytes: int) -> Iterator[Disk]:
    """A small file system for a file; skips where this account may not mount one."""
    with _mounted(folder, megabytes):
        yield SmallDisk(folder)


@contextmanager
def small_tablespace(_: Path, megabytes: int) -> Iterator[Disk]:
    """A small file system for a schema of a server started for it; skips as above.

    It stands outside the test's own folder, which only the test's account may enter; the server has another one.
    """
    above = Path(tempfile.mkdtemp(prefix="gtdisk-"))
    above.chmod(0o755)
    with _mounted(above / "disk", megabytes):
        space = SmallTablespace(above / "disk")
        try:
            yield space
        finally:
            space.make_room()
            space.drop()
    shutil.rmtree(above)


DISKS: dict[str, Callable[[Path, int], AbstractContextManager[Disk]]] = {
    "a small disk": small_file_system,
    "limited files": limited_files,
    "a small tablespace": small_tablespace,
}
"""Every kind of disk: a folder that is not there yet, and so many megabytes."""
