"""Bad files, bad configurations, full disks and stops at any moment: nothing is lost, nothing is half-written, and the message says what to do."""

import csv
import hashlib
import json
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess

import openpyxl
import pytest

from conftest import BOARDPACK, ROOT, copy_programme, run_boardpack
from programme_folder import call, latest

AS_OF = "2025-07-31"
HOSTILE = ROOT / "tests" / "fixtures" / "hostile"
ACTIONS = "data/actions.csv"


@pytest.fixture(scope="module")
def finished(starter, tmp_path_factory):
    folder = copy_programme(starter, tmp_path_factory.mktemp("finished") / "programme")
    run_boardpack(folder, "run", "--as-of", AS_OF)
    return folder


@pytest.fixture
def ran(finished, tmp_path):
    """A programme with a finished run and a store."""
    shutil.copytree(finished, tmp_path / "programme", symlinks=True)
    return tmp_path / "programme"


def read(folder, path=ACTIONS):
    return (folder / path).read_text()


def leftovers(folder):
    return [path for path in (folder / "output").rglob("*") if "partial" in path.name or path.name.startswith(".latest")]


def assert_whole(run):
    """Every file of a finished run is there, as its manifest says."""
    manifest = json.loads((run / "manifest.json").read_text())
    files = [(file["path"], file["sha256"]) for file in manifest["outputs"]]
    files += [(file["copy"], file["sha256"]) for file in manifest["inputs"] + manifest["config"] if file["copy"]]
    for path, digest in files:
        assert hashlib.sha256((run / path).read_bytes()).hexdigest() == digest, path
    return len(manifest["outputs"])


# ---- data files that are no tables: refused, and all stays as it was ----


def replace_by(kind):
    def damage(path):
        text = path.read_text()
        path.unlink()
        if kind == "folder":
            path.mkdir()
        elif kind == "pipe":
            os.mkfifo(path)
        elif kind in ("ring of links", "link to nowhere", "device"):
            path.symlink_to({"ring of links": path.name, "link to nowhere": "/nowhere-at-all", "device": "/dev/zero"}[kind])
        elif kind == "3 GB":
            path.write_text(text)
            os.truncate(path, 3_000_000_000)
        else:
            path.write_bytes({
                "nothing": b"",
                "UTF-16 without a mark": text.encode("utf-16-le"),
                "UTF-32": text.encode("utf-32"),
                "a workbook": b"PK\x03\x04" + bytes(range(256)),
                "noise": random.Random(1).randbytes(100_000),
                "other separators": text.replace(",", "|").encode(),
                "sep=|": b"sep=|\n" + text.replace(",", "|").encode(),
                "no header": text.split("\n", 1)[1].encode(),
                "a late header": b"x\n" * 10 + text.encode(),
                "a column twice": text.replace("short", " ACTION ", 1).encode(),
                "no column 'action'": text.replace("action,", "akshun,", 1).encode(),
                "1,001 columns": ",".join([text.split("\n", 1)[0]] + [f"x{number}" for number in range(991)]).encode() + b"\n",
            }[kind])
    return damage


