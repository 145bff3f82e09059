"""`send`: the right people get the right pack once. Who gets what, what is never sent, what is kept of each message, and that nobody gets two
whatever the server does (test_faults_send.py: whatever happens to the program)."""

import datetime
import hashlib
import json
import os
import random
import re
import shutil
import signal
import ssl
import subprocess
import time

import pytest

from conftest import BOARDPACK, ROOT, clock_environment, copy_programme
from mail_programme import attachments, authority, certificate, parse  # noqa: F401 (fixtures)
from sending_programme import (ALL, AS_OF, FORUM, FORUMS, LATER, RUN, SENSITIVE, THIRD, TODAY, Programme, approved, built, eml, goes,  # noqa: F401
                               programme, ready)

from support.smtp_server import CLOSE, HANG, LONG_AGO, RESET, TAKE_AND_HANG, TAKE_AND_RESET, Slow, SmtpServer, Then


# ---- a rehearsal ----


def test_rehearsal_writes_the_messages_and_opens_no_connection(approved, authority, certificate):
    approved.recipients((FORUM, "ann@example.org", {"name": "Ann Other"}), (THIRD, "bo@example.org", {"xlsx": "yes"}))
    before = hashlib.sha256((approved.run_folder / "manifest.json").read_bytes()).hexdigest()
    with SmtpServer(certificate) as server:
        approved.mail(server, authority)
        answer = approved.rehearse()
        time.sleep(0.1)
        assert server.connections == 0
    assert goes(answer) == [(THIRD, "bo@example.org", "pack"), (FORUM, "ann@example.org", "pack")]
    board, bbp = (eml(approved, each) for each in answer["messages"])
    assert str(bbp["Subject"]) == "OFFICIAL: SEND programme: Borough Based Partnership, 25 September 2025"
    assert str(bbp["To"]) == "Ann Other <ann@example.org>" and str(bbp["From"]) == "Programme office <office@example.org>"
    assert bbp["Date"].datetime == datetime.datetime(2026, 1, 15, 12, tzinfo=datetime.timezone.utc)
    assert attachments(bbp) == {f"{FORUM}-{AS_OF}.pdf": approved.output(FORUM).read_bytes()}
    assert attachments(board) == {f"{THIRD}-{AS_OF}.{form}": approved.output(THIRD, form).read_bytes() for form in ("pdf", "xlsx")}
    assert "<" + answer["messages"][1]["message_id"] + ">" == str(bbp["Message-Id"])
    assert approved.sends() == [] and hashlib.sha256((approved.run_folder / "manifest.json").read_bytes()).hexdigest() == before
    assert not list(approved.run_folder.rglob("*.eml"))
    assert goes(approved.rehearse(RUN, "--forum", "Borough Based Partnership")) == [(FORUM, "ann@example.org", "pack")]
    again = approved.rehearse()
    assert [eml(approved, each).as_bytes() for each in again["messages"]] == [board.as_bytes(), bbp.as_bytes()]


def test_a_rehearsal_is_private_replaces_the_one_before_and_goes_when_the_pack_went(approved, authority, certificate):
    approved.recipients(*((FORUM, f"{name}@example.org") for name in "abc"))
    rehearsals = approved.folder / "output" / "rehearsals"

    def modes():
        return {path.name: oct(path.stat().st_mode & 0o777) for path in [rehearsals, *rehearsals.rglob("*")]}

    approved.rehearse()
    assert modes() == {"rehearsals": "0o750", RUN: "0o750", FORUM: "0o750", "001.eml": "0o640", "002.eml": "0o640", "003.eml": "0o640"}
    approved.recipients((FORUM, "a@example.org"))
    approved.rehearse()
    assert set(modes()) == {"rehearsals", RUN, FORUM, "001.eml"}
    other = rehearsals / "2025-06-30-1"
    other.mkdir()
    replies = {"RCPT": b"550 no such user"}
    with SmtpServer(certificate, cue=lambda step, _: replies.get(step)) as server:
        approved.mail(server, authority)
        approved.send(1)
        assert (rehearsals / RUN).exists(), "it did not go"
        replies.clear()
        approved.send(0, RUN, "--to-me", "me@example.org")
        assert (rehearsals / RUN).exists(), "a test is no sending"
        approved.send()
    assert not (rehearsals / RUN).exists() and other.exists()


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
@pytest.mark.parametrize("command", ["check", "import", "run --draft --forum bbp", f"verify {RUN}", "due", "list sends", "history", f"approve {RUN} --by A --role B --forum bbp"])
def test_what_does_not_mail_makes_no_socket(programme, tmp_path, command):
    programme.mail()
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1768478400", "ASAN_OPTIONS": "detect_leaks=0"}
    log = tmp_path / "trace"
    done = subprocess.run(["strace", "-f", "-e", "trace=socket,connect,sendto", "-o", log, BOARDPACK, "-C", programme.folder, *command.split()], env=env,
                          capture_output=True, text=True)
    assert done.returncode in (0, 3, 4), done.stderr
    assert "AF_INET" not in log.read_text()


@pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace")
def test_rehearsal_makes_no_socket(approved, tmp_path):
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1768478400", "ASAN_OPTIONS": "detect_leaks=0"}  # which cannot be done under strace
    log = tmp_path / "trace"
    subprocess.run(["strace", "-f", "-e", "trace=socket,connect,sendto", "-o", log, BOARDPACK, "-C", approved.folder, "send", RUN], env=env,
                   check=True, capture_output=True)
    assert "AF_INET" not in log.read_text()


def words_of(message, kind="plain"):
    return " ".join(message.get_body((kind,)).get_content().split())


def plain_text(message):
    return message.get_body(("plain",)).get_content().replace("\r\n", "\n")


def printed_words(path):
    pages = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    return " ".join(pages.split())


def asks_of(body):
    """Heading, [(number, kind, text, needed by, owner)] and what stands after them in the plain text of a message."""
    heading, rows, note = re.search(r"(?m)^(\w+ asks? of this meeting)\n((?:\d+\. .*\n(?:   .*\n)+)*)\n(?:((?:And|See) .*)\n)?", body).groups()
    items = [" ".join(item.split()) for item in re.findall(r"(?m)^\d+\. .*(?:\n   .*)*", rows)]
    return heading, [re.fullmatch(r"(\d+)\. (\w+): (.*) ((?:By|Was needed by|No date given)[^.]*)\. (Owner: .*|No owner)", item).groups() for item in items], note


def summary_of(body):
    rows = re.search(r"(?m)^Summary\n((?:- .*\n(?:  .*\n)*)+)", body)[1]
    return [" ".join(item.split())[2:] for item in re.findall(r"(?m)^- .*(?:\n  .*)*", rows)]


def test_summary_and_asks_are_what_the_pack_prints(approved):
    """Word for word what stands in the PDF, with the same numbers beside each other; and all of it."""
    approved.recipients(*((forum, f"{forum}@example.org") for forum in FORUMS))
    actions = json.loads((approved.run_folder / "manifest.json").read_text())["actions"]
    counts = {status["label"]: status["count"] for status in actions["by_status"] if status["count"]}
    messages = approved.rehearse()["messages"]
    assert len(messages) == len(FORUMS)
    for each in messages:
        printed = printed_words(approved.output(each["forum"]))
        body = plain_text(eml(approved, each))
        heading, asks, note = asks_of(body)
        assert len(asks) >= 2 and note is None and [int(ask[0]) for ask in asks] == list(range(1, len(asks) + 1))
        rows = " ".join(f"{number}. {kind} {text} {owner} {needed_by}" for number, kind, text, needed_by, owner in asks)
        assert f"{heading} {rows} What each ask rests on" in printed, rows
        complete, by_status, beside = summary_of(body)
        assert complete in printed and re.fullmatch(rf"{actions['done']} of {actions['total']} actions are complete, \d+ behind plan", complete)
        said = re.findall(r"(\d+) ([a-z ]+)", by_status.removeprefix("By status: "))
        assert {label.capitalize(): int(count) for count, label in said} == counts and sum(counts.values()) == actions["total"]
        assert all(re.search(rf"\b{label} {count} \(\d+%\)", printed) for label, count in counts.items())
        assert f"Status of the {actions['total']} actions {beside}" in printed
        done = re.fullmatch(r"(\d+) done: (\d+) complete, (\d+) done before\. (\d+) reported on track is past its date", beside).groups()
        assert int(done[0]) == int(done[1]) + int(done[2]) == actions["done"]


@pytest.fixture(scope="module")
def busy(tmp_path_factory):
    """Drafts in which one forum asks for more than its pack lists, one for more than a message has room for, one for nothing."""
    programme = Programme(copy_programme(ROOT, tmp_path_factory.mktemp("busy") / "programme"))
    file = programme.folder / "data" / "decisions-illustrative.csv"
    rows = [f"{forum},X-{number},Note paper {number},note,2025-07-01,,{owner},,,,{day},,"
            for forum, owner, day in ((FORUM, "Designated SEND Officer", "2025-09-30"), (THIRD, "", "")) for number in range(1, 16)]
    kept = [line for line in file.read_text().splitlines() if not line.startswith("area-partnership-board")]
    file.write_text("\n".join(kept + rows) + "\n")
    programme.mail()
    programme.well("run", "--as-of", AS_OF, "--draft", *(word for forum in (FORUM, THIRD, "area-partnership-board") for word in ("--forum", forum)))
    answer = programme.rehearse(RUN, "--to-me", "me@example.org")
    return {each["forum"]: (plain_text(eml(programme, each)), printed_words(programme.output(each["forum"])))
            for each in answer["messages"]}


@pytest.mark.parametrize("forum, heading, shown, note", [(FORUM, "Seventeen asks of this meeting", 5, "And 12 more, in the workbook."),
                                                         (THIRD, "Eighteen asks of this meeting", 10, "And 8 more, in the pack.")])
