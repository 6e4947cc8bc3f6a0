"""The wheel as a user gets it: built, installed outside the checkout, and run from an empty folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    # Without isolation: hatchling comes with the dev extra, so that nothing is fetched here.
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment's ``bin`` with the wheel in it; the dependencies are lent by the environment that runs the tests."""
    venv = tmp_path_factory.mktemp("user") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    install = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(venv / "bin" / "python"),
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        str(wheel),
    ]
    done = subprocess.run(install, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    [site] = venv.glob("lib/python*/site-packages")
    # A path file inside the borrowed folder is not followed, so an editable SpecTool there stays out of reach.
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return venv / "bin"


def run(bin_folder: Path, cwd: Path, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run([str(bin_folder / arguments[0]), *arguments[1:]], capture_output=True, text=True, cwd=cwd, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_it_brings_one_package_and_its_files(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"spectool"}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)
    assert [name for name in names if name.endswith((".pyc", ".orig")) or "__pycache__" in name] == []
    assert {
        "spectool/py.typed",
        "spectool/_bundled/taxonomy/errors.yaml",
        "spectool/_bundled/taxonomy/crosswalk/bfcl.yaml",
        "spectool/_bundled/data/demo/tasks.jsonl",
        "spectool/_bundled/app/main.py",
    } <= set(names)


def test_it_runs_from_where_it_is_installed(installed: Path, tmp_path: Path) -> None:
    code = "import spectool.resources as r; print(r.__file__); print(r.folder('taxonomy')); print(r.folder('app'))"
    package, *folders = run(installed, tmp_path, "python", "-c", code).split()
    assert Path(package).is_relative_to(installed.parent)
    assert folders == [str(Path(package).parent / "_bundled" / name) for name in ("taxonomy", "app")]


def test_the_taxonomy_is_there(installed: Path, tmp_path: Path) -> None:
    assert "IAT" in json.dumps(json.loads(run(installed, tmp_path, "spectool", "taxonomy", "--json")))


def test_the_bundled_demo_is_classified(installed: Path, tmp_path: Path) -> None:
    data = Path(run(installed, tmp_path, "python", "-c", "from spectool.resources import folder; print(folder('data'))").strip())
    outputs = sorted(str(path) for path in (data / "demo").glob("outputs.*.jsonl"))
    assert outputs
    run(installed, tmp_path, "spectool", "classify", *outputs, "-o", "results/demo")
    summary = json.loads((tmp_path / "results" / "demo" / "summary.json").read_text())
    assert (summary["counts"]["trajectories"], summary["counts"]["rejected"]) == (272, 0)
