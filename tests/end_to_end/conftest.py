"""Fixtures: copies of programme folders and the runs made in them with the built program (environment BOARDPACK)."""

import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))  # for pdf_checker
BOARDPACK = pathlib.Path(os.environ.get("BOARDPACK", ROOT / "build" / "boardpack")).resolve()
SAMPLE_PARTS = ("config", "report-templates", "data")


def environment(today="2026-01-15", **more):
    """What the program is run with: on a fixed day, if one is given."""
    env = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LC_ALL": "C.UTF-8"}
    env.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS") if name in os.environ})
    if today:
        noon = datetime.datetime.fromisoformat(today + " 12:00+00:00")
        env["SOURCE_DATE_EPOCH"] = str(int(noon.timestamp()))
    return {**env, **more}


def run_boardpack(folder, *arguments, today="2026-01-15", check=True, **more):
    """Runs the program in a folder on a fixed day; returns the completed process."""
    env = environment(today, **more)
    done = subprocess.run([BOARDPACK, "-C", folder, *arguments], capture_output=True, text=True, env=env, timeout=300)
    if check and done.returncode not in (0, 3):
        raise AssertionError(f"boardpack {' '.join(map(str, arguments))} ended {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done


def copy_programme(source, target):
    for part in SAMPLE_PARTS:
        shutil.copytree(pathlib.Path(source) / part, pathlib.Path(target) / part)
    return pathlib.Path(target)


class Run:
    """A finished run of a programme folder: the newest with packs, or the one that stands at path."""

    def __init__(self, folder, path=None):
        self.folder = pathlib.Path(folder)
        self.path = (self.folder / (path or "output/latest")).resolve()
        self.manifest = json.loads((self.path / "manifest.json").read_text())

    def files(self, suffix):
        return sorted(self.path.glob(f"*/*.{suffix}"))

    def file(self, forum, suffix):
        found = list((self.path / forum).glob(f"*.{suffix}"))
        assert len(found) == 1, found
        return found[0]


def make_run(source, target, as_of, *more):
    folder = copy_programme(source, target)
    run_boardpack(folder, "run", "--as-of", as_of, "--format", "pdf,xlsx,text", *more)
    return Run(folder)


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory):
    """The repository's own programme on 31 July 2025."""
    return make_run(ROOT, tmp_path_factory.mktemp("sample"), "2025-07-31")


@pytest.fixture(scope="session")
def facts_run(tmp_path_factory):
    """The published facts alone."""
    return make_run(ROOT / "tests" / "fixtures" / "facts-only", tmp_path_factory.mktemp("facts"), "2025-07-31")


@pytest.fixture(scope="session")
def borough_run(tmp_path_factory):
    """A second borough, by configuration alone."""
    return make_run(ROOT / "tests" / "fixtures" / "second-borough", tmp_path_factory.mktemp("borough"), "2025-07-31")


@pytest.fixture(scope="session")
def hostile_run(tmp_path_factory):
    """Odd words, rows, dates and names in every place, all of which must be survived."""
    return make_run(ROOT / "tests" / "fixtures" / "hostile", tmp_path_factory.mktemp("hostile"), "2025-07-31")


@pytest.fixture(scope="session", params=["sample_run", "facts_run", "borough_run", "hostile_run"])
def any_run(request):
    return request.getfixturevalue(request.param)