def test_asks_that_a_message_has_no_room_for_are_counted(busy, forum, heading, shown, note):
    body, printed = busy[forum]
    said = asks_of(body)
    assert said[0] == heading and heading in printed
    assert len(said[1]) == shown and said[2] == note
    for number, kind, text, needed_by, owner in said[1]:
        assert f"{number}. {kind} {text} {owner} {needed_by}" in printed
    assert (f"{shown + 1}. Note" in printed) == (note.endswith("pack."))
    assert ("12 more in the workbook" in printed) == (note.endswith("workbook."))


def test_a_meeting_that_is_asked_for_nothing_is_told_so(busy):
    body, printed = busy["area-partnership-board"]
    assert "No asks of this meeting." in body.splitlines() and "No asks of this meeting." in printed


def test_messages_say_whom_they_are_for_and_that_the_data_are_illustrative(approved, authority, certificate):
    """Beside the marking, as the pack does. A notice, too; what the organisation has not said is left out."""
    approved.recipients((FORUM, "ann@example.org"), (SENSITIVE, "bo@example.com", {"exception_approved_by": "Ann Other"}))
    expected = {FORUM: ["OFFICIAL", "For members of the strategic leadership team. Illustrative data.", ""],
                SENSITIVE: ["OFFICIAL-SENSITIVE", "For the Lead Member and senior officers. Do not forward before Cabinet papers",
                            "are published. Illustrative data."]}
    for each in approved.rehearse()["messages"]:
        message = eml(approved, each)
        assert plain_text(message).splitlines()[:3] == expected[each["forum"]]
        assert ">" + " ".join(" ".join(expected[each["forum"]][1:]).split()) + "<" in words_of(message, "html")


def test_the_opening_says_version_meeting_and_day(programme):
    programme.recipients((FORUM, "ann@example.org"))
    programme.well("build", "--as-of", AS_OF, "--forum", FORUM, "--draft")
    said = {}
    for run, name in ((RUN, "final"), (f"{AS_OF}-2", "draft")):
        message = next(each for each in programme.rehearse(run, "--to-me", "me@example.org", "--forum", FORUM)["messages"])
        said[name] = words_of(eml(programme, message))
    assert ("Board pack: Borough Based Partnership This is a test. It went to you alone. Version 1 of the pack for the meeting on 25 September 2025 is attached. "
            "It shows the programme as at 31 July 2025. Two asks") in said["final"]
    assert ("This is a test. It went to you alone. Draft: not approved. A draft of the pack for the meeting on 25 September 2025 is attached. "
            "It shows the programme as at 31 July 2025.") in said["draft"]


def test_a_message_is_of_the_day_on_which_it_was_planned_however_long_its_approval_is_ago(ready, authority, certificate):
    """It sorts where the reader looks. While a server was asked to wait it is the same message, and keeps its day; its id is always the same."""
    replies = {"RCPT": b"450 try later"}
    days = {}
    with SmtpServer(certificate, cue=lambda step, _: replies.get(step)) as server:
        ready.mail(server, authority, tries=1)
        ready.recipients((FORUM, "ann@example.org"))
        rehearsed = eml(ready, ready.rehearse(today="2026-02-20")["messages"][0])
        ready.send(1, today="2026-02-20")
        ready.recipients((FORUM, "ann@example.org"), (FORUM, "bo@example.org"))
        replies.clear()
        ready.send(0, today="2026-02-24")
        for _, (recipient, message) in enumerate(zip(server.recipients(), (parse(each[2]) for each in server.held))):
            days[recipient] = (message["Date"].datetime.date().isoformat(), str(message["Message-Id"]))
    assert rehearsed["Date"].datetime.date().isoformat() == "2026-02-20"
    assert days["ann@example.org"] == ("2026-02-20", str(rehearsed["Message-Id"]))
    assert days["bo@example.org"][0] == "2026-02-24" and days["bo@example.org"][1] != days["ann@example.org"][1]


def test_refs_that_were_inferred_are_said_so_in_words(tmp_path):
    """A pack prints 1.1.2*, and its key says what that means; a message has no key."""
    programme = Programme(copy_programme(ROOT, tmp_path / "programme"))
    programme.mail()
    programme.well("run", "--as-of", AS_OF, "--forum", "operational-group", "--format", "pdf,text", "--draft")
    assert "1.1.2*, 3.2.2" in (programme.run_folder / "operational-group" / f"operational-group-{AS_OF}.txt").read_text()
    answer = programme.rehearse(RUN, "--to-me", "me@example.org")
    message = eml(programme, answer["messages"][0])
    for kind in ("plain", "html"):
        words = " ".join(message.get_body([kind]).get_content().split())
        assert "Name who reports on 1.1.2 (ref inferred), 3.2.2 and 4.4" in words and "*" not in words


