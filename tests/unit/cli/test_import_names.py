"""What is refused of an import names people, as every other answer does."""

import shlex
from pathlib import Path

import pytest

from adapters.cli.app import run
from goldenthread.__main__ import Program
from tests.errors.console import council_folder

BEFORE = """\
service add roads --as 'Ada Lead'
indicator add RD1 --title Roads --polarity higher --frequency month --service roads --measured-in percent --field important=yes --as 'Ada Lead'
role assign Carl data_enterer --for roads --from 2026-04-01 --as 'Ada Lead'
"""


def test_an_import_names_people_where_it_tells_and_in_the_rows_left_out(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with council_folder():
        for line in BEFORE.splitlines():
            assert run(Program(), shlex.split(line)) == 0
        Path("return.csv").write_text(
            "indicator,service,period,value\nHW1,highways,2026-06,90\nRD1,roads,2026-06,90\n",
            encoding="utf-8",
        )
        capsys.readouterr()
        run(Program(), ["figure", "import", "return.csv", "--partial", "--as", "Carl"])
        told = "".join(capsys.readouterr())
        left_out = Path("return.csv.rejected.csv").read_text(encoding="utf-8-sig")
    assert "Carl (p6)" in told
    assert "Carl (p6)" in left_out
