"""`run`, `build`, `approve` and `import` killed at any of their calls, on a full disk, on one that has become read-only: nothing is half-written
or forgotten, the message says what to do, and the next call does all as if nothing had been."""

import csv
import os
import re
import resource
import shutil
import signal
import subprocess

import openpyxl
import pytest

from conftest import BOARDPACK, environment, run_boardpack
from faults import (ADVICE, KILLED, check_nothing_forgotten, check_output, check_run, check_told, choose, leftovers, needs_fault_points, read_store, runs,
                    strike, tree, try_all)

pytestmark = needs_fault_points

EARLIER, AS_OF, FORUM = "2025-06-30", "2025-07-31", "programme-board"
RUN = ("run", "--as-of", AS_OF, "--jobs", "1", "--prepared-by", "Sam Example")
APPROVE = ("--by", "Ann Other", "--role", "Head of Service")


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A small programme with a run that was approved, and data that have changed since."""
    folder = tmp_path_factory.mktemp("base") / "programme"
    run_boardpack(folder.parent, "init", folder)
    run_boardpack(folder, "run", "--as-of", EARLIER, "--prepared-by", "Sam Example")
    run_boardpack(folder, "approve", f"{EARLIER}-1", *APPROVE)
    with open(folder / "data" / "leads.csv", "a", newline="", encoding="utf-8") as file:
        columns = next(csv.reader(open(folder / "data" / "leads.csv", encoding="utf-8")))
        csv.writer(file).writerow(["New Lead" if column == "name" else "" for column in columns])
    return folder


@pytest.fixture(scope="module")
def undisturbed(base, tmp_path_factory):
    """The packs of a run in which nothing went wrong."""
    folder = shutil.copytree(base, tmp_path_factory.mktemp("undisturbed") / "programme", symlinks=True)
    done = strike(folder, *RUN)
    assert done.returncode == 0, done
    return folder, done.calls


def packs(folder):
    """The packs of the newest run of the day, and its inputs and evidence: all but what names the run."""
    newest = [path for path in runs(folder) if path.parent.name == AS_OF][-1]
    assert (folder / "output" / "latest").resolve() == newest.resolve()
    return {name: value for name, value in tree(newest).items() if name not in ("manifest.json", "summary.txt")}


def check_stands(base, folder):
    """After anything: nothing half-written, the old run as it was, nothing of the store's history lost, the programme's files untouched."""
    check_output(folder)
    assert tree(folder / "output" / EARLIER) == tree(base / "output" / EARLIER)
    for part in ("config", "data", "report-templates"):
        assert tree(folder / part) == tree(base / part)
    check_nothing_forgotten(read_store(base), read_store(folder))


def check_goes_on(base, reference, folder):
    """The next call leaves what an undisturbed one does, and nothing else."""
    again = run_boardpack(folder, *RUN)
    assert "error" not in again.stderr.replace("0 errors", "")
    assert packs(folder) == packs(reference)
    assert leftovers(folder) == []
    check_stands(base, folder)


@pytest.mark.parametrize("deed", ["kill", "half"])
def test_run_killed_anywhere_leaves_the_old_packs_or_the_new(base, undisturbed, tmp_path, deed):
    reference, calls = undisturbed

    def try_point(folder, point):
        done = strike(folder, *RUN, at=point, deed=deed)
        assert done.returncode == KILLED, done
        try:
            check_stands(base, folder)
            check_goes_on(base, reference, folder)
        except AssertionError as why:
            raise AssertionError(f"{deed} at {done.call}") from why

    wanted = calls if deed == "kill" else [call for call in calls if call.name in ("write", "pwrite")]
    try_all(base, choose(wanted, 70 if deed == "kill" else 20), try_point, tmp_path)


@pytest.mark.parametrize("deed, calls, from_then_on", [("ENOSPC", "room", True), ("EROFS", "disk", True), ("ENOSPC", "room", False), ("EIO", "disk", False)])
def test_run_on_a_disk_that_fails_publishes_nothing_or_all(base, undisturbed, tmp_path, deed, calls, from_then_on):
    reference, _ = undisturbed
    counting = shutil.copytree(base, tmp_path / "counting", symlinks=True)

    def try_point(folder, point):
        done = strike(folder, *RUN, at=point, deed=deed, calls=calls, from_then_on=from_then_on)
        try:
            check_stands(base, folder)
            if done.returncode == 0:  # nothing was lost by it
                assert packs(folder) == packs(reference)
            else:
                check_told(done, deed)
                assert tree(folder / "output" / "latest") == tree(base / "output" / "latest")
            check_goes_on(base, reference, folder)
        except AssertionError as why:
            raise AssertionError(f"{deed} at {done}") from why

    try_all(base, choose(strike(counting, *RUN, calls=calls).calls, 30), try_point, tmp_path)
