"""`collect` while the server misbehaves or the program is killed: what the ledger, the exit code and the words say, and that nobody gets two."""

import datetime
import os
import random
import re
import signal
import subprocess
import time

import pytest

from conftest import BOARDPACK, clock_environment
from lead_programme import ALL, ANN, BO, CY, FIRST_DAY, RUN, THREE, built, eml, plain, programme, steps  # noqa: F401 (fixtures)
from mail_programme import authority, certificate, parse  # noqa: F401 (fixtures)
from support.smtp_server import RESET, TAKE_AND_RESET, SmtpServer, Then


# ---- misbehaving servers ----


def at(table):
    return lambda step, count: table.get((step, count))


MISBEHAVIOUR = {
    "421 between two messages": ({("MAIL", 2): Then(b"421 4.3.2 going down")}, 0, "accepted", "421 4.3.2 going down"),
    "450 then 250": ({("RCPT", 2): b"450 4.2.1 later"}, 0, "accepted", "450 4.2.1 later"),
    "550 for one": ({("RCPT", 2): b"550 5.1.1 unknown"}, 5, "rejected", "550 5.1.1 unknown"),
    "reset before the message": ({("DATA", 2): RESET}, 0, "accepted", "connection was lost before the message had ended"),
    "reset after the message": ({("DOT", 2): RESET}, 5, "doubtful", "no answer came"),
    "taken, then reset": ({("DOT", 2): TAKE_AND_RESET}, 5, "doubtful", "no answer came"),
    "wrong greeting": ({("CONNECT", 1): b"554 5.3.2 no service"}, 1, None, "554 5.3.2 no service"),
}


@pytest.mark.parametrize("name", MISBEHAVIOUR)
def test_each_misbehaviour_has_its_ledger_exit_code_and_words(programme, authority, certificate, name):
    table, code, second, said = MISBEHAVIOUR[name]
    programme.await_only(*THREE)
    with SmtpServer(certificate, cue=at(table)) as server:
        programme.mail(server, authority)
        done = programme.call("collect", "--confirm", "latest")
        held = server.recipients()
    assert done.returncode == code and said in done.stdout + done.stderr, done.stdout + done.stderr
    expected = {"bo": "accepted", "ann": second, "cy": "accepted"} if second else {"bo": "failed", "ann": "planned", "cy": "planned"}
    assert programme.states() == expected and len(held) == len(set(held))
    with SmtpServer(certificate) as server:
        programme.mail(server, authority)
        programme.call("collect", RUN, "--confirm", RUN)
        held += server.recipients()
    assert len(held) == len(set(held)) and set(programme.states().values()) <= {"accepted", "doubtful"}


def test_a_doubtful_one_waits_for_a_person(programme, authority, certificate):
    with SmtpServer(certificate, cue=at({("DOT", 1): TAKE_AND_RESET, ("DOT", 2): RESET})) as server:
        programme.mail(server, authority)
        out = programme.collect(code=5)
        assert f"{BO}  bo@example.org: DOUBTFUL" in out and f"  {BO}: sheet DOUBTFUL" in out
        answer = programme.rehearse("--remind", code=5, today="2025-08-19")
        assert (steps(answer)[BO], steps(answer)[ANN], steps(answer)[CY]) == ("ask", "ask", "remind")
        told = programme.call("collect").stderr
        assert f"then: boardpack collect --resolve {RUN} --lead '{BO}' --to bo@example.org --arrived|--not-arrived --by NAME --note TEXT\n" in told
        person = ("--by", "Sam Example", "--note", "Asked by telephone.")
        assert programme.call("send", "--resolve", RUN, "--to", "bo@example.org", "--arrived", *person).returncode == 1  # that is for packs
        done = programme.well("collect", "--resolve", RUN, "--to", "bo@example.org", "--arrived", *person)
        assert f"{BO}  bo@example.org: has arrived" in done.stdout
        programme.well("collect", "--resolve", RUN, "--to", "ann@example.org", "--not-arrived", *person)
        programme.collect()
        assert server.recipients() == ["bo@example.org", "cy@example.org", "ann@example.org"]
        programme.collect("--remind", today="2025-08-19")
        assert sorted(server.recipients()[3:]) == ALL[1:2] + ALL[:1] + ALL[2:]


def test_a_doubtful_reminder_counts_as_one(programme, authority, certificate):
    with SmtpServer(certificate, cue=at({("DOT", 2): TAKE_AND_RESET})) as server:
        programme.mail(server, authority)
        programme.leads({ANN: "ann@example.org"})
        programme.collect()
        programme.collect("--remind", code=5, today="2025-08-18")
        assert steps(programme.rehearse("--remind", code=5, today="2025-08-19"))[ANN] == "ask"
        programme.collect("--remind", code=5, today="2025-08-19")
        assert len(server.held) == 2
        programme.collect("--remind", today="2025-08-21")
        assert [each["round"] for each in programme.sends()] == [0, 1, 2] and len(server.held) == 3


