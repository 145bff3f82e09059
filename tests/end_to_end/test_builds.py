"""What `run` and `build` write: the same from the same data, what the manifest says, and never half of it."""

import fcntl
import json
import os
import pathlib
import re
import resource
import signal
import subprocess
import time

import pytest

from conftest import BOARDPACK, ROOT, make_run
from programme_folder import call, files_under, latest, packs_of, partials, replace

AS_OF = "2025-07-31"


def test_a_run_prints_its_files_and_they_are_what_the_manifest_says(sample):
    done = call(sample, "run", "--as-of", AS_OF)
    assert done.returncode in (0, 3)
    run = latest(sample)
    printed = [pathlib.Path(re.sub(r" \(\d+ pages?\)$", "", line)) for line in done.stdout.splitlines()]
    assert all(path.is_file() for path in printed)
    assert len(printed) == 15 and printed[-1].name == "manifest.json"
    assert re.search(r"7 packs of 2025-07-31-1 in \d+\.\d seconds", done.stderr) and "\r" not in done.stderr
    manifest = json.loads((run / "manifest.json").read_text())
    found = files_under(run)
    named = {output["path"]: output["sha256"] for output in manifest["outputs"]}
    named.update({record["path"]: record["sha256"] for record in manifest["records"]})
    named.update({entry["copy"]: entry["sha256"] for entry in manifest["inputs"] + manifest["config"]})
    assert found.keys() - named.keys() == {"manifest.json"} and all(found[path] == digest for path, digest in named.items())
    for entry in manifest["inputs"] + manifest["config"]:
        assert (sample / entry["path"]).read_bytes() == (run / entry["copy"]).read_bytes()
    assert manifest["run"] == "2025-07-31-1" == run.name and manifest["as_of"] == AS_OF
    assert manifest["actions"]["total"] == 69 == sum(each["count"] for each in manifest["actions"]["by_status"])
    assert {"table": "actions", "loaded": 69, "seen": 69} in manifest["tables"]
    assert manifest["consistency"]["figures"] > 0 and manifest["consistency"]["differing"] == []
    assert manifest["consistency"]["printed"] > manifest["consistency"]["figures"]


def violations(schema, value, place="manifest"):
    """Where a value breaks the parts of JSON Schema that docs/manifest.schema.json uses."""
    types = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
    wanted = schema.get("type")
    if wanted is not None:
        wanted = wanted if isinstance(wanted, list) else [wanted]
        if not any(type(value) is types[each] for each in wanted):
            yield f"{place}: {value!r} is no {wanted}"
            return
    if "const" in schema and value != schema["const"]:
        yield f"{place}: {value!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{place}: {value!r}"
    if "pattern" in schema and isinstance(value, str) and not re.search(schema["pattern"], value):
        yield f"{place}: {value!r} is not {schema['pattern']}"
    if "minimum" in schema and isinstance(value, int) and value < schema["minimum"]:
        yield f"{place}: {value!r} is under {schema['minimum']}"
    if isinstance(value, dict) and "properties" in schema:
        for name in schema["required"]:
            if name not in value:
                yield f"{place}: no {name}"
        for name, each in value.items():
            if name in schema["properties"]:
                yield from violations(schema["properties"][name], each, f"{place}.{name}")
            elif schema.get("additionalProperties") is False:
                yield f"{place}: {name} is not in the schema"
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0) or len(value) > schema.get("maxItems", len(value)):
            yield f"{place}: {len(value)} entries"
        for index, each in enumerate(value):
            yield from violations(schema.get("items", {}), each, f"{place}[{index}]")


def test_the_manifest_is_as_its_schema_says(any_run):
    schema = json.loads((ROOT / "docs" / "manifest.schema.json").read_text())
    assert list(violations(schema, any_run.manifest)) == []
    broken = json.loads(json.dumps(any_run.manifest))
    broken["outputs"][0]["sha256"] = "x"
    del broken["as_of"]
    assert len(list(violations(schema, broken))) == 2, "the schema test can fail"


