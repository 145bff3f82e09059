"""The program with something going wrong at the Nth of its calls to disk or network (tests/support/fault_points.c), and what must stand then.

How many points are tried: by default a spread of them, half of them outside the folder in the making; with BOARDPACK_FAULT_POINTS=all
every one, with a number so many of each kind."""

import concurrent.futures
import contextlib
import dataclasses
import hashlib
import json
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import tempfile

import pytest

from conftest import BOARDPACK, environment

FAULT_POINTS = BOARDPACK.parent / "fault_points"
KILLED = 137
WORKERS = 2


def find_hindrance():
    """Why the calls of a program cannot be caught here; None if they can."""
    if not FAULT_POINTS.exists():
        return f"needs {FAULT_POINTS} (the target tests)"
    done = subprocess.run([FAULT_POINTS, "true"], capture_output=True, text=True)
    return done.stderr.strip() if done.returncode else None


needs_fault_points = pytest.mark.skipif(find_hindrance() is not None, reason=str(find_hindrance()))


@dataclasses.dataclass
class Call:
    number: int
    name: str
    subject: str
    is_struck: bool

    def __str__(self):
        return f"{self.number}: {self.name} {self.subject}"


@dataclasses.dataclass
class Struck:
    """How the program ended, and which of its calls it was."""
    returncode: int
    stdout: str
    stderr: str
    calls: list

    @property
    def call(self):
        return next((call for call in self.calls if call.is_struck), None)

    def __str__(self):
        return f"{self.call}\nended {self.returncode}\n{self.stdout}{self.stderr}"


def parse_calls(text):
    calls = []
    for line in text.splitlines():
        number, name, subject = line.split(" ", 2)
        calls.append(Call(int(number), name, subject.removesuffix(" !"), subject.endswith(" !")))
    return calls


def strike(folder, *arguments, at=None, deed=None, calls="all", from_then_on=False, today="2026-01-15", **more):
    """Runs the program in folder; at its call number `at` the deed happens (see fault_points.c)."""
    listing = pathlib.Path(folder).with_name(pathlib.Path(folder).name + ".calls")
    command = [FAULT_POINTS, "--list", listing, "--calls", calls]
    command += ["--at", str(at), "--do", deed] if at else []
    command += ["--from-then-on"] if from_then_on else []
    env = environment(today, "--confirm" in arguments, **more)
    env["ASAN_OPTIONS"] = env.get("ASAN_OPTIONS", "") + ":detect_leaks=0"  # which cannot be done under ptrace
    done = subprocess.run([*command, BOARDPACK, "-C", folder, *arguments], capture_output=True, text=True, env=env, timeout=120)
    found = parse_calls(listing.read_text(errors="replace"))
    listing.unlink()
    assert done.returncode != 126, done.stderr
    return Struck(done.returncode, done.stdout, done.stderr, found)