def test_summary_is_left_out_when_the_rules_of_who_may_read_what_have_changed(approved):
    approved.recipients((FORUM, "ann@example.org"))
    rules = approved.folder / "config" / "forums.ini"
    rules.write_text(rules.read_text() + "\n; changed\n")
    done = approved.call("send", RUN)
    assert "messages are without summary, asks and the meeting's date: config/forums.ini is not what" in done.stderr
    (message,) = approved.rehearse()["messages"]
    assert "Summary" not in eml(approved, message).get_body(("plain",)).get_content()


# ---- what may go ----


def test_nothing_goes_without_an_approval(programme):
    programme.recipients((FORUM, "ann@example.org"), (THIRD, "bo@example.org"))
    answer = programme.rehearse(code=1)
    assert answer["messages"] == [] and {each["forum"] for each in answer["held"]} == set(FORUMS)
    assert all("nobody has approved it" in each["reason"] for each in answer["held"])
    programme.send(1)
    assert programme.sends() == []
    programme.approve("--forum", FORUM)
    assert goes(programme.rehearse()) == [(FORUM, "ann@example.org", "pack")]


def flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.chmod(0o640)
    path.write_bytes(data)


@pytest.mark.parametrize("what", ["pdf", "xlsx", "manifest", "link"])
def test_a_file_that_is_not_the_approved_one_never_goes(approved, authority, certificate, what):
    approved.recipients((FORUM, "ann@example.org"), (THIRD, "bo@example.org"))
    if what == "manifest":
        path = approved.run_folder / "manifest.json"
        path.write_text(path.read_text().replace('"draft": false', '"draft":  false'))
    elif what == "link":
        shutil.move(approved.output(FORUM), approved.folder / "elsewhere.pdf")
        approved.output(FORUM).symlink_to(approved.folder / "elsewhere.pdf")
    else:
        flip(approved.output(FORUM, what))
    with SmtpServer(certificate) as server:
        approved.mail(server, authority)
        approved.send(1 if what == "manifest" else 5)
        assert server.recipients() == ([] if what == "manifest" else ["bo@example.org"])
    reasons = {each["forum"]: each["reason"] for each in approved.rehearse(code=1 if what == "manifest" else 5)["held"]}
    assert FORUM in reasons and re.search("was changed since|is a link", reasons[FORUM])


def test_drafts_go_to_one_address_as_a_test_alone(programme, authority, certificate):
    programme.recipients((FORUM, "ann@example.org"))
    programme.well("build", "--as-of", AS_OF, "--forum", FORUM, "--draft")
    draft = f"{AS_OF}-2"
    with SmtpServer(certificate) as server:
        programme.mail(server, authority)
        programme.rehearse(draft, code=1)
        programme.send(0, draft, "--to-me", "me@example.org")
        programme.send(0, draft, "--to-me", "me@example.org")
        assert server.recipients() == ["me@example.org"] * 2, (programme.sends(draft), server.lines)
        messages = [parse(each[2]) for each in server.held]
        assert programme.call("send", draft, "--confirm", draft, "--to-me", "me@example.com").returncode == 2
        assert len(server.held) == 2
    assert str(messages[0]["Subject"]).startswith("OFFICIAL: [TEST] SEND programme: ")
    assert {each["kind"] for each in programme.sends(draft)} == {"test"}


@pytest.mark.parametrize("arguments, message", [
    ([], "say which run"),
    ([RUN, "--approved"], "give a run or --approved, not both"),
    ([RUN, "--confirm", f"{AS_OF}-2"], "nothing was sent"),
    (["--approved", "--confirm", RUN], "--confirm 2025-07-31-1 is not approved: nothing was sent"),
    ([RUN, "--to-me", "x"], "is no e-mail address"),
    ([RUN, "--forum", "nobody"], "there is no forum 'nobody'"),
    ([RUN, "--arrived"], "go with --resolve"),
    (["--resolve", RUN], "say which message"),
    (["--resolve", RUN, "--to", "a@example.org", "--arrived", "--not-arrived"], "either --arrived or --not-arrived"),
    (["--resolve", RUN, "--to", "a@example.org", "--arrived"], "--by NAME --note TEXT"),
    ([f"{AS_OF}-9"], f"there is no run {AS_OF}-9"),
])
def test_wrong_usage_ends_2(approved, arguments, message):
    done = approved.call("send", *arguments)
    assert done.returncode == 2 and message in done.stderr and approved.sends() == []


# ---- who may get it ----


