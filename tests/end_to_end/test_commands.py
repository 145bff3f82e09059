"""The program as a user and a scheduler meet it: its commands, exit codes and streams."""

import json
import os
import pathlib
import pty
import re
import shutil
import sqlite3
import subprocess

import pytest

from conftest import BOARDPACK, ROOT
from programme_folder import call, files_under, latest, partials, replace

AS_OF = "2025-07-31"
VERBS = ["init", "import", "check", "build", "run", "approve", "send", "list", "history", "due", "verify"]
LATER = ["diff", "explain"]


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