REFUSED = {
    "folder": "is no ordinary file (a folder)", "pipe": "is no ordinary file", "device": "is no ordinary file", "ring of links": "cannot be read",
    "link to nowhere": "cannot be read", "3 GB": "split it", "nothing": "is empty", "UTF-16 without a mark": 'save it as "CSV UTF-8"',
    "UTF-32": 'save it as "CSV UTF-8"', "a workbook": "is an Excel workbook", "noise": "is a header of the table actions",
    "other separators": "save it as CSV with commas", "sep=|": "line 1", "no header": "is a header of the table actions",
    "a late header": "is a header of the table actions", "a column twice": "line 1: the header names the column", "no column 'action'": "line 1: the header lacks action",
    "1,001 columns": "line 1: the header has 1001 columns",
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_is_no_table_refuses_the_import(ran, kind):
    run = latest(ran)
    store = (ran / "output" / "boardpack.sqlite").read_bytes()
    replace_by(kind)(ran / ACTIONS)
    done = call(ran, "run", "--as-of", AS_OF)
    assert done.returncode == 1 and "actions.csv" in done.stderr and REFUSED[kind] in done.stderr, done.stderr
    assert latest(ran) == run and leftovers(ran) == []
    assert (ran / "output" / "boardpack.sqlite").read_bytes() == store


# ---- bad rows: a finding, and the rest goes on ----

ROW = "LIP,9.1,1,{},,,May 2025\n"


@pytest.mark.parametrize("tail, code", [
    (ROW.format("a\0b").encode(), "F07"),
    (ROW.format("é a").encode() + b"LIP,9.2,1,a\xff,,,May 2025\n", "F07"),
    (ROW.format("x" * 65_537).encode(), "F08"),
    (ROW.format('"' + '""' * 1_000_000 + '"').encode(), "F08"),
    (b"LIP,9.1,1,x,,,,,,,,,,,,,,,,,y\n", "F06"),
    (b"LIP\n", "R01"),
    (b'LIP,9.1,1,"never closed,,,May 2025\n', "F09"),
    (b'"' * 100_001 + b"\n", "F09"),
    (b'a,"b\n' * 3_000, "F09"),
    (random.Random(2).randbytes(30_000), "F07"),
], ids=["NUL", "bytes", "64 KiB", "2 MB of quotes", "too wide", "too short", "never closed", "a line of quotes", "lines of quotes", "noise"])
def test_a_bad_row_is_named_and_the_rest_goes_on(started, tail, code):
    (started / ACTIONS).write_bytes(read(started).encode() + tail)
    done = call(started, "check", "--as-of", AS_OF, "--json")
    answer = json.loads(done.stdout)
    assert done.returncode == 4
    actions = next(table for table in answer["tables"] if table["table"] == "actions")
    assert actions["loaded"] >= 8 and actions["seen"] > actions["loaded"]
    found = [finding for finding in answer["findings"]["list"] if finding["code"] == code and finding["quarantined"]]
    assert found and all(finding["file"] == ACTIONS and finding["row"] >= 10 and finding["advice"] for finding in found)


def test_files_with_odd_names_are_read_or_named(started):
    text = read(started)
    (started / "data" / "actions-a\nb\x1b[2J.csv").write_text(text)
    for byte in (b"\xff", b"\xfe"):
        with open(os.fsencode(started / "data") + b"/actions-" + byte + b".csv", "wb") as stream:
            stream.write(text.encode() + b"\n" * byte[0])
    (started / "data" / "aktions.csv").write_text(text)
    assert run_boardpack(started, "run", "--as-of", AS_OF, "--format", "text").returncode == 0
    assert_whole(latest(started))
    inputs = json.loads((latest(started) / "manifest.json").read_text())["inputs"]
    assert sum(file["path"].startswith("data/actions") for file in inputs) == 4
    done = call(started, "check", "--as-of", AS_OF)
    assert 'is "actions" meant?' in done.stdout and "\x1b" not in done.stdout


# ---- tables that are missing, empty or senseless ----


def keep_nothing(folder):
    for path in (folder / "data").iterdir():
        path.unlink()


def keep_headers(folder):
    for path in (folder / "data").iterdir():
        path.write_text(path.read_text().split("\n", 1)[0] + "\n")


def keep_one_action(folder):
    path = folder / ACTIONS
    path.write_text("\n".join(path.read_text().split("\n")[:2]) + "\n")


def drop_measures(folder):
    for path in (folder / "data").glob("kpi*"):
        path.unlink()


def shuffle_cells(folder):
    chance = random.Random(3)
    for path in sorted((folder / "data").iterdir()):
        with path.open(newline="") as stream:
            header, *rows = csv.reader(stream)
        cells = [cell for row in rows for cell in row]
        chance.shuffle(cells)
        rest = iter(cells)
        with path.open("w", newline="") as stream:
            csv.writer(stream).writerows([header, *[[next(rest) for _ in row] for row in rows]])


def damage_bytes(folder):
    chance = random.Random(4)
    for path in sorted((folder / "data").iterdir()):
        header, body = path.read_bytes().split(b"\n", 1)
        body = bytearray(body)
        for _ in range(len(body) // 200):
            at = chance.randrange(len(body))
            body[at:at + chance.randrange(4)] = chance.choice([b'"', b",", b"\n", b"\xc3", b"\0", b"x" * 300, b""])
        path.write_bytes(header + b"\n" + body)


@pytest.mark.parametrize("change", [keep_nothing, keep_headers, keep_one_action, drop_measures, shuffle_cells, damage_bytes])
def test_packs_are_built_from_whatever_is_left(started, change):
    change(started)
    done = call(started, "run", "--as-of", AS_OF, "--format", "pdf,xlsx,text")
    assert done.returncode in (0, 3), done.stderr
    run = latest(started)
    assert assert_whole(run) == 3
    pdf = next(run.glob("*/*.pdf"))
    checked = subprocess.run(["qpdf", "--check", pdf], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    openpyxl.load_workbook(next(run.glob("*/*.xlsx"))).close()


def test_hostile_words_never_become_formulas_links_or_paths(hostile_run):
    for path in hostile_run.files("xlsx"):
        book = openpyxl.load_workbook(path)
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        assert "cmd" not in cell.value and "HYPERLINK(\"http" not in cell.value and "1+1" not in cell.value, cell.coordinate
                    assert cell.hyperlink is None or not (cell.hyperlink.target or "").startswith("file:"), cell.coordinate
    names = {path.relative_to(hostile_run.path).parts[0] for path in hostile_run.path.rglob("*")}
    assert names == {"full-forum", "partner-forum", "public-forum", "inputs", "evidence", "summary.txt", "manifest.json"}
    assert {finding["code"] for finding in hostile_run.manifest["findings"]["list"] if finding["quarantined"]} >= {"F06", "F07", "R01", "R02"}
    assert_whole(hostile_run.path)


# ---- configuration ----


def swap(old, new):
    return lambda path: path.write_text(path.read_text().replace(old, new, 1))


def link_to_nowhere(path):
    path.unlink(missing_ok=True)
    path.symlink_to("/nowhere-at-all")


@pytest.mark.parametrize("path, damage, code, message", [
    ("config/rules.ini", link_to_nowhere, 1, "rules.ini: cannot be read"),
    ("config/theme.ini", link_to_nowhere, 1, "theme.ini: cannot be read"),
    ("config/mail.ini", link_to_nowhere, 1, "mail.ini: cannot be read"),
    ("config/programme.ini", link_to_nowhere, 1, "programme.ini: cannot be read"),
    ("config/forums.ini", link_to_nowhere, 1, "forums.ini: cannot be read"),
    ("report-templates/programme-board.ini", link_to_nowhere, 1, "programme-board.ini: cannot be read"),
    ("config/forums.ini", swap("[cabinet]", "[..]"), 1, "config/forums.ini, line "),
    ("config/forums.ini", swap("[cabinet]", "[inputs]"), 1, "no forum can be called 'inputs'"),
    ("config/forums.ini", swap("template = programme-board.ini", "template = /etc/passwd"), 1, "config/forums.ini, line 28"),
    ("config/rules.ini", swap("soon_days = 30", "soon_days = 0x10"), 1, "config/rules.ini, line 29"),
    ("config/rules.ini", swap("soon_days = 30", "soon_days = 3 ; days"), 1, "config/rules.ini, line 29"),
    ("config/rules.ini", swap("soon_days = 30", "soon_days = " + "3" * 2000), 1, "config/rules.ini, line 29"),
    ("config/rules.ini", swap("soon_days", "soon_dayz"), 1, "did you mean 'soon_days'"),
    ("config/theme.ini", lambda path: path.write_text('[colours]\nink = "#EEEEEE"\n'), 1, "contrast"),
    ("config/theme.ini", lambda path: path.write_text("[fonts]\nregular = /nowhere.ttf\n"), 1, "config/theme.ini, line 2"),
    ("config/programme.ini", lambda path: path.unlink(), 10, "there is no programme"),
])
def test_a_bad_configuration_is_refused_with_file_and_line(started, path, damage, code, message):
    damage(started / path)
    for verb in ("check", "run"):
        done = call(started, verb)
        assert done.returncode == code and message in done.stderr, done.stderr
    assert latest(started) is None


def test_a_marked_configuration_needs_no_temporary_folder(started):
    path = started / "config" / "rules.ini"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert call(started, "check", "--as-of", AS_OF, TMPDIR="/nowhere-at-all").returncode == 0


# ---- rights ----


@pytest.mark.skipif(os.geteuid() != 0 or shutil.which("setpriv") is None, reason="needs root, to become somebody else")
@pytest.mark.parametrize("path, mode, message", [
    (ACTIONS, 0, "actions.csv: cannot be read: Permission denied; check the permissions"),
    ("data", 0, "data: cannot be read"),
    ("config/rules.ini", 0, "rules.ini: cannot be read: Permission denied; check the permissions"),
    ("config", 0, "config: the folder cannot be read: Permission denied; check the permissions"),
    ("config", 0o100, "config: the folder cannot be read: Permission denied; check the permissions"),
    ("report-templates", 0, "programme-board.ini: cannot be read: Permission denied; check the permissions"),
    (".", 0o500, "output: the folder cannot be made: Permission denied; check the permissions"),
])
def test_what_may_not_be_read_or_written_is_named(started, path, mode, message):
    subprocess.run(["chown", "-R", "65534:65534", started], check=True)
    for parent in started.parents:
        if parent.is_relative_to("/tmp") and parent != pathlib.Path("/tmp"):
            parent.chmod(0o755)
    (started / path).chmod(mode)
    program = shutil.copy(BOARDPACK, started.parent / "boardpack")
    done = subprocess.run(["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", program, "-C", started, "run"], capture_output=True, text=True)
    (started / path).chmod(0o755)
    assert done.returncode == 1 and message in done.stderr, done.stderr
    assert latest(started) is None


# ---- the store ----


def damage_store(ran, sql=None, at=None):
    path = ran / "output" / "boardpack.sqlite"
    if sql is not None:
        with sqlite3.connect(path) as store:
            store.executescript(sql)
        store.close()
    else:
        content = bytearray(path.read_bytes())
        content[at:at + 2_000] = b"\xa5" * 2_000
        path.write_bytes(content)


@pytest.mark.parametrize("damage, message", [
    ({"sql": "PRAGMA user_version = 99"}, "run the newer boardpack"),
    ({"sql": "PRAGMA user_version = 0"}, "has lost its schema version"),
    ({"sql": "PRAGMA application_id = 5"}, "is a database of another program"),
    ({"sql": "DROP TABLE actions"}, "its table actions is gone"),
    ({"at": 0}, "is no store of boardpack"),
    ({"at": 100}, "damaged"),
])
def test_a_damaged_store_is_refused_and_left_alone(ran, damage, message):
    run = latest(ran)
    damage_store(ran, **damage)
    before = (ran / "output" / "boardpack.sqlite").read_bytes()
    for verb in ("run", "build"):
        done = call(ran, verb, "--as-of", AS_OF)
        assert done.returncode == 1 and message in done.stderr and "boardpack.sqlite" in done.stderr, done.stderr
    assert latest(ran) == run and leftovers(ran) == []
    assert (ran / "output" / "boardpack.sqlite").read_bytes() == before


# ---- full disks and stops ----


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root, to mount a small disk")
@pytest.mark.parametrize("setting, sizes", [("output", (8, 60, 130, 220)), ("store", (8, 100, 260))])
def test_a_full_disk_leaves_nothing_half_written(starter, tmp_path, setting, sizes):
    disk = tmp_path / "disk"
    disk.mkdir()
    for size in sizes:
        folder = copy_programme(starter, tmp_path / f"programme-{size}")
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", disk], capture_output=True, text=True)
        if mounted.returncode != 0:
            pytest.skip("no disk can be mounted here: " + mounted.stderr)
        try:
            other = "store = output/boardpack.sqlite" if setting == "output" else ""
            place = disk if setting == "output" else disk / "boardpack.sqlite"
            with (folder / "config" / "programme.ini").open("a") as stream:
                stream.write(f"\n[paths]\n{setting} = {place}\n{other}\n")
            done = call(folder, "run", "--as-of", AS_OF)
            assert done.returncode == 1 and str(disk) in done.stderr, done.stderr
            assert not (disk / "latest").is_symlink() and not (folder / "output" / "latest").is_symlink()
            assert not list(disk.glob(".partial*")) and not list(disk.glob("20*/*"))
            subprocess.run(["mount", "-o", "remount,size=20m", disk], check=True)
            assert call(folder, "run", "--as-of", AS_OF).returncode == 0, "with room it goes on as if nothing had been"
        finally:
            subprocess.run(["umount", disk], check=True)


def test_of_runs_at_the_same_time_one_works_and_the_others_say_so(ran):
    started = [subprocess.Popen([BOARDPACK, "-C", ran, "run", "--as-of", AS_OF], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(5)]
    ended = [(process.communicate(timeout=60)[1], process.returncode) for process in started]
    codes = sorted(code for _, code in ended)
    assert codes[0] == 0 and set(codes) <= {0, 11}
    assert all("another run" in error for error, code in ended if code == 11)
    assert_whole(latest(ran))
    assert leftovers(ran) == []


def test_half_an_example_is_not_left(tmp_path):
    folder = tmp_path / "new"
    (folder / "data").mkdir(parents=True)
    (folder / "report-templates").write_text("in the way\n")
    done = call(folder, "init")
    assert done.returncode == 1 and "report-templates" in done.stderr
    assert not [path for path in folder.rglob("*.ini")] and not list((folder / "data").iterdir())
    (folder / "report-templates").unlink()
    assert call(folder, "init").returncode == 0


def test_a_name_cannot_turn_or_break_the_lines_of_messages(started):
    (started / "data" / "a\n\u202eprogramme.xlsx").write_bytes(b"PK")
    done = run_boardpack(started, "import", check=False)
    assert done.returncode == 1 and "\u202e" not in done.stderr
    assert done.stderr.count("\n") == 1 and "a\\n\\u202eprogramme.xlsx" in done.stderr


@pytest.mark.parametrize("limit", [0, 4096])
def test_a_limit_on_file_sizes_is_a_failure_that_is_told(started, limit):
    done = subprocess.run(["prlimit", f"--fsize={limit}", BOARDPACK, "-C", started, "run", "--as-of", "2025-07-31"], capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert done.stderr.startswith("boardpack: ")
