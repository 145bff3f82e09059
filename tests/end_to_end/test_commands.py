"""The program as a user and a scheduler meet it: exit codes, streams, what is written and what is never half-written."""

import fcntl
import hashlib
import json
import os
import pathlib
import pty
import re
import resource
import shutil
import signal
import sqlite3
import subprocess
import time

import pytest

from conftest import BOARDPACK, ROOT, copy_programme, run_boardpack

AS_OF = "2025-07-31"
VERBS = ["init", "import", "check", "build", "run", "approve", "send", "list", "history", "due", "verify"]
LATER = ["diff", "explain"]


def call(folder, *arguments, **more):
    return run_boardpack(folder, *arguments, check=False, **more)


def files_under(folder):
    """Relative path → SHA-256 of every file under a folder."""
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*")) if path.is_file()}


def packs_of(run):
    beside = ("manifest.json", "summary.txt", "inputs/", "evidence/")
    return {path: digest for path, digest in files_under(run).items() if not path.startswith(beside)}


def latest(folder):
    return (folder / "output" / "latest").resolve()


def partials(folder):
    return [path.name for path in (folder / "output").glob(".partial-*")]


def replace(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {path}"
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def sample(tmp_path):
    return copy_programme(ROOT, tmp_path / "sample")


@pytest.fixture
def started(tmp_path):
    """A folder made by init: small, so quick to run."""
    folder = tmp_path / "started"
    assert call(".", "init", str(folder)).returncode == 0
    return folder


# ---- help, usage, exit codes ----


def test_help_and_version_are_answers():
    done = call(".", "--help")
    assert done.returncode == 0 and done.stderr == ""
    for verb in VERBS:
        assert re.search(rf"^  {verb} ", done.stdout, re.M)
        each = call(".", verb, "--help")
        assert each.returncode == 0 and f"Usage: boardpack [-C DIR] {verb}" in each.stdout
    for verb in LATER:
        assert not re.search(rf"^  {verb} ", done.stdout, re.M)
    version = call(".", "--version")
    assert version.returncode == 0 and re.fullmatch(r"boardpack \d+\.\d+\.\d+\n", version.stdout)


@pytest.mark.parametrize(
    "arguments, message",
    [
        ([], "name a command"),
        (["frobnicate"], "there is no command 'frobnicate'"),
        (["chek"], "did you mean 'check'?"),
        (["check", "extra"], "'check' does not take 'extra'"),
        (["run", "--as-off", AS_OF], "did you mean --as-of?"),
        (["import", "--as-of", AS_OF], "'import' has no option --as-of"),
        (["run", "--as-of", "31.7.2025"], "write it as 2025-07-31"),
        (["run", "--as-of"], "Missing argument"),
        (["run", "--format", "docx"], "there is no format 'docx'; the formats are pdf, xlsx, text and update"),
        (["build", "--lead", "Somebody"], "add --format update"),
        (["run", "--forum", "programe-board"], "did you mean 'programme-board'?"),
        (["run", "--forum", "cabinet"], "gets no pack"),
        (["run", "--jobs", "none"], "give a whole number"),
        (["list"], "say what to list"),
        (["list", "forum"], "did you mean 'forums'?"),
        (["history", "update"], "did you mean 'updates'?"),
        (["import", "returned.csv"], "there is no file 'returned.csv'"),
    ],
)
def test_wrong_usage_ends_2_and_says_what_to_do(arguments, message, sample):
    done = call(sample, *arguments)
    assert done.returncode == 2
    assert done.stdout == "" and message in done.stderr
    assert not (sample / "output").exists()


@pytest.mark.parametrize("verb", LATER)
def test_commands_of_later_versions_say_so(verb):
    done = call(".", verb)
    assert done.returncode == 2 and "not available in this version" in done.stderr


@pytest.mark.parametrize("arguments", [["check"], ["import"], ["build"], ["run"], ["history"], ["list", "forums"]])
def test_where_there_is_no_programme_it_ends_10(arguments, tmp_path):
    done = call(tmp_path, *arguments)
    assert done.returncode == 10 and "there is no programme in" in done.stderr and "boardpack init" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_options_stand_before_or_after_the_command(started):
    before = subprocess.run([BOARDPACK, "--json", "-C", started, "--as-of", AS_OF, "check"], capture_output=True, text=True)
    after = subprocess.run([BOARDPACK, "check", "--as-of", AS_OF, "--json", "-C", started], capture_output=True, text=True)
    assert before.returncode == after.returncode == 0 and before.stdout == after.stdout
    assert json.loads(before.stdout)["as_of"] == AS_OF


def test_source_date_epoch_must_be_a_number(started):
    done = call(started, "check", SOURCE_DATE_EPOCH="yesterday")
    assert done.returncode == 2 and "SOURCE_DATE_EPOCH is 'yesterday'" in done.stderr


def test_an_answer_that_cannot_be_written_is_a_failure():
    with open("/dev/full", "w") as full:
        done = subprocess.run([BOARDPACK, "list", "tables"], stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1 and "could not be written" in done.stderr


# ---- init ----


@pytest.mark.parametrize("today", ["2025-02-03", "2025-07-31", "2027-11-30"])
def test_a_new_programme_checks_clean_and_runs_on_any_day(tmp_path, today):
    done = call(tmp_path, "init", "new", today=today)
    assert done.returncode == 0
    listed = [pathlib.Path(line) for line in done.stdout.splitlines()]
    assert listed and all(path.is_file() for path in listed)
    checked = call(tmp_path / "new", "check", today=today)
    assert checked.returncode == 0, checked.stdout
    assert "8 of 8 actions" in checked.stdout and "0 errors" in checked.stdout
    run = call(tmp_path / "new", "run", today=today)
    assert run.returncode == 0, run.stderr
    assert len(list(latest(tmp_path / "new").glob("*/*.pdf"))) == len(list(latest(tmp_path / "new").glob("*/*.xlsx"))) == 1


def test_init_never_overwrites(started):
    (started / "data" / "actions.csv").write_text("mine\n")
    (started / "config" / "theme.ini").unlink()
    before = files_under(started)
    done = call(".", "init", str(started))
    assert done.returncode == 1 and "is not overwritten" in done.stderr
    assert files_under(started) == before


# ---- check ----


def test_check_names_what_is_wrong_in_the_sample_with_file_and_row(sample):
    done = call(sample, "check", "--as-of", AS_OF)
    assert done.returncode == 4
    for pattern in (
        r"^error L01 data/claims\.csv:\d+ stated: .*9\.25%.*11\.39%",
        r"^check C01 data/recommendations\.csv:\d+[: ]",
        r"^check K03 data/kpis\.csv:\d+: .*K06",
        r"^error K09 data/\w[\w-]*\.csv:\d+ target_period: .*C02",
        r"^check A16 data/areas\.csv:\d+ title: Area 3 ",
        r"^check A01 data/actions\.csv:\d+ ref: .*1\.1\.2",
    ):
        assert re.search(pattern, done.stdout, re.M), pattern
    assert done.stdout.splitlines()[-1].startswith("69 of 69 actions, ")
    assert not (sample / "output").exists(), "check writes nothing"


def test_check_as_json_has_the_same_findings(sample):
    text = call(sample, "check", "--as-of", AS_OF).stdout
    findings = json.loads(call(sample, "check", "--as-of", AS_OF, "--json").stdout)["findings"]
    lines = re.findall(r"^(error|check|note) ([A-Z]\d\d) ", text, re.M)
    assert [(each["level"], each["code"]) for each in findings["list"]] == lines
    assert {level: findings[level] for level in ("error", "check", "note")} == {
        level: sum(1 for line in lines if line[0] == level) for level in ("error", "check", "note")
    }


def test_findings_that_are_switched_off_are_not_shown(started):
    assert " A19 " in call(started, "check", "--as-of", AS_OF).stdout
    replace(started / "config" / "programme.ini", "; off = A10|K14", "off = A19")
    assert " A19 " not in call(started, "check", "--as-of", AS_OF).stdout


def test_check_refuses_a_template_that_build_would_refuse(started):
    template = started / "report-templates" / "programme-board.ini"
    line = len(template.read_text().splitlines()) + 1
    with template.open("a") as stream:
        stream.write("[sumary]\n")
    for verb in ("check", "run"):
        done = call(started, verb)
        assert done.returncode == 1
        assert f"report-templates/programme-board.ini, line {line}: [sumary]: there is no section type 'sumary'; did you mean 'summary'?" in done.stderr
    assert not (started / "output" / "latest").exists()


# ---- list and history ----


@pytest.mark.parametrize("subject", ["sections", "forums", "checks", "formats", "tables"])
def test_lists_print_the_same_names_as_text_and_json(subject):
    text = call(ROOT, "list", subject)
    answer = call(ROOT, "list", subject, "--json")
    assert text.returncode == answer.returncode == 0
    entries = json.loads(answer.stdout)
    assert len(entries) >= 3
    for entry in entries:
        name = entry.get("name") if subject in ("sections", "formats", "tables") else entry.get("id", entry.get("code"))
        assert re.search(rf"^{re.escape(name)}\b", text.stdout, re.M), name


def test_history_shows_every_version_of_a_row(started):
    assert call(started, "history").returncode == 1
    call(started, "import", today="2025-08-01")
    replace(started / "data" / "updates.csv", "LIP,2.1,2025-07-11,on-track", "LIP,2.1,2025-07-11,at-risk")
    call(started, "import", today="2025-08-05")
    imports = json.loads(call(started, "history", "--json").stdout)
    assert [(each["imported_on"], each["changed"]) for each in imports] == [("2025-08-05", 1), ("2025-08-01", 0)]
    versions = json.loads(call(started, "history", "updates", "LIP", "2.1", "2025-07-11", "--json").stdout)
    assert [(each["known_from"], each["known_to"], each["cells"]["status"]) for each in versions] == [
        ("2025-08-01", "2025-08-05", "on-track"),
        ("2025-08-05", None, "at-risk"),
    ]
    text = call(started, "history", "updates", "LIP", "2.1", "2025-07-11").stdout
    assert "status: on-track" in text and "still known" in text
    assert json.loads(call(started, "history", "updates", "NONE", "--json").stdout) == []


# ---- import ----


def test_importing_again_changes_nothing(sample):
    first = json.loads(call(sample, "import", "--json").stdout)
    again = json.loads(call(sample, "import", "--json").stdout)
    assert first["added"] > 500 and again["added"] == again["changed"] == again["removed"] == 0
    assert again["import"] == first["import"] and len(json.loads(call(sample, "history", "--json").stdout)) == 1
    text = call(sample, "import")
    assert text.returncode == 0 and text.stdout.startswith("69 of 69 actions, ")


@pytest.mark.parametrize("damage", ["no header", "a folder", "utf-16 without a mark", "missing data"])
def test_a_table_that_cannot_be_read_refuses_the_import_and_keeps_everything(started, damage):
    assert call(started, "run", "--as-of", AS_OF).returncode == 0
    before = call(started, "history", "--json").stdout
    run = latest(started)
    actions = started / "data" / "actions.csv"
    if damage == "no header":
        actions.write_text("one,two\n1,2\n")
    elif damage == "a folder":
        actions.unlink()
        actions.mkdir()
    elif damage == "utf-16 without a mark":
        actions.write_bytes(actions.read_text().encode("utf-16-le"))
    else:
        shutil.rmtree(started / "data")
    for verb in ("import", "run"):
        done = call(started, verb)
        assert done.returncode == 1, done.stderr
        assert ("data/actions.csv" if damage != "missing data" else "data") in done.stderr
    assert call(started, "history", "--json").stdout == before
    assert latest(started) == run and partials(started) == []
    assert call(started, "build", "--as-of", AS_OF).returncode == 0, "what was imported can still be built"


def test_a_store_of_a_newer_version_is_refused_and_left_alone(started):
    assert call(started, "import").returncode == 0
    store = started / "output" / "boardpack.sqlite"
    with sqlite3.connect(store) as database:
        database.execute("PRAGMA user_version = 9999")
    database.close()
    before = store.read_bytes()
    for verb in ("import", "build", "run", "history"):
        done = call(started, verb)
        assert done.returncode == 1 and "9999" in done.stderr and "newer" in done.stderr, done.stderr
    assert store.read_bytes() == before


# ---- run and build ----


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


# ---- configuration ----


@pytest.mark.parametrize(
    "path, old, new, message",
    [
        ("config/programme.ini", "version = 1.0", "vresion = 1.0", "config/programme.ini, line 17: unknown key 'vresion' in [programme]; did you mean 'version'?"),
        ("config/forums.ini", "marking = OFFICIAL\n", "marking = SECRET\n", "marking: 'SECRET' is refused"),
        ("config/forums.ini", "role = Decides", "parents = programme-board\nrole = Decides", "in a ring (programme-board → cabinet → programme-board)"),
        ("config/status.ini", "used_for = no-update", "", "no status says 'used_for = no-update'"),
        ("config/forums.ini", "template = programme-board.ini", "template = ../programme-board.ini", "without a path"),
        ("config/forums.ini", "template = programme-board.ini", "template = other.ini", "report-templates/other.ini: the template of [programme-board] is not there"),
        ("config/rules.ini", "[due]", "[due", "config/rules.ini, line 27: the section's name has no closing ]"),
        ("config/theme.ini", "; [colours]\n; navy = \"#12436D\"", "[colours]\nnavy = blue", "config/theme.ini, line "),
    ],
)
def test_a_configuration_that_cannot_be_read_is_named_by_file_and_line(started, path, old, new, message):
    replace(started / path, old, new)
    for verb in ("check", "run"):
        done = call(started, verb)
        assert done.returncode == 1 and message in done.stderr, done.stderr
    assert not (started / "output" / "latest").exists()


@pytest.mark.parametrize("damage", ["folder", "nul", "latin-1"])
def test_a_configuration_file_that_is_no_text_is_refused(started, damage):
    rules = started / "config" / "rules.ini"
    text = rules.read_bytes()
    rules.unlink()
    if damage == "folder":
        rules.mkdir()
    else:
        rules.write_bytes(text + (b"\0" if damage == "nul" else "; caf\u00e9\n".encode("latin-1")))
    done = call(started, "check")
    assert done.returncode == 1 and "config/rules.ini" in done.stderr


# ---- streams ----


def on_terminal(arguments, **environment):
    """What a command prints when stdout and stderr are a terminal."""
    ours, theirs = pty.openpty()
    env = {"PATH": os.environ["PATH"], "TERM": "xterm", **environment}
    env.update({name: os.environ[name] for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS") if name in os.environ})
    process = subprocess.Popen([BOARDPACK, *arguments], stdout=theirs, stderr=theirs, env=env)
    os.close(theirs)
    text = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        text += part
    os.close(ours)
    process.wait(timeout=60)
    return text.decode()


def test_colours_and_progress_are_for_terminals_alone(sample):
    check = ["-C", str(sample), "check", "--as-of", AS_OF]
    coloured = on_terminal(check)
    assert "\033[31merror\033[0m" in coloured and "Checking" in coloured
    assert "\033[31m" not in on_terminal(check, NO_COLOR="1")
    assert "\033[31m" not in on_terminal([*check, "--no-color"])
    assert "Checking" not in on_terminal([*check, "--quiet"])
    piped = call(sample, "check", "--as-of", AS_OF)
    assert "\033" not in piped.stdout + piped.stderr and piped.stderr == ""


def test_data_cannot_send_controls_to_the_terminal(started):
    replace(started / "data" / "actions.csv", "LIP,2.1,2,", "LIP,2.1,9\033[2J\u009b31m,")
    done = call(started, "check", "--as-of", AS_OF)
    assert done.returncode == 4 and "R06" in done.stdout
    assert "\033" not in done.stdout and "\u009b" not in done.stdout


def test_quiet_prints_answers_and_errors_alone(started):
    done = call(started, "run", "--as-of", AS_OF, "--quiet")
    assert done.returncode == 0 and done.stderr == "" and "manifest.json" in done.stdout


def test_without_a_terminal_a_run_says_a_line_for_each_pack(sample):
    done = call(sample, "run", "--as-of", AS_OF, "--format", "text")
    lines = re.findall(r"^made ([a-z-]+) \((\d) of 7\)$", done.stderr, re.M)
    assert [number for _, number in lines] == list("1234567") and len({forum for forum, _ in lines}) == 7
    assert "made" not in call(sample, "build", "--as-of", AS_OF, "--format", "text", "--quiet").stderr
    shown = on_terminal(["-C", str(sample), "build", "--as-of", AS_OF, "--format", "text"])
    assert "Making the packs … 7 of 7" in shown and "made bbp" not in shown