def test_json_of_a_run_names_the_manifest(started):
    done = call(started, "run", "--as-of", AS_OF, "--json")
    answer = json.loads(done.stdout)
    assert answer["exit_code"] == done.returncode == 0 and answer["built"]
    manifest = json.loads(pathlib.Path(answer["manifest"]).read_text())
    assert answer["outputs"] == manifest["outputs"] and answer["run"] == manifest["run"]


def test_two_builds_of_the_same_data_are_byte_identical_whatever_the_jobs(sample):
    call(sample, "run", "--as-of", AS_OF, "--format", "pdf,xlsx,text", "--jobs", "1", today="2026-01-15", SOURCE_DATE_EPOCH="")
    one = latest(sample)
    call(sample, "build", "--as-of", AS_OF, "--format", "pdf,xlsx,text", "--jobs", "8", SOURCE_DATE_EPOCH="", TZ="Pacific/Auckland", LC_ALL="C")
    two = latest(sample)
    assert one != two and len(packs_of(one)) == 21
    assert packs_of(one) == packs_of(two)
    manifests = [json.loads((run / "manifest.json").read_text()) for run in (one, two)]
    assert [manifest.pop("run") for manifest in manifests] == ["2025-07-31-1", "2025-07-31-2"]
    records = [{record["path"]: record["sha256"] for record in manifest.pop("records")} for manifest in manifests]
    assert records[0].pop("summary.txt") != records[1].pop("summary.txt"), "it names the run"
    assert records[0] == records[1] and manifests[0] == manifests[1]


def test_two_runs_write_the_same_workbooks(borough_run, tmp_path):
    """Rule XL-29 of xlsx_checker in full."""
    again = make_run(borough_run.folder, tmp_path, "2025-07-31")
    written = {path.name: path.read_bytes() for path in again.files("xlsx")}
    assert written and written == {path.name: path.read_bytes() for path in borough_run.files("xlsx")}


def test_a_forum_by_itself_has_the_same_workbook(sample_run):
    path = sample_run.file("operational-group", "xlsx")
    before = path.read_bytes()
    call(sample_run.folder, "build", "--forum", "operational-group", "--as-of", "2025-07-31", "--format", "xlsx")
    again = [found for found in (sample_run.folder / "output").rglob("operational-group*.xlsx") if found.stat().st_mtime > path.stat().st_mtime]
    assert again and all(found.read_bytes() == before for found in again)


def test_a_programme_of_a_thousand_actions_has_its_packs(thousand_run):
    manifest = thousand_run.manifest
    assert manifest["actions"]["total"] == 1000 and manifest["consistency"]["differing"] == []
    assert {output["path"] for output in manifest["outputs"]} == {str(path.relative_to(thousand_run.path)) for kind in ("pdf", "txt") for path in thousand_run.files(kind)}


def test_an_earlier_as_of_date_shows_the_state_of_that_day(sample):
    call(sample, "import")
    counts = {}
    for day in ("2025-03-01", "2025-04-30", AS_OF):
        assert call(sample, "build", "--as-of", day, "--format", "text").returncode in (0, 3)
        manifest = json.loads((latest(sample) / "manifest.json").read_text())
        counts[day] = {each["code"]: each["count"] for each in manifest["actions"]["by_status"]}
    assert counts["2025-03-01"]["on-track"] == counts["2025-03-01"]["complete"] == 0, "no update had been given"
    assert 0 < counts["2025-04-30"]["complete"] < counts[AS_OF]["complete"]
    assert all(sum(each.values()) == 69 for each in counts.values())