def spread(points, count):
    return points if count >= len(points) else [points[at * len(points) // count] for at in range(count)]


def choose(calls, limit):
    """The numbers of the calls that are tried: of all that goes on outside the folder in the making at most half, and a spread of the rest."""
    wanted = os.environ.get("BOARDPACK_FAULT_POINTS", "")
    limit = len(calls) if wanted == "all" else int(wanted or limit)
    inside = [call.number for call in calls if "/.partial-" in call.subject and call.name != "fsync"]
    outside = [call.number for call in calls if "/.partial-" not in call.subject]
    outside = spread(outside, limit // 2 if inside else limit)
    if limit >= len(calls):
        return [call.number for call in calls]
    return sorted(outside + spread(inside, limit - len(outside)))


def try_all(base, points, try_point, scratch):
    """Each point in a copy of the folder base of its own; all of them, whatever comes of one. Prints how many there were."""

    def one(point):
        folder = scratch / f"point-{point}" / "programme"
        shutil.copytree(base, folder, symlinks=True)
        try:
            try_point(folder, point)
        except AssertionError as why:
            return f"{why}\n    {(why.__cause__ or why)}"
        shutil.rmtree(folder.parent)
        return None

    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        failures = [failure for failure in pool.map(one, points) if failure]
    print(f"{len(points)} points")  # pytest -s
    assert not failures, f"{len(failures)} of {len(points)} points:\n" + "\n".join(failures[:20])


# ---- what must stand whatever happened ----


def sha256(path):
    return hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest()


def tree(folder):
    """Every file below a folder with its sum."""
    folder = pathlib.Path(folder)
    return {str(path.relative_to(folder)): sha256(path) for path in sorted(folder.rglob("*")) if path.is_file()}


def check_run(path):
    """The run is whole: each file of its manifest is there with its sum, and nothing is half-written."""
    manifest = json.loads((path / "manifest.json").read_text())
    assert manifest["run"] == path.name
    for each in [*manifest["outputs"], *manifest["update_sheets"], *manifest["records"]]:
        assert sha256(path / each["path"]) == each["sha256"], each["path"]
    assert not [each for each in path.rglob("*") if each.name.endswith(".partial") or each.name.startswith("tmp.")]
    return manifest


def runs(folder):
    return sorted(path for day in (folder / "output").glob("2*") for path in day.glob("2*"))


def check_output(folder):
    """No run is half-written, `latest` leads to one, and what else lies there is what is known to be in the making."""
    output = folder / "output"
    for path in runs(folder):
        check_run(path)
    if os.path.lexists(output / "latest"):
        assert (output / "latest").is_symlink() and (output / "latest").resolve() in [path.resolve() for path in runs(folder)]
    known = re.compile(r"\.lock|\.boardpack\.sqlite\.lock|latest|\.latest-\d+|\.partial-\d+|boardpack\.sqlite(-wal|-shm|-journal|\.sent)?|\d{4}-\d\d-\d\d|rehearsals")
    assert [path.name for path in output.iterdir() if not known.fullmatch(path.name)] == []


def leftovers(folder):
    """What a run that ended has no business to leave."""
    return [str(path) for path in folder.rglob("*") if re.search(r"\.partial|^\.latest-|^tmp\.|\.before$|^\.returned", path.name)]


HISTORY = {"imports": "import_id, imported_at, imported_on", "approvals": "*", "approval_files": "*", "returns": "*", "manifests": "*",
           "sends": "*", "send_files": "*", "send_events": "*"}


def read_store(folder):
    """The store's own tables, row by row; it must be whole. A copy is read: to open a store is to mend it."""
    copy = pathlib.Path(tempfile.mkdtemp(dir=folder.parent))
    for name in ("boardpack.sqlite", "boardpack.sqlite-wal", "boardpack.sqlite-journal"):
        if (folder / "output" / name).exists():
            shutil.copy(folder / "output" / name, copy)
    with contextlib.closing(sqlite3.connect(copy / "boardpack.sqlite")) as store:
        assert store.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert store.execute("PRAGMA foreign_key_check").fetchall() == []
        there = {name for name, in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        rows = {table: store.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2").fetchall() for table, columns in HISTORY.items()
                if table in there}
    shutil.rmtree(copy)
    return rows


def check_nothing_forgotten(before, after):
    """Rows are added and never lost."""
    for table, rows in before.items():
        missing = [row for row in rows if row not in after[table]]
        assert missing == [], f"{table} has lost {missing}"


ADVICE = {"ENOSPC": "[Ff]ree some space|look whether the disk is full", "EROFS": "read-only", "EIO": "Input/output error|I/O error|make .* writable|is the disk full"}


def check_told(struck, deed):
    """The message names a file, the reason and what to do."""
    assert struck.returncode == 1, struck
    assert re.search(r"boardpack: .*/\S+: ", struck.stderr), struck
    assert re.search(ADVICE[deed] + "|cannot be written; make .* writable", struck.stderr), struck
