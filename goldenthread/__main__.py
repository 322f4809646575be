"""The program: hands the composition root to the command line."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.cli.app import run
from adapters.cli.root import Doors
from goldenthread import resources

if TYPE_CHECKING:
    from engine.deadlines.worker import Pulse
    from engine.importing.table import Table
    from engine.ports import Documents, Holidays


class Program:
    """The composition root as the command line sees it; heavy parts are imported when a command needs them."""

    def doors(self, project: Path, given: Mapping[str, str], on_wait: Callable[[], None]) -> Doors:
        """Read a project's settings. Raises NotFound or Invalid."""
        from goldenthread.bootstrap import Project

        return Project(project, given, on_wait)

    def documents(self) -> Documents:
        """The reader of YAML."""
        from goldenthread.bootstrap import documents

        return documents()

    def read_csv(self, content: bytes, file: str, separator: str | None = None) -> Table:
        """Look at a file of figures; its separator is found by looking. Raises Invalid where it is no table."""
        from adapters.spreadsheets.csv import read_csv

        return read_csv(content, file, separator)

    def keep_beating(
        self,
        beat: Callable[[Pulse], None],
        *,
        every: timedelta,
        patience: timedelta,
        told: Callable[[str], None],
    ) -> tuple[str | None, bool]:
        """Make a worker beat until it is told to stop."""
        from adapters.clock import SystemClock
        from adapters.scheduler import beat_until_told

        return beat_until_told(beat, every=every, patience=patience, now=SystemClock().now(), told=told)

    def holidays(self) -> Holidays:
        """The bank holidays that come with the product."""
        from adapters.holidays import UkHolidays

        return UkHolidays()

    def packs(self) -> Path:
        """The packs that come with the product."""
        return resources.packs_folder()

    def demo(self, folder: Path, say: Callable[[str], None], *, force: bool) -> None:
        """Make the demonstration book in a folder."""
        from goldenthread.demo.run import main as make_demo

        make_demo(folder, say, force=force)


def main() -> None:
    """Run one command and leave with its exit code."""
    sys.exit(run(Program(), sys.argv[1:]))


if __name__ == "__main__":
    main()