def test_a_reminder_that_did_not_go_goes_the_next_day(programme, authority, certificate):
    with SmtpServer(certificate, cue=lambda step, count: b"450 later" if step == "RCPT" and 2 <= count <= 4 else None) as server:
        programme.mail(server, authority)
        programme.leads({ANN: "ann@example.org"})
        programme.collect()
        programme.collect("--remind", code=1, today="2025-08-18")
        assert len(server.held) == 1 and programme.sends()[1]["state"] == "deferred"
        programme.collect("--remind", today="2025-08-19")
        assert len(server.held) == 2 and [each["round"] for each in programme.sends()] == [0, 1]


def test_a_reminder_that_waited_for_the_server_says_what_is_true_on_its_day(programme, authority, certificate):
    with SmtpServer(certificate) as server:
        programme.mail(server, authority)
        programme.leads({ANN: "ann@example.org"})
        programme.collect()
        programme.mail(server, authority, port=1)  # nobody there
        programme.collect("--remind", code=1, today="2025-08-17")
        assert [each["state"] for each in programme.sends()] == ["accepted", "failed"]
        programme.mail(server, authority)
        rehearsed = eml(programme, programme.rehearse("--remind", today="2025-08-22"), ANN)
        programme.collect("--remind", today="2025-08-22")
        reminder = parse(server.held[1][2])
    assert "It was due on 20 August 2025, 2 days ago." in plain(reminder) and "22 Aug 2025" in reminder["Date"]
    assert reminder.as_bytes() == rehearsed.as_bytes() and [each["round"] for each in programme.sends()] == [0, 1]


def test_masked_addresses_are_nowhere_in_what_is_printed(programme, authority, certificate):
    with SmtpServer(certificate, cue=at({("RCPT", 2): b"550 5.1.1 <ann@example.org> is unknown here"})) as server:
        programme.mail(server, authority)
        for arguments in ([], ["--confirm", "latest"], ["--json"], []):
            done = programme.call("collect", "--mask", *arguments)
            assert not re.search(r"\b(ann|bo|cy)@example", done.stdout + done.stderr) and "***@example.org" in done.stdout


def test_another_run_at_work_ends_11(programme):
    import fcntl
    with open(programme.folder / "output" / ".lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert programme.call("collect", "--confirm", "latest").returncode == 11


# ---- killed at any point ----


def start(programme, *arguments, today=1754049600):
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8",
           **clock_environment(str(datetime.datetime.fromtimestamp(today, datetime.timezone.utc).replace(tzinfo=None)), is_sent=True)}
    return subprocess.Popen([BOARDPACK, "-C", programme.folder, "collect", *arguments, "--confirm", "latest"], env=env,
                            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


KILL_POINTS = int(os.environ.get("BOARDPACK_KILL_POINTS", "30"))
SERVER_STEPS = [("CONNECT", 1), ("STARTTLS", 1)] + [(step, count) for count in (1, 2, 3) for step in ("MAIL", "RCPT", "DATA", "DOT")] + [("QUIT", 1)]


@pytest.mark.parametrize("is_reminder", [False, True])
def test_killed_anywhere_nobody_gets_two_and_nobody_is_forgotten(programme, authority, certificate, is_reminder):
    """Half of the points are steps of the conversation, half are moments of the clock."""
    seed = random.Random(int(os.environ.get("BOARDPACK_KILL_SEED", "5")))
    store = programme.folder / "output" / "boardpack.sqlite"
    day = "2025-08-19" if is_reminder else FIRST_DAY
    epoch = 1755604800 if is_reminder else 1754049600
    if is_reminder:
        with SmtpServer(certificate) as server:
            programme.mail(server, authority)
            programme.collect()
    clean = store.read_bytes()
    killed = 0
    for point in range(KILL_POINTS):
        for leftover in store.parent.glob("boardpack.sqlite*"):
            leftover.unlink()
        store.write_bytes(clean)
        process, step = None, SERVER_STEPS[point // 2 % len(SERVER_STEPS)] if point % 2 == 0 else None

        def cue(*at):
            if at == step:
                process.kill()

        with SmtpServer(certificate, cue=cue) as server:
            programme.mail(server, authority)
            process = start(programme, "--remind", today=epoch)
            if step is None:
                time.sleep(seed.uniform(0, 0.3))
                process.kill()
            killed += process.wait(timeout=60) == -signal.SIGKILL
            time.sleep(0.02)  # the server takes what it has received
            step = None
            programme.call("collect", "--remind", "--confirm", "latest", today=day)
            held = server.recipients()
            now = [each for each in programme.sends() if (each["kind"] == "reminder") == is_reminder]
        assert len(held) == len(set(held)), f"point {point}: somebody got two: {held}"
        assert sorted(each["address"] for each in now) == sorted(ALL), f"point {point}: {now}"
        for each in now:
            assert each["state"] in ("accepted", "doubtful") and (each["address"] in held or each["state"] == "doubtful"), f"point {point}: {now}"
        assert [each["state"] for each in now].count("doubtful") <= 1
    assert killed >= KILL_POINTS // 2, f"{killed} of {KILL_POINTS} points came in time"
