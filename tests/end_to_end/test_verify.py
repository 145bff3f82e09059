"""A run is proven a year later: by its bytes with the same program, by its figures with another."""

import contextlib
import hashlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time

import pytest

from conftest import BOARDPACK, ROOT, Run, environment, run_boardpack

AS_OF = "2025-07-31"
KEPT = ROOT / "tests" / "fixtures" / "kept-run"


def verify(folder, run="latest", code=0, **more):
    done = run_boardpack(folder, "verify", str(run), "--json", check=False, **more)
    assert done.returncode == code, done.stdout + done.stderr
    answer = json.loads(done.stdout)
    assert answer["proven"] is (code == 0) and (answer["verdict"] == "proven") is (code == 0)
    return answer


def record(folder, run):
    """Puts the sum of a run's manifest as it stands into the store, as if that had been written then."""
    sha256 = hashlib.sha256((run / "manifest.json").read_bytes()).hexdigest()
    database = sqlite3.connect(folder / "output" / "boardpack.sqlite")
    database.execute("UPDATE manifests SET sha256 = ?", (sha256,))
    database.commit()
    database.close()


def edit_manifest(run, edit):
    path = run / "manifest.json"
    manifest = json.loads(path.read_text())
    edit(manifest)
    path.write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n")


def flip(path, at):
    contents = bytearray(path.read_bytes())
    contents[at] ^= 1
    path.write_bytes(contents)