def test_the_allow_list_exceptions_and_the_workbook(approved):
    by = {"exception_approved_by": "Ann Other"}
    approved.recipients(
        (FORUM, "in@example.org", {"xlsx": "yes"}), (FORUM, "out@example.com"), (FORUM, "exception@example.com", {**by, "xlsx": "yes"}),
        (FORUM, "sub@mail.example.org"), (FORUM, "perhaps@example.org", {"xlsx": "perhaps"}),
        (SENSITIVE, "in@example.org", {"xlsx": "yes"}), (SENSITIVE, "exception@example.com", {**by, "xlsx": "yes"}), (SENSITIVE, "out@example.com"))
    answer = approved.rehearse(code=5)
    form = {(each["forum"], each["address"]): (each["kind"], len(each["files"])) for each in answer["messages"]}
    assert form == {(FORUM, "in@example.org"): ("pack", 2), (FORUM, "exception@example.com"): ("pack", 2), (FORUM, "perhaps@example.org"): ("pack", 1),
                    (SENSITIVE, "in@example.org"): ("pack", 2), (SENSITIVE, "exception@example.com"): ("notice", 0)}
    assert {(each["forum"], each["address"]) for each in answer["left_out"]} == {
        (FORUM, "out@example.com"), (FORUM, "sub@mail.example.org"), (SENSITIVE, "out@example.com")}
    notice = next(each for each in answer["messages"] if each["kind"] == "notice")
    message = eml(approved, notice)
    assert attachments(message) == {} and str(message["Subject"]).startswith("[secure] OFFICIAL-SENSITIVE: ")
    assert "Summary" not in message.as_string() and "may not be sent to this address" in message.get_body(("plain",)).get_content()


def test_a_forum_can_have_an_allow_list_of_its_own(approved):
    approved.recipients((FORUM, "a@example.org"), (FORUM, "a@example.net"), (THIRD, "a@example.org"), (THIRD, "a@example.net"))
    path = approved.folder / "config" / "forums.ini"
    path.write_text(path.read_text().replace(f"[{FORUM}]\n", f"[{FORUM}]\nmail_domains = Example.NET|example.gov.uk\n"))
    assert goes(approved.rehearse(code=5)) == [(THIRD, "a@example.org", "pack"), (FORUM, "a@example.net", "pack")]
    path.write_text(path.read_text().replace("Example.NET|", "*.example.net|"))
    done = approved.call("send", RUN)
    assert done.returncode == 1 and "'*.example.net' is no domain" in done.stderr


def test_rows_that_cannot_be_trusted_are_named_and_get_nothing(approved):
    approved.recipients((FORUM, "good@example.org"), (FORUM, "when@example.org", {"to": "some day"}), (FORUM, "no address"),
                        (FORUM, "Good@EXAMPLE.org", {"xlsx": "yes"}), ("Borough Based Partnership", "good@example.org"),
                        (FORUM, "inject@example.org\r\nBcc: x@example.org"))
    answer = approved.rehearse(code=5)
    assert goes(answer) == [(FORUM, "good@example.org", "pack")]
    reasons = {each["address"]: each["reason"] for each in answer["left_out"]}
    assert "its last day 'some day' is no date" in reasons["when@example.org"] and "is no e-mail address" in reasons["no address"]
    assert "on an earlier row" in reasons["Good@EXAMPLE.org"] and "on an earlier row" in reasons["good@example.org"]


def test_random_lists_reach_nobody_who_is_not_in_the_forum_on_that_day(approved):
    """What is right is worked out here again, from the rows as they are typed."""
    seed = random.Random(20260115)
    days = ["", "2025-01-01", "2026-01-14", TODAY, "2026-01-16", "2027-01-01"]
    names = {FORUM: (FORUM, "BBP", "Borough Based Partnership"), SENSITIVE: (SENSITIVE,), THIRD: (THIRD, "SEND and AP Programme Board")}
    for _ in range(12):
        rows, keys = [], set()
        for _ in range(60):
            forum = seed.choice(FORUMS + ("operational-group", "nowhere"))
            address = f"{seed.choice('abcdefgh')}@{seed.choice(['example.org', 'example.com', 'EXAMPLE.org', 'example.org.uk'])}"
            more = {"from": seed.choice(days), "to": seed.choice(days), "xlsx": seed.choice(["yes", "no", ""]),
                    "exception_approved_by": seed.choice(["", "", "Ann Other"])}
            typed = seed.choice(names.get(forum, (forum,)))
            if (typed, address) not in keys:  # the same key twice is quarantined
                keys.add((typed, address))
                rows.append((forum, typed, address, more))
        approved.recipients(*((typed, address, more) for _, typed, address, more in rows))
        expected = {}
        for forum, _, address, more in rows:
            in_force = (more["from"] or "0000") <= TODAY <= (more["to"] or "9999")
            inside = address.lower().endswith("@example.org")
            key = (forum, address.lower())
            if forum in FORUMS and in_force and (inside or more["exception_approved_by"]) and key not in expected:
                notice = forum == SENSITIVE and not inside
                expected[key] = 0 if notice else 2 if more["xlsx"] == "yes" else 1
        in_force = {forum for forum, _, _, more in rows if (more["from"] or "0000") <= TODAY <= (more["to"] or "9999")}
        is_left_out = any(forum in FORUMS and (more["from"] or "0000") <= TODAY <= (more["to"] or "9999") and (forum, address.lower()) not in expected
                          for forum, _, address, more in rows)  # somebody who is to get it today, and gets none by another row
        is_stranded = any(forum in in_force and not any(forum == key[0] for key in expected) for forum in FORUMS)  # none of its rows may be sent to
        got = {}
        for each in approved.rehearse(code=5 if is_stranded or is_left_out else 0)["messages"]:
            key = (each["forum"], each["address"].lower())
            assert key not in got, f"{key} gets two"
            message = eml(approved, each)
            assert [address.addr_spec for address in message["To"].addresses] == [each["address"]] and message["Cc"] is None
            files = attachments(message)
            assert all(name.startswith(each["forum"]) and data == (approved.run_folder / each["forum"] / name).read_bytes()
                       for name, data in files.items())
            got[key] = len(files)
        assert got == expected