def test_known_undoes_a_later_correction(started):
    build = ("build", "--as-of", AS_OF, "--format", "pdf,xlsx,text")
    call(started, "import", today="2025-08-01")
    call(started, *build)
    before = packs_of(latest(started))
    replace(started / "data" / "updates.csv", "LIP,1.2.2,2025-07-11,at-risk", "LIP,1.2.2,2025-07-11,off-track")
    call(started, "import", today="2025-08-05")
    call(started, *build)
    corrected = latest(started)
    assert packs_of(corrected) != before
    call(started, *build, "--known", "2025-08-04")
    known = latest(started)
    manifest = json.loads((known / "manifest.json").read_text())
    assert manifest["known"] == "2025-08-04" and manifest["import"] == 1
    assert manifest["inputs_copied"] is False and all(each["sha256"] is None for each in manifest["inputs"])
    statuses = {each["code"]: each["count"] for each in manifest["actions"]["by_status"]}
    assert statuses["at-risk"] == 1 and statuses["off-track"] == 1
    early = call(started, *build, "--known", "2025-07-31")
    assert early.returncode == 2 and "nothing had been imported by then" in early.stderr
    assert latest(started) == known


def test_build_says_so_when_the_data_have_changed_since_the_import(started):
    call(started, "run", "--as-of", AS_OF)
    assert "not what was imported last" not in call(started, "build", "--as-of", AS_OF).stderr
    replace(started / "data" / "risks.csv", "Ask for three tenders.", "Ask for four tenders.")
    done = call(started, "build", "--as-of", AS_OF)
    assert done.returncode == 0 and "not what was imported last" in done.stderr
    assert json.loads((latest(started) / "manifest.json").read_text())["inputs_copied"] is False


def test_inputs_are_copied_after_every_kind_of_change(started):
    assert call(started, "run", "--as-of", AS_OF).returncode == 0
    data = started / "data"
    changes = [
        lambda: replace(data / "risks.csv", "Ask for three tenders.", "Ask for four tenders."),
        lambda: replace(data / "members.csv", "programme-board,Buildings Manager,Example Borough Council,Member,2025-01-31,\n", ""),
        lambda: replace(data / "areas.csv", "LIP,1.1,", "LIP,3,A new area,,,,5\nLIP,1.1,"),
        lambda: (data / "updates.csv").rename(data / "updates-2025.csv"),
        lambda: (data / "plans.csv").write_text((data / "plans.csv").read_text().replace("\n", "\r\n")),
    ]
    for change in changes:
        change()
        assert call(started, "run", "--as-of", AS_OF).returncode == 0
        manifest = json.loads((latest(started) / "manifest.json").read_text())
        assert manifest["inputs_copied"] is True
        rows = {entry["path"]: entry["rows"] for entry in manifest["inputs"]}
        tables = {entry["table"]: entry["loaded"] for entry in manifest["tables"]}
        assert sum(rows.values()) == sum(tables.values())


def test_forums_and_formats_can_be_chosen(sample):
    call(sample, "run", "--as-of", AS_OF, "--forum", "bbp", "--forum", "SEND and AP Programme Board", "--format", "text")
    assert sorted(packs_of(latest(sample))) == [f"bbp/bbp-{AS_OF}.txt", f"programme-board/programme-board-{AS_OF}.txt"]


def test_a_file_is_the_same_whichever_formats_are_made_beside_it(sample):
    call(sample, "run", "--as-of", AS_OF, "--forum", "bbp", "--format", "pdf,xlsx")
    both = packs_of(latest(sample))
    for name in ("pdf", "xlsx"):
        call(sample, "build", "--as-of", AS_OF, "--forum", "bbp", "--format", name)
        path = f"bbp/bbp-{AS_OF}.{name}"
        assert packs_of(latest(sample)) == {path: both[path]}


# ---- rows that cannot be trusted ----

TWICE = "LIP,2.2,2,Say something else.,,Head of Libraries,June 2025,,,\n"


def test_rows_that_were_left_out_end_3_and_are_named(started):
    with (started / "data" / "actions.csv").open("a") as stream:
        stream.write(TWICE)
    done = call(started, "run", "--as-of", AS_OF)
    assert done.returncode == 3
    assert re.search(r"error R02 data/actions\.csv:(9|10): ", done.stderr) and "7 of 9 actions" in done.stderr
    manifest = json.loads((latest(started) / "manifest.json").read_text())
    assert manifest["findings"]["quarantined"] == 2 and {"table": "actions", "loaded": 7, "seen": 9} in manifest["tables"]
    assert call(started, "build", "--as-of", AS_OF).returncode == 3, "the finding is kept with the import"


