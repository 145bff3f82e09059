"""Fixtures: copies of programme folders and the runs made in them with the built program (environment BOARDPACK)."""

import contextlib
import datetime
import hashlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))  # for pdf_checker
BOARDPACK = pathlib.Path(os.environ.get("BOARDPACK", ROOT / "build" / "boardpack")).resolve()
SAMPLE_PARTS = ("config", "report-templates", "data")
# Whether the test that runs is one of those that sanitizers leave out.
only_reads_files = False


def pytest_configure(config):
    config.addinivalue_line("markers", "finished_files: reads with other programs what the shared runs below have made, and runs nothing of boardpack itself; "
                                       "left out under sanitizers (CONTRIBUTING.md)")


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_call(item):
    global only_reads_files
    only_reads_files = item.get_closest_marker("finished_files") is not None
    yield
    only_reads_files = False


OFFICER = "60001"  # nobody's user id: who calls sudo, where tests run as root


def record_manifest(folder, manifest):
    """As if the program had written the manifest that stands there: its sum goes into the store."""
    sha256 = hashlib.sha256(manifest.read_bytes()).hexdigest()
    with contextlib.closing(sqlite3.connect(pathlib.Path(folder) / "output" / "boardpack.sqlite", isolation_level=None)) as store:
        store.execute("UPDATE manifests SET sha256 = ? WHERE run = ?", (sha256, manifest.parent.name))


def build_from_account(folder, user, people):
    """As if the newest run had been built from another account."""
    manifest = max((pathlib.Path(folder) / "output").glob("2*/*/manifest.json"), key=lambda path: path.stat().st_mtime_ns)
    account = json.dumps({"user": user, "people": people}, indent=2).replace("\n", "\n  ")
    text, count = re.subn(r'"account": \{.*?\}', lambda _: f'"account": {account}', manifest.read_text(), flags=re.DOTALL)
    assert count == 1
    manifest.write_text(text)
    record_manifest(folder, manifest)


FAKETIME = next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)


def clock_environment(moment, is_sent=False):
    """What sets the day that the program is run on, from a UTC moment "2026-01-15 12:00:00". What is really sent goes by the system's clock
    alone, so there the system's clock is another."""
    if not is_sent:
        seconds = datetime.datetime.fromisoformat(moment + "+00:00").timestamp()
        return {"SOURCE_DATE_EPOCH": str(int(seconds))}
    if FAKETIME is None:
        pytest.skip("needs libfaketime")
    clock = {"LD_PRELOAD": str(FAKETIME), "FAKETIME": f"@{moment}", "TZ": "UTC", "DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_RESET": "1"}
    # a sanitizer would want to be loaded first
    return clock | {"ASAN_OPTIONS": ":".join(filter(None, [os.environ.get("ASAN_OPTIONS"), "verify_asan_link_order=0"]))}


def environment(today="2026-01-15", is_sent=False, **more):
    """What the program is run with: on a fixed day, if one is given."""
    env = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LC_ALL": "C.UTF-8"}
    env.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS") if name in os.environ})
    if today:
        env.update(clock_environment(f"{today} 12:00:00", is_sent))
    if os.geteuid() == 0:
        env["SUDO_UID"] = OFFICER
    return {**env, **more}


def run_boardpack(folder, *arguments, today="2026-01-15", check=True, **more):
    """Runs the program in a folder on a fixed day; returns the completed process. A run that somebody else is said to have prepared is one
    from somebody else's account."""
    assert not only_reads_files, "sanitizers would not see this: the test is marked finished_files"
    env = environment(today, "--confirm" in arguments or "--resolve" in arguments, **more)
    done = subprocess.run([BOARDPACK, "-C", folder, *arguments], capture_output=True, text=True, env=env, timeout=300)
    if check and done.returncode not in (0, 3):
        raise AssertionError(f"boardpack {' '.join(map(str, arguments))} ended {done.returncode}\n{done.stdout}\n{done.stderr}")
    if "--prepared-by" in arguments and done.returncode in (0, 3):
        build_from_account(folder, "sam", ["sam"])
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


@pytest.fixture
def sample(tmp_path):
    """A copy of the repository's own programme."""
    return copy_programme(ROOT, tmp_path / "sample")


@pytest.fixture(scope="session")
def starter(tmp_path_factory):
    """What init makes: small, so quick to run. To be copied."""
    folder = tmp_path_factory.mktemp("starter")
    run_boardpack(folder, "init")
    return folder


@pytest.fixture
def started(starter, tmp_path):
    return copy_programme(starter, tmp_path / "started")


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


@pytest.fixture(scope="session")
def thousand_run(tmp_path_factory):
    """A programme of a thousand actions and a hundred measures."""
    folder = tmp_path_factory.mktemp("thousand")
    subprocess.run([ROOT / "bench" / "generate", folder / "programme", "--actions", "1000", "--kpis", "100"], check=True)
    run_boardpack(folder / "programme", "run", "--as-of", "2025-07-31", "--format", "pdf,text")
    return Run(folder / "programme")


@pytest.fixture(scope="session", params=["sample_run", "facts_run", "borough_run", "hostile_run"])
def any_run(request):
    return request.getfixturevalue(request.param)