# ---- sending ----


def test_each_gets_exactly_one_and_a_second_call_sends_nothing(ready, authority, certificate):
    with SmtpServer(certificate) as server:
        ready.mail(server, authority)
        rehearsed = [eml(ready, each).as_bytes() for each in ready.rehearse()["messages"]]
        out = ready.send()
        assert server.recipients() == ALL and server.connections == 1
        assert [parse(each[2]).as_bytes() for each in server.held] == rehearsed
        for address in ALL:
            assert f"{FORUM}  {address}: accepted (pack): 250" in out
        assert "3 messages: 3 accepted" in out and "not accepted" not in out
        ready.send(today=LATER)
        assert ready.rehearse()["messages"][0]["goes"] is False
        assert len(server.held) == 3
    for each in ready.sends():
        assert each["state"] == "accepted" and each["attempts"] == 1 and each["files"][0]["path"] == f"{FORUM}/{FORUM}-{AS_OF}.pdf"
    who = json.loads(ready.call("list", "sends", "--file", ready.output(FORUM), "--json").stdout)
    assert [each["address"] for each in who] == ALL


def test_masked_addresses_are_nowhere_in_what_is_printed(ready, authority, certificate):
    words = {("RCPT", 2): b"550 5.1.1 <b@example.org> is unknown here"}
    with SmtpServer(certificate, cue=lambda *at: words.get(at)) as server:
        ready.mail(server, authority)
        for done in (ready.call("send", RUN, "--mask"), ready.call("send", RUN, "--mask", "--confirm", RUN), ready.call("send", RUN, "--mask", "--json")):
            assert not re.search(r"\b[abc]@example", done.stdout + done.stderr) and "a***@example.org" in done.stdout


def test_refusals_delays_and_lost_answers_are_each_told(approved, authority, certificate):
    addresses = [f"{letter}@example.org" for letter in "abcde"]
    approved.recipients(*((FORUM, address) for address in addresses))
    table = {("RCPT", 2): b"550 5.1.1 no such user", ("RCPT", 3): b"450 4.2.1 later", ("DOT", 2): TAKE_AND_RESET, ("DOT", 3): RESET}
    with SmtpServer(certificate, cue=lambda *at: table.get(at)) as server:
        approved.mail(server, authority)
        out = approved.send(5)
        assert approved.states() == {"a": "accepted", "b": "rejected", "c": "accepted", "d": "doubtful", "e": "doubtful"}
        assert f"{FORUM}  b@example.org: rejected (pack): 550 5.1.1 no such user" in out.split("not accepted:")[1]
        assert f"{FORUM}  d@example.org: DOUBTFUL" in out and "5 messages: 2 accepted, 1 rejected, 2 DOUBTFUL" in out
        assert server.recipients() == ["a@example.org", "d@example.org", "c@example.org"]
        approved.send(5)  # what was refused may be tried again by name; never what is accepted or doubtful
        assert server.recipients() == ["a@example.org", "d@example.org", "c@example.org", "b@example.org"]
        assert {each["address"][0]: each["attempts"] for each in approved.sends()} == {"a": 1, "b": 2, "c": 2, "d": 1, "e": 1}
        person = ("--by", "Sam Example", "--note", "Asked by telephone.")
        done = approved.well("send", "--resolve", RUN, "--to", "D@example.org", "--arrived", *person, "--json", "--mask", "--quiet")
        answer = json.loads(done.stdout)
        assert done.stderr == "" and '"d@' not in done.stdout and (answer["run"], answer["exit_code"]) == (RUN, 0)
        assert [(each["address"], each["state"], len(each["message_id"]) > 40) for each in answer["resolved"]] == [("d***@example.org", "accepted", True)]
        assert "e***@example.org: has not arrived" in approved.well("send", "--resolve", RUN, "--to", "e@example.org", "--not-arrived", *person, "--mask").stdout
        none = approved.call("send", "--resolve", RUN, "--to", "e@example.org", "--arrived", *person, "--json")
        assert none.returncode == 1 and json.loads(none.stdout) == {"exit_code": 1, "run": RUN, "resolved": []} and "is doubtful" in none.stderr
        assert approved.call("send", "--resolve", RUN, "--to", "d@example.org", "--arrived", *person).returncode == 1
        approved.send(0)
        assert server.recipients()[4:] == ["e@example.org"] and set(approved.states().values()) == {"accepted"}


