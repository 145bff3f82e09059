"""`run`, `build`, `approve` and `import` killed at any of their calls, on a full disk, on one that has become read-only: nothing is half-written
or forgotten, the message says what to do, and the next call does all as if nothing had been."""

import csv
import re
import shutil
import subprocess

import openpyxl
import pytest

from conftest import BOARDPACK, environment, run_boardpack
from faults import (KILLED, check_nothing_forgotten, check_output, check_run, check_told, choose, leftovers, needs_fault_points, read_store, runs,
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
    try_all(base, choose(wanted, 60 if deed == "kill" else 20), try_point, tmp_path)


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
                assert tree(folder / "output" / "latest") == tree(base / "output" / "latest") or done.call.name == "fsync"
                assert from_then_on or runs(folder) == [folder / "output" / EARLIER / f"{EARLIER}-1"] or done.call.name == "fsync"
            check_goes_on(base, reference, folder)
        except AssertionError as why:
            raise AssertionError(f"{deed} at {done}") from why

    try_all(base, choose(strike(counting, *RUN, calls=calls).calls, 16), try_point, tmp_path)


def test_a_write_of_fewer_bytes_than_asked_for_is_gone_on_with(base, undisturbed, tmp_path):
    reference, calls = undisturbed

    def try_point(folder, point):
        done = strike(folder, *RUN, at=point, deed="short")
        assert done.returncode == 0, done
        check_stands(base, folder)
        assert packs(folder) == packs(reference), done

    try_all(base, choose([call for call in calls if call.name in ("write", "pwrite")], 16), try_point, tmp_path)


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_every_call_is_met_whichever_library_makes_it(base, undisturbed, tmp_path):
    """What strace counts, with another machinery, is what is counted here: SQLite, libzip, libxlsxwriter, GLib and stdio pass by."""
    folder = shutil.copytree(base, tmp_path / "programme", symlinks=True)
    names = {"fsync": "fsync", "fdatasync": "fdatasync", "rename": "rename", "mkdir": "mkdir", "unlink": "unlink", "symlink": "symlink", "pwrite64": "pwrite",
             "ftruncate": "ftruncate"}
    log, env = tmp_path / "trace", {**environment(), "ASAN_OPTIONS": "detect_leaks=0"}
    subprocess.run(["strace", "-f", "-e", "trace=write," + ",".join(names), "-o", log, BOARDPACK, "-C", folder, *RUN], env=env, check=True, capture_output=True)
    lines = log.read_text(errors="replace").splitlines()
    for name, ours in names.items():
        assert sum(f" {name}(" in line for line in lines) == sum(call.name == ours for call in undisturbed[1]), name
    written = sum(bool(re.search(r" write\((?![012],)", line)) for line in lines)
    assert written == sum(call.name == "write" for call in undisturbed[1])


# ---- approve ----


@pytest.fixture(scope="module")
def built(base, tmp_path_factory):
    """The run that is to be approved, in a programme with two forums."""
    folder = shutil.copytree(base, tmp_path_factory.mktemp("built") / "programme", symlinks=True)
    forums = folder / "config" / "forums.ini"
    forums.write_text(forums.read_text().replace("[cabinet]\n", "[cabinet]\ntemplate = programme-board.ini\nmarking = OFFICIAL\naudience = internal\n"))
    run_boardpack(folder, *RUN)
    return folder


def approvals(folder):
    return [row[1:4] for row in read_store(folder)["approvals"]]


DEEDS = [("kill", "all", False), ("half", "all", False), ("ENOSPC", "room", True), ("EROFS", "disk", True), ("ENOSPC", "room", False), ("EIO", "disk", False)]


@pytest.mark.parametrize("deed, calls, from_then_on", DEEDS)
def test_approve_is_for_all_packs_or_none(built, tmp_path, deed, calls, from_then_on):
    command = ("approve", f"{AS_OF}-1", *APPROVE)
    counting = shutil.copytree(built, tmp_path / "counting", symlinks=True)
    points = strike(counting, *command, calls=calls).calls
    before, after = approvals(built), approvals(counting)
    assert len(after) == len(before) + 2

    def try_point(folder, point):
        done = strike(folder, *command, at=point, deed=deed, calls=calls, from_then_on=from_then_on)
        try:
            check_output(folder)
            now = approvals(folder)
            assert now in (before, after)
            if deed not in ("kill", "half") and done.returncode != 0:
                check_told(done, deed)
            assert done.returncode != 0 or now == after
            again = run_boardpack(folder, *command, check=False)
            assert again.returncode == (1 if now == after else 0) and ("approved already" in again.stderr) == (now == after)
            assert approvals(folder) == after
            check_nothing_forgotten(read_store(built), read_store(folder))
        except AssertionError as why:
            raise AssertionError(f"{deed} at {done}") from why

    try_all(built, choose(points, 12), try_point, tmp_path)


# ---- a correction ----


@pytest.mark.parametrize("deed, calls, from_then_on", [("kill", "all", False), ("ENOSPC", "room", True)])
def test_a_correction_is_version_2_however_often_it_was_stopped(built, tmp_path, deed, calls, from_then_on):
    start = shutil.copytree(built, tmp_path / "start" / "programme", symlinks=True)
    run_boardpack(start, "approve", f"{AS_OF}-1", *APPROVE)
    command = ("build", "--as-of", AS_OF, "--jobs", "1", "--correction", "The total on page 2 was wrong.", "--prepared-by", "Sam Example")
    counting = shutil.copytree(start, tmp_path / "counting" / "programme", symlinks=True)
    points = strike(counting, *command, calls=calls).calls

    def try_point(folder, point):
        done = strike(folder, *command, at=point, deed=deed, calls=calls, from_then_on=from_then_on)
        try:
            check_output(folder)
            assert tree(folder / "output" / AS_OF / f"{AS_OF}-1") == tree(start / "output" / AS_OF / f"{AS_OF}-1")
            run_boardpack(folder, *command)
            assert packs(folder) == packs(counting) and leftovers(folder) == []
            assert {each["version"] for each in check_run((folder / "output" / "latest").resolve())["outputs"]} == {2}
            check_nothing_forgotten(read_store(start), read_store(folder))
        except AssertionError as why:
            raise AssertionError(f"{deed} at {done}") from why

    try_all(start, choose(points, 15), try_point, tmp_path)


# ---- a returned sheet ----


def type_into(path, words, target):
    """Fills in progress of each action and a row of narrative."""
    book = openpyxl.load_workbook(path)
    for sheet, table in ("Actions", "Progress"), ("Narrative", "Text"):
        (head,) = [row for row in book[sheet].iter_rows() if any(str(cell.value).startswith(f"{table} (fill") for cell in row)]
        columns = {str(cell.value).split("\u00a0")[0].removesuffix(" (fill"): cell.column for cell in head if cell.value}
        for row in range(head[0].row + 1, head[0].row + (2 if sheet == "Narrative" else book[sheet].max_row - head[0].row + 1)):
            book[sheet].cell(row, columns[table]).value = words
            if sheet == "Narrative":
                book[sheet].cell(row, columns["Kind"]).value = "Achievement"
    book.save(target)


@pytest.fixture(scope="module")
def returned(base, tmp_path_factory):
    """A programme that has imported a lead's sheet; the same comes back with other words in it, and another lead's for the first time."""
    folder = shutil.copytree(base, tmp_path_factory.mktemp("returned") / "programme", symlinks=True)
    run_boardpack(folder, "run", "--as-of", AS_OF, "--format", "update")
    sheets = runs(folder)[-1] / "updates"
    first, again, other = (folder.parent / name for name in ("first.xlsx", "again.xlsx", "other.xlsx"))
    type_into(sheets / f"update-head-of-libraries-{AS_OF}.xlsx", "First words.", first)
    type_into(sheets / f"update-head-of-libraries-{AS_OF}.xlsx", "Other words.", again)
    type_into(sheets / f"update-buildings-manager-{AS_OF}.xlsx", "Words of another.", other)
    run_boardpack(folder, "import", first)
    return folder, again, other


def tables(folder):
    return {name: value for name, value in tree(folder / "data").items() if not name.startswith(".")}


def count_returns(folder):
    return len(read_store(folder)["returns"])


@pytest.mark.parametrize("deed, calls, from_then_on", DEEDS)
def test_returned_sheets_are_in_the_data_folder_whole_or_not_at_all(returned, tmp_path, deed, calls, from_then_on):
    start, *sheets = returned
    command = ("import", *sheets)
    counting = shutil.copytree(start, tmp_path / "counting" / "programme", symlinks=True)
    points = strike(counting, *command, calls=calls).calls
    before, after = tables(start), tables(counting)
    assert len(after) == len(before) + 2 and sum(before[name] != after[name] for name in before) == 2

    def try_point(folder, point):
        done = strike(folder, *command, at=point, deed=deed, calls=calls, from_then_on=from_then_on)
        try:
            if done.returncode == 0:
                assert tables(folder) == after
            elif deed not in ("kill", "half"):
                check_told(done, deed)
                if not from_then_on:
                    assert tables(folder) == (after if "were imported, but" in done.stderr else before)
            run_boardpack(folder, "run", "--as-of", AS_OF, "--jobs", "1")
            assert tables(folder) in (before, after)
            assert leftovers(folder) == []
            run_boardpack(folder, *command)
            assert tables(folder) == after and leftovers(folder) == []
            assert count_returns(folder) >= count_returns(counting)
            check_output(folder)
            check_nothing_forgotten(read_store(start), read_store(folder))
        except AssertionError as why:
            raise AssertionError(f"{deed} at {done}") from why

    try_all(start, choose(points, 16), try_point, tmp_path)
