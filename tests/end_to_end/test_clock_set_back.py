"""The machine's clock set back by days or years, before a command and in the middle of one: numbers, orders and versions do not follow it, and
what would be wrong by it is refused."""

import csv
import json
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import time

import pytest

from conftest import BOARDPACK, ROOT, environment, run_boardpack

sys.path.insert(0, str(ROOT / "tests"))
from support.smtp_server import Authority, SmtpServer

AS_OF, FORUM = "2025-07-31", "programme-board"
RUN = f"{AS_OF}-1"
APPROVE = ("--by", "Ann Other", "--role", "Head of Service")
TODAY, LATER, DAYS_BACK, YEARS_BACK = "2026-01-15", "2026-01-20", "2026-01-10", "1970-01-02"
FAKETIME = next(pathlib.Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def folder(tmp_path):
    """A small programme with a final run of the 15th."""
    folder = tmp_path / "programme"
    run_boardpack(tmp_path, "init", folder)
    with open(folder / "data" / "recipients.csv", "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["forum", "address"], [FORUM, "a@example.org"], [FORUM, "b@example.org"]])
    run_boardpack(folder, "run", "--as-of", AS_OF, "--prepared-by", "Sam Example")
    return folder


def use_server(folder, server, authority, wait=1):
    (folder / "config" / "mail.ini").write_text(
        f"[server]\nhost = localhost\nport = {server.port}\nca_file = {authority.file}\nretry_wait_seconds = {wait}\ntries = 3\n"
        "[mail]\nsender = office@example.org\n[allow]\ndomains = example.org\n")


def rename_lead(folder, name):
    """Changes a row, so that the next import is a new one."""
    path = folder / "data" / "leads.csv"
    rows = list(csv.DictReader(path.open(encoding="utf-8")))
    rows[0]["organisation"] = name
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)


def manifest(folder):
    return json.loads((folder / "output" / "latest" / "manifest.json").read_text())


@pytest.mark.parametrize("back", [DAYS_BACK, YEARS_BACK])
def test_runs_keep_their_numbers_and_latest_is_the_one_made_last(folder, back):
    first = (folder / "output" / "latest").resolve()
    again = run_boardpack(folder, "run", "--as-of", AS_OF, today=back)
    assert f"{AS_OF}-2" in again.stdout and (folder / "output" / "latest").resolve().name == f"{AS_OF}-2" and first.exists()
    run_boardpack(folder, "run", today=back)  # as at the day that the clock says
    assert (folder / "output" / "latest").resolve().name == f"{back}-1"
    run_boardpack(folder, "run", "--as-of", AS_OF)
    assert (folder / "output" / "latest").resolve().name == f"{AS_OF}-3"
    run_boardpack(folder, "verify", "latest")


@pytest.mark.parametrize("back", [DAYS_BACK, YEARS_BACK])
def test_the_last_import_is_what_packs_show_whatever_its_day(folder, back):
    rename_lead(folder, "Set back")
    run_boardpack(folder, "import", today=back)
    run_boardpack(folder, "build", "--as-of", AS_OF)
    assert manifest(folder)["import"] == 2
    run_boardpack(folder, "build", "--as-of", AS_OF, "--known", back)
    assert manifest(folder)["import"] == 2
    rename_lead(folder, "Right again")
    run_boardpack(folder, "import", today=LATER)
    run_boardpack(folder, "build", "--as-of", AS_OF, "--known", TODAY)
    assert manifest(folder)["import"] == 2
    history = json.loads(run_boardpack(folder, "history", "--json").stdout)
    assert [each["import"] for each in history] == [3, 2, 1]


def test_nothing_is_approved_before_the_day_on_which_it_was_made(folder):
    done = run_boardpack(folder, "approve", RUN, *APPROVE, today=DAYS_BACK, check=False)
    assert done.returncode == 1
    assert f"{RUN} was made on 15 January 2026, and the clock says that today is 10 January 2026: set the clock right" in done.stderr
    assert json.loads(run_boardpack(folder, "list", "approvals", "--json").stdout) == []
    run_boardpack(folder, "approve", RUN, *APPROVE)


def test_versions_follow_approvals_and_not_the_clock(folder):
    run_boardpack(folder, "approve", RUN, *APPROVE)
    refused = run_boardpack(folder, "build", "--as-of", AS_OF, today=DAYS_BACK, check=False)
    assert refused.returncode == 1 and "approved already" in refused.stderr
    run_boardpack(folder, "build", "--as-of", AS_OF, "--correction", "A total.", today=DAYS_BACK)
    assert {each["version"] for each in manifest(folder)["outputs"]} == {2}
    run_boardpack(folder, "approve", f"{AS_OF}-2", *APPROVE, today=DAYS_BACK)
    listed = json.loads(run_boardpack(folder, "list", "approvals", "--json").stdout)
    assert [(each["run"], each["version"]) for each in listed] == [(RUN, 1), (f"{AS_OF}-2", 2)]


@pytest.mark.parametrize("back", [DAYS_BACK, YEARS_BACK])
def test_nothing_is_sent_before_the_day_on_which_it_was_approved(folder, authority, back):
    run_boardpack(folder, "approve", RUN, *APPROVE)
    with SmtpServer(authority.certificate("good")) as server:
        use_server(folder, server, authority)
        for call in (RUN, "--confirm", RUN), ("--approved", "--confirm", "approved"):
            done = run_boardpack(folder, "send", *call, today=back, check=False)
            assert done.returncode == 1 and "it was approved on 15 January 2026, and the clock says that today is" in done.stdout
        assert server.connections == 0
        run_boardpack(folder, "send", RUN, "--confirm", RUN)
        assert server.recipients() == ["a@example.org", "b@example.org"]
        run_boardpack(folder, "send", RUN, "--confirm", RUN, today=back, check=False)
        assert len(server.held) == 2


@pytest.mark.skipif(FAKETIME is None, reason="needs libfaketime")
@pytest.mark.skipif("ASAN_OPTIONS" in os.environ, reason="a sanitizer wants to be the first library")
def test_a_clock_that_goes_back_while_a_message_waits_changes_nothing(folder, authority, tmp_path):
    """It goes back by half an hour: a new connection is to find its certificate valid still."""
    run_boardpack(folder, "approve", RUN, *APPROVE)
    clock, minutes = tmp_path / "clock", 30
    clock.write_text("+0")
    env = environment(None, LD_PRELOAD=str(FAKETIME), FAKETIME_TIMESTAMP_FILE=str(clock), FAKETIME_NO_CACHE="1", DONT_FAKE_MONOTONIC="1")

    def cue(step, count):
        if (step, count) == ("RCPT", 1):
            clock.write_text(f"-{minutes * 60}")
            return b"450 4.2.1 later"
        return None

    with SmtpServer(authority.certificate("good"), cue=cue) as server:
        use_server(folder, server, authority, wait=2)
        begun = time.monotonic()
        done = subprocess.run([BOARDPACK, "-C", folder, "send", RUN, "--confirm", RUN], env=env, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
        assert 2 <= time.monotonic() - begun < 30
        assert server.recipients() == ["b@example.org", "a@example.org"]
    with sqlite3.connect(folder / "output" / "boardpack.sqlite") as store:
        events = store.execute("SELECT state, at FROM send_events WHERE send_id = 1 ORDER BY position").fetchall()
    assert [state for state, _ in events] == ["planned", "intent", "deferred", "intent", "accepted"]
    assert events[-1][1] < events[1][1] - (minutes - 5) * 60  # as the clock said


def test_due_is_reckoned_from_the_day_that_the_clock_says(folder):
    def due(day):
        found = json.loads(run_boardpack(folder, "due", "--within", "4w", "--json", today=day).stdout)["due"]
        return [(each["what"], each["due"], each["days"]) for each in found]

    before = due("2025-10-25")
    assert ("updates", "2025-10-31", 6) in before
    run_boardpack(folder, "run", "--as-of", AS_OF, today=LATER)
    assert due("2025-11-02") != before and due("2025-10-25") == before
