"""What is shipped: a wheel that carries the packs, and import names that nobody else owns in its environment."""

import subprocess
import sys
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
OUR_NAMES = ("goldenthread", "adapters", "engine", "rules", "workflows", "events")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [path] = folder.glob("*.whl")
    return path


def test_the_wheel_holds_the_six_folders_and_the_packs_and_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == set(OUR_NAMES)
    assert "goldenthread/packs/hampshire-2008/pack.yaml" in names
    assert "goldenthread/packs/library/intervention.yaml" in names
    assert "adapters/sql/migrations/versions/v1_first_release.py" in names
    assert [name for name in names if "__pycache__" in name or "/tests/" in name] == []


def test_an_installed_goldenthread_finds_its_packs_inside_itself(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path)
    program = (
        "from adapters.yaml import YamlDocuments\n"
        "from engine.packs.load import load_pack\n"
        "from goldenthread.resources import packs_folder\n"
        "packs = packs_folder()\n"
        "print(packs)\n"
        "print(load_pack(packs / 'hampshire-2008', packs / 'library', YamlDocuments()).name)\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.splitlines() == [str(tmp_path / "goldenthread/packs"), "hampshire-2008"]


@pytest.mark.parametrize("name", OUR_NAMES)
def test_no_other_distribution_owns_our_import_names(name):
    """PyPI has an `Events` and a `rules`: in an environment with either of them, ours could be shadowed."""
    assert set(packages_distributions().get(name, ())) <= {"goldenthread"}