def files_of(run):
    return sorted(path for path in run.rglob("*") if path.is_file())


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A programme with a run just made. Not to be changed: copy it."""
    folder = tmp_path_factory.mktemp("made") / "programme"
    run_boardpack(".", "init", str(folder))
    run_boardpack(folder, "run", "--as-of", AS_OF)
    return folder


@pytest.fixture
def fresh(made, tmp_path):
    return shutil.copytree(made, tmp_path / "programme", symlinks=True)


@pytest.fixture
def kept(tmp_path):
    """The programme of the kept run, with its store."""
    folder = tmp_path / "kept"
    shutil.copytree(KEPT / "run" / "inputs", folder)
    shutil.copytree(KEPT / "run", folder / "output" / AS_OF / f"{AS_OF}-1")
    (folder / "output" / "latest").symlink_to(f"{AS_OF}/{AS_OF}-1")
    database = sqlite3.connect(folder / "output" / "boardpack.sqlite")
    database.executescript((KEPT / "store.sql").read_text())
    database.close()
    return folder


# ---- what is proven ----


def test_a_run_just_made_is_proven_byte_for_byte(fresh):
    before = {path: path.read_bytes() for path in files_of(Run(fresh).path)}
    answer = verify(fresh)
    assert answer["rebuild"]["method"] == "bytes" and answer["rebuild"]["reasons"] == []
    assert answer["manifest"] == "as recorded" and answer["run"] == f"{AS_OF}-1"
    assert answer["files"]["named"] == len(before) - 1 and answer["rebuild"]["files"] == 6
    assert {path: path.read_bytes() for path in files_of(Run(fresh).path)} == before, "verify changes nothing"
    done = run_boardpack(fresh, "verify", f"{AS_OF}-1")
    assert "byte for byte" in done.stdout and f"PROVEN    {AS_OF}-1" in done.stdout and "NOT" not in done.stdout


@pytest.mark.parametrize(
    "options",
    [
        ["--draft"],
        ["--format", "text,update"],
        ["--format", "update", "--lead", "Head of Libraries"],
        ["--format", "xlsx"],
        ["--jobs", "1"],
    ],
)
def test_whatever_was_asked_for_is_made_again(fresh, options):
    run_boardpack(fresh, "build", "--as-of", "2025-06-30", *options)
    answer = verify(fresh, "2025-06-30-1")
    assert answer["rebuild"]["method"] == "bytes" and answer["rebuild"]["files"] >= 5


def test_the_stamp_of_the_run_counts_and_not_that_of_verify(fresh):
    run_boardpack(fresh, "build", "--as-of", AS_OF, today="2026-03-03")
    assert verify(fresh, f"{AS_OF}-2", today="2027-07-07")["rebuild"]["method"] == "bytes"
    run_boardpack(fresh, "build", "--as-of", AS_OF, today=None)
    assert verify(fresh, f"{AS_OF}-3", today=None)["rebuild"]["method"] == "bytes"


def test_data_configuration_and_templates_may_have_changed_since(fresh):
    replace(fresh / "data" / "updates.csv", "at-risk", "off-track")
    replace(fresh / "config" / "programme.ini", "Example Borough Council", "Another Council")
    (fresh / "report-templates" / "programme-board.ini").write_text("[pack]\ntitle = Other\n[cover]\n")
    assert verify(fresh)["rebuild"]["method"] == "bytes"


def test_a_run_after_rows_had_gone_names_them_again(fresh):
    lines = (fresh / "data" / "members.csv").read_text().splitlines(keepends=True)
    (fresh / "data" / "members.csv").write_text("".join(lines[:-1]))
    run_boardpack(fresh, "run", "--as-of", AS_OF)
    assert any(finding["code"] == "R04" for finding in Run(fresh).manifest["findings"]["list"])
    assert verify(fresh)["rebuild"]["method"] == "bytes"


@pytest.mark.parametrize("name", ["sample_run", "hostile_run"])
def test_large_and_odd_programmes_are_proven_byte_for_byte(name, request):
    run = request.getfixturevalue(name)
    answer = verify(run.folder, run.path.name)  # other tests build in this folder too
    assert answer["rebuild"]["method"] == "bytes" and answer["rebuild"]["files"] >= 10


UNVOUCHED = "nothing outside this folder vouches for it"


def test_a_folder_that_was_taken_elsewhere_needs_something_that_vouches_for_it(fresh, tmp_path):
    moved = shutil.copytree(Run(fresh).path, tmp_path / "elsewhere" / f"{AS_OF}-1")
    (tmp_path / "empty").mkdir()
    answer = verify(tmp_path / "empty", moved, code=1)
    assert (answer["verdict"], answer["manifest"], answer["circulation"]) == ("consistent", "unknown", None)
    assert answer["rebuild"]["method"] == "bytes" and answer["rebuild"]["differences"] == []
    done = run_boardpack(tmp_path / "empty", "verify", str(moved), check=False)
    assert "there is no programme here" in done.stdout and done.returncode == 1
    assert f"CONSISTENT, NOT PROVEN  {AS_OF}-1: {UNVOUCHED}" in done.stdout and "\nPROVEN" not in done.stdout
    assert verify(fresh, moved)["manifest"] == "as recorded"


def test_the_sum_in_the_minutes_vouches_for_a_run(fresh, tmp_path):
    moved = shutil.copytree(Run(fresh).path, tmp_path / "elsewhere")
    approved = run_boardpack(fresh, "approve", f"{AS_OF}-1", "--by", "Ann Other", "--role", "Manager").stdout
    sha256 = approved.split("manifest SHA-256 ")[1][:64]
    (tmp_path / "empty").mkdir()
    for spelling in (sha256, sha256.upper()):
        done = run_boardpack(tmp_path / "empty", "verify", str(moved), "--manifest-sum", spelling)
        assert "as --manifest-sum says" in done.stdout and f"PROVEN    {AS_OF}-1\n" in done.stdout
    done = run_boardpack(tmp_path / "empty", "verify", str(moved), "--manifest-sum", sha256[::-1], "--json", check=False)
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["verdict"], answer["manifest_sum"]) == (1, "not proven", "changed")
    for wrong in (sha256[1:], sha256[1:] + "g", ""):
        done = run_boardpack(tmp_path / "empty", "verify", str(moved), "--manifest-sum", wrong, check=False)
        assert done.returncode == 2 and "64 digits" in done.stderr


def forge(fresh, tmp_path):
    """A run with better figures, made elsewhere with the same program under the same name."""
    other = tmp_path / "other"
    shutil.copytree(fresh, other, symlinks=True, ignore=shutil.ignore_patterns("output"))
    replace(other / "data" / "updates.csv", "at-risk", "on-track")
    run_boardpack(other, "run", "--as-of", AS_OF)
    return Run(other).path


def test_a_forged_run_is_never_proven(fresh, tmp_path):
    forged = forge(fresh, tmp_path)
    (tmp_path / "empty").mkdir()
    assert verify(tmp_path / "empty", forged, code=1)["verdict"] == "consistent"
    answer = verify(fresh, forged, code=1)
    assert (answer["verdict"], answer["manifest"]) == ("not proven", "changed")
    text = run_boardpack(fresh, "verify", str(forged), check=False).stdout
    assert "CHANGED: it is not the one that was recorded in the store" in text
    assert "rebuilt   not tried: the manifest is not the one that was written then" in text


@pytest.mark.parametrize("damage", ["store", "config"])
def test_a_store_that_cannot_be_asked_is_an_error_and_no_excuse(fresh, tmp_path, damage):
    forged = forge(fresh, tmp_path)
    if damage == "store":
        (fresh / "output" / "boardpack.sqlite").write_text("no store\n")
    else:
        (fresh / "config" / "programme.ini").write_text("[programme\n")
    for run in (forged, Run(fresh).path):
        done = run_boardpack(fresh, "verify", str(run), check=False)
        assert done.returncode not in (0, 3) and done.stdout == ""
        assert ("is no store of boardpack" if damage == "store" else "programme.ini") in done.stderr


def test_a_run_that_the_store_does_not_know_is_not_proven(fresh):
    (fresh / "output" / "boardpack.sqlite").unlink()
    run_boardpack(fresh, "import")
    answer = verify(fresh, code=1)
    assert (answer["verdict"], answer["manifest"]) == ("consistent", "unknown")
    assert f"the store does not know the run '{AS_OF}-1'" in run_boardpack(fresh, "verify", "latest", check=False).stdout


def test_another_run_in_the_place_of_one_is_not_that_run(fresh):
    run_boardpack(fresh, "build", "--as-of", AS_OF)
    first, second = (fresh / "output" / AS_OF / f"{AS_OF}-{number}" for number in (1, 2))
    shutil.rmtree(second)
    shutil.copytree(first, second)
    for run in (second.name, "latest"):
        done = run_boardpack(fresh, "verify", run, check=False)
        assert done.returncode == 1 and done.stdout == ""
        assert f"its manifest is that of '{first.name}': another run stands in its place" in done.stderr
    assert verify(fresh, first.name)["run"] == first.name


def test_a_folder_under_the_name_of_another_run_is_told_and_not_proven(fresh, tmp_path):
    run_boardpack(fresh, "build", "--as-of", AS_OF)
    first, second = (fresh / "output" / AS_OF / f"{AS_OF}-{number}" for number in (1, 2))
    shutil.rmtree(first)
    shutil.copytree(second, first)
    answer = verify(fresh, first, code=1)
    assert (answer["verdict"], answer["folder"], answer["run"], answer["manifest"]) == ("not proven", first.name, second.name, "as recorded")
    text = run_boardpack(fresh, "verify", str(first), check=False).stdout
    assert f"folder    CHANGED: it is called '{first.name}', and its manifest is that of '{second.name}'\n" in text
    assert f"NOT PROVEN  {second.name}\n" in text
    sha256 = hashlib.sha256((first / "manifest.json").read_bytes()).hexdigest()
    done = run_boardpack(fresh, "verify", str(first), "--manifest-sum", sha256)
    assert done.returncode == 0 and f"PROVEN    {second.name}\n" in done.stdout and "folder    CHANGED" in done.stdout
    for path in (second, f"{second}/", fresh / "output" / "latest"):
        assert "folder " not in run_boardpack(fresh, "verify", str(path)).stdout


def test_the_answer_says_who_approved_it_and_who_was_sent_it(fresh):
    text = run_boardpack(fresh, "verify", "latest").stdout
    assert "\napproved  no: nobody has approved any pack of it\nsent      no: nothing of it was sent\nPROVEN" in text
    run_boardpack(fresh, "approve", f"{AS_OF}-1", "--by", "Ann Other", "--role", "Manager")
    with sqlite3.connect(fresh / "output" / "boardpack.sqlite") as store:
        for number, (kind, state) in enumerate([("pack", "accepted"), ("pack", "doubtful"), ("correction", "accepted"), ("notice", "accepted"), ("test", "accepted")], 1):
            store.execute("INSERT INTO sends (send_id, kind, state, run, forum, as_of, version, address, address_key, message_id, attempts, planned_at, words)"
                          " VALUES (?, ?, ?, ?, 'programme-board', ?, 1, ?, ?, 'x', 1, 1, '')", (number, kind, state, f"{AS_OF}-1", AS_OF, str(number), str(number)))
    store.close()
    text = run_boardpack(fresh, "verify", "latest").stdout
    assert "\napproved  programme-board by Ann Other, Manager, on 15 January 2026, 12:00\n" in text
    assert "\nsent      3 messages with a pack: 2 accepted, 1 DOUBTFUL; 1 notice without one: 1 accepted\n" in text
    circulation = verify(fresh)["circulation"]
    assert [each["approved_by"] for each in circulation["approvals"]] == ["Ann Other"] and circulation["not_approved"] == []
    assert circulation["sent"] == {"packs": {"accepted": 2, "doubtful": 1}, "notices": {"accepted": 1}}


def test_what_was_approved_under_the_name_of_a_run_must_be_that_run(fresh):
    """As older versions could have it: the run that was approved is deleted, and another one made, which takes its number."""
    run_boardpack(fresh, "approve", f"{AS_OF}-1", "--by", "Ann Other", "--role", "Manager")
    shutil.rmtree(Run(fresh).path)
    replace(fresh / "data" / "updates.csv", "at-risk", "on-track")
    run_boardpack(fresh, "run", "--as-of", AS_OF, "--draft")
    with contextlib.closing(sqlite3.connect(fresh / "output" / "boardpack.sqlite", isolation_level=None)) as store:
        store.execute("UPDATE approvals SET run = ?", (Run(fresh).path.name,))
    answer = verify(fresh, code=1)
    assert (answer["verdict"], answer["manifest"]) == ("not proven", "as recorded")
    text = run_boardpack(fresh, "verify", "latest", check=False).stdout
    assert "CHANGED: the pack of programme-board that Ann Other approved was of another run of that name" in text


def test_nothing_is_left_in_the_temporary_folder(fresh, tmp_path):
    (tmp_path / "temporary").mkdir()
    verify(fresh, TMPDIR=str(tmp_path / "temporary"))
    assert list((tmp_path / "temporary").iterdir()) == []


def test_nothing_is_left_in_the_temporary_folder_of_a_program_that_is_killed(fresh, tmp_path):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    process = subprocess.Popen([BOARDPACK, "-C", fresh, "verify", "latest"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               env=environment(TMPDIR=str(temporary)))
    until = time.monotonic() + 60
    while not list(temporary.glob("*/programme/*")):
        assert process.poll() is None and time.monotonic() < until
        time.sleep(0.001)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    while list(temporary.iterdir()):
        assert time.monotonic() < until, list(temporary.iterdir())
        time.sleep(0.01)


# ---- another version, other libraries, other fonts ----


def set_version(manifest):
    manifest["program"]["version"] = "0.0.9"


def set_library(manifest):
    manifest["program"]["libraries"]["libharu"] = "2.2.0"


def set_font(manifest):
    manifest["fonts"][0]["sha256"] = "0" * 64


@pytest.mark.parametrize(
    "edit, reason",
    [(set_version, "the program's version is"), (set_library, "the version of libharu is 2.3.0, it was 2.2.0"), (set_font, "LiberationSans-Regular.ttf is another file")],
)
def test_what_differs_is_named_and_figures_are_compared(fresh, edit, reason):
    run = Run(fresh).path
    edit_manifest(run, edit)
    record(fresh, run)
    answer = verify(fresh)
    assert answer["rebuild"]["method"] == "figures" and len(answer["rebuild"]["reasons"]) == 1
    assert reason in answer["rebuild"]["reasons"][0]
    assert answer["rebuild"]["facts"] > 100 and answer["rebuild"]["figures"] > 50
    assert reason in run_boardpack(fresh, "verify", "latest").stdout


@pytest.mark.parametrize("name, old, new", [("snapshot.tsv", "status at-risk actions\t", "9"), ("figures.tsv", "actions.done\t", "9")])
def test_a_figure_that_comes_out_otherwise_is_named(fresh, name, old, new):
    run = Run(fresh).path
    record_path = run / "evidence" / name
    replace(record_path, old, old + new)

    def edit(manifest):
        set_version(manifest)
        for entry in manifest["records"]:
            if entry["path"].endswith(name):
                entry["sha256"] = hashlib.sha256(record_path.read_bytes()).hexdigest()

    edit_manifest(run, edit)
    record(fresh, run)
    differences = verify(fresh, code=1)["rebuild"]["differences"]
    assert len(differences) == 1 and differences[0].startswith(old.strip() + " was '9")


def test_by_figures_only_the_store_vouches_for_the_manifest(fresh):
    run = Run(fresh).path
    edit_manifest(run, set_version)
    (fresh / "output" / "boardpack.sqlite").unlink()
    answer = verify(fresh, code=1)
    assert (answer["verdict"], answer["manifest"]) == ("consistent", "unknown")
    assert answer["rebuild"]["method"] == "figures" and answer["rebuild"]["differences"] == []


def test_a_run_of_an_earlier_program_is_proven_by_its_figures(kept):
    answer = verify(kept)
    assert answer["rebuild"]["method"] == "figures" and answer["manifest"] == "as recorded"
    assert answer["rebuild"]["facts"] > 200 and answer["rebuild"]["figures"] > 50
    assert len(answer["rebuild"]["reasons"]) >= 1


def test_a_manifest_of_version_1_is_compared_by_its_counts(fresh):
    run = Run(fresh).path
    shutil.rmtree(run / "evidence")
    (run / "summary.txt").unlink()

    def age(manifest):
        manifest["manifest_version"] = 1
        for key in ("options", "records", "colour_profile"):
            del manifest[key]
        del manifest["program"]["source"]

    edit_manifest(run, age)
    record(fresh, run)
    answer = verify(fresh)
    assert answer["rebuild"]["method"] == "figures" and "the manifest is of version 1" in answer["rebuild"]["reasons"]

    def miscount(manifest):
        manifest["actions"]["done"] += 1

    edit_manifest(run, miscount)
    record(fresh, run)
    assert verify(fresh, code=1)["rebuild"]["differences"] == ["the manifest's \"actions\" come out otherwise"]


def test_data_that_were_not_kept_come_from_the_store(fresh):
    replace(fresh / "data" / "updates.csv", "at-risk", "off-track")
    run_boardpack(fresh, "build", "--as-of", AS_OF, today="2026-02-01")
    assert Run(fresh).manifest["inputs_copied"] is False
    answer = verify(fresh)
    assert answer["rebuild"]["method"] == "figures" and "in the store" in answer["rebuild"]["reasons"][0]
    run_boardpack(fresh, "run", "--as-of", AS_OF, today="2026-02-03")
    run_boardpack(fresh, "build", "--as-of", AS_OF, "--known", "2026-01-31", today="2026-02-03")
    assert verify(fresh)["rebuild"]["method"] == "figures"
    moved = Run(fresh).path
    (fresh / "output" / "boardpack.sqlite").rename(fresh / "store.sqlite")
    answer = verify(fresh, moved, code=1)
    assert answer["rebuild"]["method"] == "none" and "the store that has them is not here" in answer["rebuild"]["reasons"][0]


def test_data_outside_the_programme_are_compared_by_figures(fresh, tmp_path):
    (fresh / "data").rename(tmp_path / "tables")
    replace(fresh / "config" / "programme.ini", "; [paths]", f"[paths]\ndata = {tmp_path / 'tables'}")
    run_boardpack(fresh, "run", "--as-of", AS_OF)
    shutil.rmtree(tmp_path / "tables")
    answer = verify(fresh)
    assert answer["rebuild"]["method"] == "figures" and "outside the programme's folder" in answer["rebuild"]["reasons"][0]


# ---- what was changed ----


@pytest.mark.parametrize("which", ["fresh", "kept"])
def test_one_byte_of_any_file_is_enough(which, request):
    folder = request.getfixturevalue(which)
    run = Run(folder).path
    files = files_of(run)
    assert len(files) > 20 and any("inputs" in path.parts for path in files) and any(path.suffix == ".pdf" for path in files)
    for path in files:
        length = path.stat().st_size
        for at in {0, length // 2, length - 1}:
            before = path.read_bytes()
            flip(path, at)
            done = run_boardpack(folder, "verify", "latest", "--json", check=False)
            assert done.returncode == 1, (path, at)
            if path.name != "manifest.json":
                assert json.loads(done.stdout)["files"]["changed"] == [str(path.relative_to(run))]
            path.write_bytes(before)
    verify(folder)


def test_without_the_store_a_changed_manifest_still_comes_out_otherwise(fresh):
    run = Run(fresh).path
    (fresh / "output" / "boardpack.sqlite").unlink()
    path = run / "manifest.json"
    text = path.read_text()
    for old, new in (('"marking": "OFFICIAL"', '"marking": "OFFICIAM"'), ('"loaded": 8', '"loaded": 7'), ('"rows": 8', '"rows": 9')):
        assert old in text
        path.write_text(text.replace(old, new, 1))
        answer = verify(fresh, code=1)
        assert answer["rebuild"]["method"] == "bytes" and answer["rebuild"]["differences"] == ["manifest.json comes out otherwise"], old
    path.write_text(text)
    assert verify(fresh, code=1)["verdict"] == "consistent"


def test_missing_extra_and_linked_files_are_named(fresh):
    run = Run(fresh).path
    pack = next(run.glob("*/*.pdf"))
    name = str(pack.relative_to(run))
    (run / "inputs" / "data" / "more.csv").write_text("x\n")
    assert verify(fresh, code=1)["files"]["extra"] == ["inputs/data/more.csv"]
    (run / "inputs" / "data" / "more.csv").unlink()
    pack.rename(fresh / "pack.pdf")
    assert verify(fresh, code=1)["files"]["missing"] == [name]
    pack.symlink_to(fresh / "pack.pdf")
    assert verify(fresh, code=1)["files"]["changed"] == [name], "a link is not the file"
    text = run_boardpack(fresh, "verify", "latest", check=False).stdout
    assert f"changed: {name}" in text and "\nNOT PROVEN" in text and "rebuilt   not tried: files differ already" in text


def test_empty_folders_that_are_added_are_named(fresh):
    run = Run(fresh).path
    for name in ("more", "evidence/more", "new/deep"):
        (run / name).mkdir(parents=True)
    assert verify(fresh, code=1)["files"]["extra"] == ["evidence/more/", "more/", "new/deep/"]
    (run / "new" / "deep" / "file").write_text("x")
    assert verify(fresh, code=1)["files"]["extra"] == ["evidence/more/", "more/", "new/deep/file"]


def test_files_that_changed_places_are_named(fresh):
    run_boardpack(fresh, "build", "--as-of", "2025-06-30", "--format", "pdf,update")
    run = Run(fresh).path
    pack, sheets = next(run.glob("*/*.pdf")), sorted(run.glob("updates/*.xlsx"))
    other = pack.with_name("other.pdf")
    first, second = sheets[0].read_bytes(), sheets[1].read_bytes()
    sheets[0].write_bytes(second)
    sheets[1].write_bytes(first)
    assert sorted(verify(fresh, code=1)["files"]["changed"]) == [str(each.relative_to(run)) for each in sheets[:2]]
    sheets[0].write_bytes(first)
    sheets[1].write_bytes(second)
    verify(fresh)
    pack.rename(other)
    files = verify(fresh, code=1)["files"]
    assert (files["missing"], files["extra"]) == ([str(pack.relative_to(run))], [str(other.relative_to(run))])


@pytest.mark.parametrize("which", ["manifest.json", "evidence/snapshot.tsv", "inputs/data/actions.csv", "evidence", "inputs"])
def test_whatever_becomes_a_link_is_changed(fresh, which):
    """What a link leads to can be changed where nobody looks."""
    path = Run(fresh).path / which
    path.rename(fresh / "moved")
    path.symlink_to(fresh / "moved")
    files = verify(fresh, code=1)["files"]
    assert which in files["changed"] + files["extra"]


def test_what_is_added_anywhere_is_named(fresh):
    run = Run(fresh).path
    for name in ("more.pdf", ".hidden", "evidence/more.tsv", "new/deep/more.txt"):
        (run / name).parent.mkdir(parents=True, exist_ok=True)
        (run / name).write_bytes(b"")
    os.mkfifo(run / "evidence" / "pipe")
    extra = ["more.pdf", ".hidden", "evidence/more.tsv", "new/deep/more.txt", "evidence/pipe"]
    assert verify(fresh, code=1)["files"]["extra"] == sorted(extra)


@pytest.mark.parametrize("more", [b"\n", b" ", b"\0", b"{}"])
def test_what_is_added_to_the_manifest_is_a_change(fresh, more):
    with open(Run(fresh).path / "manifest.json", "ab") as file:
        file.write(more)
    assert run_boardpack(fresh, "verify", "latest", check=False).returncode == 1


@pytest.mark.parametrize("path", ["../../secret.txt", "/etc/hostname", "inputs/../../secret.txt"])
def test_a_manifest_cannot_lead_out_of_the_run(fresh, path):
    run = Run(fresh).path
    (run.parent / "secret.txt").write_text("secret\n")

    def lead_out(manifest):
        manifest["config"][0]["copy"] = path
        manifest["config"][0]["sha256"] = hashlib.sha256(b"secret\n").hexdigest()

    edit_manifest(run, lead_out)
    record(fresh, run)
    missing = verify(fresh, code=1)["files"]["missing"]
    assert len(missing) == 1 and "leads out of the folder" in missing[0]


@pytest.mark.parametrize("run, message", [("2024-01-01-1", "the newest of them 2025-07-31-1"), ("../2025-07-31", "there is no folder"), ("yesterday", "there is no run 'yesterday'")])
def test_a_run_that_is_not_there_ends_2(made, run, message):
    done = run_boardpack(made, "verify", run, check=False)
    assert done.returncode == 2 and message in done.stderr and done.stdout == ""


def test_the_run_must_be_named(made):
    done = run_boardpack(made, "verify", check=False)
    assert done.returncode == 2 and "say which run" in done.stderr


def test_a_manifest_that_is_cut_short_is_no_manifest(fresh):
    path = Run(fresh).path / "manifest.json"
    path.write_bytes(path.read_bytes()[:200])
    done = run_boardpack(fresh, "verify", "latest", check=False)
    assert done.returncode == 1 and "is no manifest" in done.stderr


# ---- what no program of ours has written ----


@pytest.mark.parametrize("stamp", [2**63 - 1, -(2**63), 7258118400, -2208988801, 1.5, "1753920000", None])
def test_a_stamp_that_is_no_moment_is_refused(fresh, tmp_path, stamp):
    edit_manifest(Run(fresh).path, lambda manifest: manifest["options"].update(stamp=stamp))
    (tmp_path / "temporary").mkdir()
    done = run_boardpack(tmp_path, "verify", str(Run(fresh).path), check=False, TMPDIR=str(tmp_path / "temporary"))
    assert done.returncode == 1 and "is no manifest: its stamp is no moment of the years 1900 to 2199" in done.stderr and done.stdout == ""
    assert list((tmp_path / "temporary").iterdir()) == []


def repeat_inputs(manifest):
    manifest["inputs"] *= 2


def name_a_record_as_output(manifest):
    manifest["outputs"].append(dict(manifest["outputs"][0], path=manifest["records"][0]["path"]))


def name_too_many(manifest):
    manifest["update_sheets"] = [{"path": f"updates/{number}"} for number in range(10001)]


@pytest.mark.parametrize("edit, message", [(repeat_inputs, "twice"), (name_a_record_as_output, "twice"), (name_too_many, "no run has more than 10000")])
def test_a_manifest_names_each_file_once_and_not_too_many(fresh, edit, message):
    edit_manifest(Run(fresh).path, edit)
    done = run_boardpack(fresh, "verify", "latest", check=False)
    assert done.returncode == 1 and "is no manifest" in done.stderr and message in done.stderr
    done = run_boardpack(fresh, "approve", f"{AS_OF}-1", "--by", "Ann Other", "--role", "Manager", check=False)
    assert done.returncode == 1 and "is no manifest" in done.stderr


def test_a_manifest_that_would_fill_the_memory_is_not_read(fresh):
    path = Run(fresh).path / "manifest.json"
    path.write_bytes(path.read_bytes() + b" " * (32 * 1024 * 1024))
    done = run_boardpack(fresh, "verify", "latest", check=False)
    assert done.returncode == 1 and "manifest.json" in done.stderr and "33554432" in done.stderr.replace(",", "")