def test_a_row_that_was_left_out_cannot_be_switched_off(started):
    with (started / "data" / "actions.csv").open("a") as stream:
        stream.write(TWICE)
    replace(started / "config" / "programme.ini", "; off = A10|K14", "off = R02")
    assert call(started, "run", "--as-of", AS_OF).returncode == 3
    assert call(started, "check", "--as-of", AS_OF).returncode == 4


@pytest.mark.parametrize("how", ["--strict", "quarantine_fails"])
def test_strict_stops_before_building_and_ends_4(started, how):
    assert call(started, "run", "--as-of", AS_OF, "--strict").returncode == 0
    run = latest(started)
    with (started / "data" / "actions.csv").open("a") as stream:
        stream.write(TWICE)
    if how == "quarantine_fails":
        replace(started / "config" / "programme.ini", "quarantine_fails = no", "quarantine_fails = yes")
    done = call(started, "run", "--as-of", AS_OF, *([how] if how == "--strict" else []))
    assert done.returncode == 4 and "stopped before building" in done.stderr
    assert latest(started) == run and partials(started) == []


# ---- never half-written ----


def test_a_second_run_is_locked_out_and_ends_11(started):
    call(started, "import")
    with (started / "output" / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for verb in ("import", "build", "run"):
            done = call(started, verb)
            assert done.returncode == 11 and "another run" in done.stderr
        assert call(started, "check").returncode == 0 and call(started, "history").returncode == 0, "reading needs no lock"
    assert call(started, "build").returncode == 0


def start_and_signal(folder, number):
    """Starts a build and sends it a signal as soon as it writes; returns its exit code, None if it was too quick."""
    process = subprocess.Popen([BOARDPACK, "-C", folder, "build", "--as-of", AS_OF, "--jobs", "1"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not partials(folder):
        time.sleep(0.0005)
    if process.poll() is None:
        process.send_signal(number)
    error = process.communicate(timeout=60)[1]
    return process.returncode, error


@pytest.mark.parametrize("number, code", [(signal.SIGTERM, 130), (signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)])
def test_a_build_that_is_stopped_leaves_the_old_packs(sample, number, code):
    assert call(sample, "run", "--as-of", AS_OF).returncode in (0, 3)
    for _ in range(20):
        run = latest(sample)
        before = files_under(run)
        ended, error = start_and_signal(sample, number)
        if ended == code:
            break
    assert ended == code, "no build was slow enough to be stopped"
    assert latest(sample) == run and files_under(run) == before
    if number == signal.SIGKILL:
        assert partials(sample) != []
        (sample / "output" / ".latest-1").symlink_to("nowhere")
    else:
        assert partials(sample) == [] and "stopped" in error
    assert call(sample, "build", "--as-of", AS_OF).returncode in (0, 3)
    assert partials(sample) == [] and latest(sample) != run and not (sample / "output" / ".latest-1").is_symlink()


def test_a_disk_without_room_leaves_the_old_packs(started):
    assert call(started, "run", "--as-of", AS_OF).returncode == 0
    run = latest(started)
    before = files_under(run)

    def limit_file_size():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (36 * 1024, 36 * 1024))

    for form in ("pdf", "xlsx,pdf"):
        done = subprocess.run([BOARDPACK, "-C", started, "build", "--as-of", AS_OF, "--format", form], capture_output=True, text=True,
                              preexec_fn=limit_file_size, restore_signals=False)
        assert done.returncode == 1, done.stderr
        assert "programme-board-2025-07-31" in done.stderr
        assert latest(started) == run and files_under(run) == before and partials(started) == []
        assert [path.name for path in run.parent.iterdir()] == [run.name]


def test_latest_is_a_relative_link_that_can_be_moved_with_the_folder(started, tmp_path):
    call(started, "run", "--as-of", AS_OF)
    assert os.readlink(started / "output" / "latest") == "2025-07-31/2025-07-31-1"
    moved = tmp_path / "moved"
    started.rename(moved)
    assert (moved / "output" / "latest" / "manifest.json").is_file()