def test_nothing_goes_to_a_server_that_cannot_be_reached(ready, authority, certificate):
    with SmtpServer(certificate) as server:
        ready.mail(server, authority, port=1)
        done = ready.call("send", RUN, "--confirm", RUN)
        assert done.returncode == 1 and "nothing can be sent: the mail server cannot be reached" in done.stderr
        assert ready.states() == NONE
        ready.mail(server, authority)
        ready.send()
        assert server.recipients() == ALL


def at(table):
    return lambda step, count: table.get((step, count))


NONE = {"a": "failed", "b": "planned", "c": "planned"}
MISBEHAVIOUR = {
    "no STARTTLS": ({"starttls": False}, 1, NONE, "offers no TLS"),
    "expired certificate": ({"days": (LONG_AGO, LONG_AGO + 9)}, 1, NONE, "certificate is not valid"),
    "certificate of another name": ({"host": "mail.example.org"}, 1, NONE, "certificate is not valid"),
    "TLS 1.1": ({"highest_tls": ssl.TLSVersion.TLSv1_1}, 1, NONE, "no TLS 1.2 or later"),
    "wrong greeting": ({"cue": at({("CONNECT", 1): b"554 5.3.2 no service"})}, 1, NONE, "554 5.3.2 no service"),
    "hangs at the greeting": ({"cue": at({("CONNECT", 1): HANG})}, 1, NONE, "did not answer in time"),
    "421 between two messages": ({"cue": at({("MAIL", 2): Then(b"421 4.3.2 going down")})}, 0, "accepted", "421 4.3.2 going down"),
    "450 then 250": ({"cue": at({("RCPT", 2): b"450 4.2.1 later"})}, 0, "accepted", "450 4.2.1 later"),
    "450 each time": ({"cue": lambda step, count: b"450 4.2.1 later" if step == "RCPT" and count > 1 else None}, 5,
                      {"a": "accepted", "b": "deferred", "c": "deferred"}, "450 4.2.1 later"),
    "550 for one": ({"cue": at({("RCPT", 2): b"550 5.1.1 unknown"})}, 5, {"a": "accepted", "b": "rejected", "c": "accepted"}, "550 5.1.1 unknown"),
    "554 after the message": ({"cue": at({("DOT", 2): b"554 5.6.0 refused"})}, 5, {"a": "accepted", "b": "rejected", "c": "accepted"}, "554 5.6.0"),
    "reset before the message": ({"cue": at({("DATA", 2): RESET})}, 0, "accepted", "connection was lost before the message had ended"),
    "closed before the message": ({"cue": at({("MAIL", 2): CLOSE})}, 0, "accepted", "connection was lost before the message had ended"),
    "reset after the message": ({"cue": at({("DOT", 2): RESET})}, 5, {"a": "accepted", "b": "doubtful", "c": "accepted"}, "no answer came"),
    "taken, then reset": ({"cue": at({("DOT", 2): TAKE_AND_RESET})}, 5, {"a": "accepted", "b": "doubtful", "c": "accepted"}, "no answer came"),
    "taken, then silence": ({"cue": at({("DOT", 2): TAKE_AND_HANG})}, 5, {"a": "accepted", "b": "doubtful", "c": "accepted"}, "no answer came"),
    "slow answers": ({"cue": at({(step, 1): Slow(0.01) for step in ("CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "DOT")})}, 0, "accepted",
                     "c@example.org: accepted (pack): 250"),
    "neither 8BITMIME nor SIZE": ({"features": ()}, 0, "accepted", "c@example.org: accepted (pack): 250"),
    "too large for the server": ({"features": ("SIZE 1000",)}, 1, "rejected", "552"),
}


@pytest.mark.parametrize("name", MISBEHAVIOUR)
def test_each_misbehaviour_has_its_ledger_exit_code_and_words(ready, authority, tmp_path, name):
    settings, code, expected, words = MISBEHAVIOUR[name]
    settings = dict(settings)
    patience = {"reply_timeout_seconds": 2, "connect_timeout_seconds": 3} if "hang" in name or "silence" in name else {}
    first, last = settings.pop("days", (LONG_AGO, 1))
    certificate = authority.certificate(f"certificate-{abs(hash(name))}", settings.pop("host", "localhost"), first, last)
    expected = {letter: expected for letter in "abc"} if isinstance(expected, str) else expected
    with SmtpServer(certificate, **settings) as server:
        ready.mail(server, authority, **patience)
        done = ready.call("send", RUN, "--confirm", RUN)
        held = server.recipients()
    assert done.returncode == code and words in done.stdout + done.stderr, done.stdout + done.stderr
    states = ready.states()
    assert states == expected
    assert len(held) == len(set(held))
    assert {address[0] for address in held} <= {letter for letter, state in states.items() if state in ("accepted", "doubtful")}
    assert {letter for letter, state in states.items() if state == "accepted"} <= {address[0] for address in held}
    with SmtpServer(authority.certificate("good-again")) as server:
        ready.mail(server, authority)
        ready.call("send", RUN, "--confirm", RUN)
        held += server.recipients()
    assert len(held) == len(set(held)) and set(ready.states().values()) <= {"accepted", "doubtful"}


def test_a_deferred_message_becomes_what_may_be_sent_now(approved, authority, certificate):
    approved.recipients((FORUM, "a@example.org", {"xlsx": "yes"}))
    with SmtpServer(certificate, cue=lambda step, count: b"450 later" if step == "RCPT" and count <= 3 else None) as server:
        approved.mail(server, authority)
        approved.send(1)
        assert approved.states() == {"a": "deferred"}
        approved.recipients((FORUM, "a@example.org", {"xlsx": "no"}))
        approved.send()
        assert list(attachments(parse(server.held[0][2]))) == [f"{FORUM}-{AS_OF}.pdf"]
    (kept,) = approved.sends()
    assert len(kept["files"]) == 1 and kept["state"] == "accepted"


def test_another_run_at_work_ends_11(ready):
    import fcntl
    with open(ready.folder / "output" / ".lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert ready.call("send", RUN, "--confirm", RUN).returncode == 11


def start(programme):
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **clock_environment(f"{TODAY} 12:00:00", is_sent=True)}
    return subprocess.Popen([BOARDPACK, "-C", programme.folder, "send", RUN, "--confirm", RUN], env=env, stdout=subprocess.DEVNULL,
                            stderr=subprocess.DEVNULL)


def test_a_signal_stops_between_two_messages(ready, authority, certificate):
    process = None

    sent = []  # a second signal would end it at once

    def cue(step, count):
        if (step, count) == ("DOT", 1) and not sent:
            sent.append(process.send_signal(signal.SIGTERM))

    with SmtpServer(certificate, cue=cue) as server:
        ready.mail(server, authority)
        process = start(ready)
        assert process.wait(timeout=60) == 130
        assert server.recipients() == ALL[:1] and ready.states() == {"a": "accepted", "b": "planned", "c": "planned"}
        ready.send()
        assert server.recipients() == ALL


# ---- the scheduled job ----


def test_the_scheduled_job_sends_what_is_approved_once(ready, authority, certificate):
    job = ("send", "--approved", "--confirm", "approved")
    with SmtpServer(certificate) as server:
        ready.mail(server, authority)
        assert goes(ready.rehearse("--approved")) == [(FORUM, address, "pack") for address in ALL]
        assert server.connections == 0
        ready.well(*job)
        assert server.recipients() == ALL
        ready.recipients(*((FORUM, address) for address in [*ALL, "new@example.org"]))
        assert ready.well(*job).stdout.endswith("\n0 messages\n") and server.recipients() == ALL
        ready.send()  # by name: whoever has come since gets it as well
        assert server.recipients() == [*ALL, "new@example.org"]


def test_the_scheduled_job_leaves_old_approvals_alone(ready, authority, certificate):
    with SmtpServer(certificate) as server:
        ready.mail(server, authority)
        done = ready.well("send", "--approved", "--confirm", "approved", today="2026-03-15")
        assert "approved more than 31 days ago" in done.stderr and not server.held




# ---- before the day ----


def test_check_names_rows_that_nobody_could_be_sent_to(programme):
    programme.recipients((FORUM, "good@example.org"), ("bpp", "typo@example.org"), (FORUM, "nobody"), (FORUM, "when@example.org", {"to": "soon"}),
                         ("gone", "old@example.org", {"to": "2024-01-01"}))
    found = json.loads(programme.call("check", "--json").stdout)["findings"]["list"]
    about = [(each["code"], each["row"]) for each in found if each["file"] == "data/recipients.csv"]
    assert sorted(about) == [("R05", 4), ("R05", 5), ("R06", 3)]
    (day,) = [each["text"] for each in found if each["file"] == "data/recipients.csv" and each["row"] == 5]
    assert "Nothing is sent to this row until it is mended." in day and "counts as blank" not in day  # as send has it
    assert "nobody" not in json.dumps([each for each in found if each["row"] == 4 and each["file"] == "data/recipients.csv"])


def test_check_names_what_sending_would_refuse(programme):
    """A programme that does not mail hears nothing of it."""
    file = programme.folder / "config" / "mail.ini"
    before = programme.call("check")
    assert "nothing can be sent" not in before.stderr
    file.write_text(re.sub(r"(?m)^sender = .*\n", "", file.read_text()))
    done = programme.call("check")
    assert "note: nothing can be sent: config/mail.ini: [mail] has no 'sender'" in done.stderr and done.returncode == before.returncode
    file.unlink()
    assert "nothing can be sent" not in programme.call("check").stderr
