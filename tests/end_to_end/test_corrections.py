"""`send --correction`: whoever has an earlier version of a pack hears that it is replaced, in the words that fit; nobody is sent a pack of a
forum that they are not in on that day."""

import json
import random
import re
import shutil

import pytest

from mail_programme import attachments, authority, certificate, parse  # noqa: F401 (fixtures)
from sending_programme import (ALL, AS_OF, BY, FORUM, LATER, RUN, SENSITIVE, THIRD, TODAY, approved, built, eml, goes,  # noqa: F401
                               programme, ready)
from support.smtp_server import TAKE_AND_RESET, SmtpServer

SECOND, THIRD_RUN = f"{AS_OF}-2", f"{AS_OF}-3"
WHAT = "The total on page 2 was wrong."
EXCEPTION = {"exception_approved_by": "Ann Other"}
NOTE = ("--by", "Sam Example", "--note", "Rang them.")


def correct(programme, *forums, run=SECOND, what=WHAT):
    chosen = [word for forum in forums or (FORUM,) for word in ("--forum", forum)]
    programme.well("build", "--as-of", AS_OF, *chosen, "--prepared-by", "Sam Example", "--correction", what)
    programme.well("approve", run, *BY)


def body(message):
    return " ".join(message.get_body(("plain",)).get_content().split())


def by_address(server, count=None):
    """The newest message that each address got, of the last `count`."""
    pairs = list(zip(server.recipients(), (parse(each[2]) for each in server.held)))
    return dict(pairs[-count if count else 0:])


def kinds(programme, run=SECOND):
    return {each["address"].split("@")[0]: (each["kind"], each["state"]) for each in programme.sends(run)}


def lines_of(out, address):
    return [line for line in out.splitlines() if f"  {address}: " in line]


# ---- who hears what ----


def test_each_hears_of_a_correction_what_fits(ready, authority, certificate):
    with SmtpServer(certificate) as server:
        ready.mail(server, authority)
        ready.send()
        ready.recipients((FORUM, "b@example.org", {"xlsx": "yes"}), (FORUM, "c@example.org"), (FORUM, "new@example.org"))
        assert ready.call("send", RUN, "--correction").returncode == 1
        correct(ready)
        assert ready.rehearse(SECOND, code=1)["held"][0]["reason"].endswith("send it with --correction")
        assert "has replaced it" in next(each["reason"] for each in ready.rehearse(RUN, code=1)["held"] if each["forum"] == FORUM)
        out = ready.send(0, SECOND, "--correction", today=LATER)
        assert server.recipients()[3:] == ["b@example.org", "c@example.org", "new@example.org", "a@example.org"]
        got = by_address(server, 4)
        ready.send(0, SECOND, "--correction", today=LATER)
        assert len(server.held) == 7
    files = {f"{FORUM}-{AS_OF}-v2.{form}": (ready.folder / "output" / AS_OF / SECOND / FORUM / f"{FORUM}-{AS_OF}.{form}").read_bytes()
             for form in ("pdf", "xlsx")}
    assert attachments(got["b@example.org"]) == files
    for name in "bc":
        words = body(got[f"{name}@example.org"])
        assert "Corrected board pack" in str(got[f"{name}@example.org"]["Subject"]) and f"What changed - {WHAT}" in words
        assert "Version 2 replaces version 1, which you were sent on 15 January 2026. Please delete version 1, and any copies." in words
    new, recall = got["new@example.org"], got["a@example.org"]
    assert list(attachments(new)) == [f"{FORUM}-{AS_OF}-v2.pdf"] and "Corrected" not in new.as_string()
    assert "Version 2 of the pack for the meeting on 25 September 2025 is attached. It shows the programme as at 31 July 2025." in body(new)
    assert "Two asks of this meeting" in body(new) and "delete version" not in body(new) and WHAT not in body(new)
    assert attachments(recall) == {} and "Replaced board pack" in str(recall["Subject"])
    words = body(recall)
    assert (f"Version 2 replaces version 1 of the pack for the meeting on 25 September 2025, as at 31 July 2025, which you were sent on 15 January 2026. "
            "You are no longer on the list, so the new one is not attached. Please delete version 1, and any copies.") in words
    assert "What changed" not in words and WHAT not in recall.as_string() and "Summary" not in words and "asks of" not in words and "Attached" not in words and "anything attached" not in words
    assert kinds(ready) == {"a": ("recall", "accepted"), "b": ("correction", "accepted"), "c": ("correction", "accepted"), "new": ("pack", "accepted")}
    assert "a@example.org: accepted (recall; has version 1)" in out and "left out" not in out
    listed = json.loads(ready.call("list", "sends", SECOND, "--json").stdout)
    assert {each["address"][0]: each["attached"] for each in listed} == {"a": False, "b": True, "c": True, "n": True}


CHANGES = ["The total on page 2 was wrong.", "Two dates were moved.", "A chart was redrawn."]


def correct_thrice(programme):
    for number, what in enumerate(CHANGES, 2):
        correct(programme, run=f"{AS_OF}-{number}", what=what)


def test_every_change_since_the_version_that_one_has_is_said(approved, authority, certificate):
    """Version 1 reached both, version 2 went to one by name, version 3 to nobody: version 4 tells each what is new to them."""
    approved.recipients((FORUM, "first@example.org"), (FORUM, "gone@example.org"))
    with SmtpServer(certificate) as server:
        approved.mail(server, authority)
        approved.send()
        correct(approved, what=CHANGES[0])
        approved.recipients((FORUM, "second@example.org"), (FORUM, "gone@example.org", {"to": "2026-01-14"}), (FORUM, "first@example.org", {"from": LATER}))
        approved.send(0, SECOND, "--correction")  # first and gone are told to delete version 1
        approved.recipients((FORUM, "second@example.org"), (FORUM, "first@example.org"), (FORUM, "new@example.org"))
        correct(approved, run=THIRD_RUN, what=CHANGES[1])
        correct(approved, run=f"{AS_OF}-4", what=CHANGES[2])
        approved.send(0, f"{AS_OF}-4", "--correction")
        got = by_address(server, 3)
    assert f"What changed - Version 3: {CHANGES[1]} - Version 4: {CHANGES[2]}" in body(got["second@example.org"]) and CHANGES[0] not in body(got["second@example.org"])
    for name in ("first", "new"):  # has none: the pack is a first one
        assert not any(what in got[f"{name}@example.org"].as_string() for what in CHANGES)


def test_versions_that_were_skipped_are_said_to_who_has_the_first(ready, authority, certificate):
    with SmtpServer(certificate, cue=lambda step, count: TAKE_AND_RESET if (step, count) == ("DOT", 5) else None) as server:
        ready.mail(server, authority)
        ready.send()
        ready.recipients(*((FORUM, address) for address in ALL[1:]))
        correct_thrice(ready)
        ready.send(5, f"{AS_OF}-4", "--correction")
        got = by_address(server, 3)
        words = " - ".join(f"Version {number}: {what}" for number, what in enumerate(CHANGES, 2))
        assert f"What changed - {words}" in body(got[ALL[1]])
        recall = got[ALL[0]].as_string()
        assert "Please delete version 1" in recall and not any(what in recall for what in CHANGES)
        # version 4 may have come to one of them, or not: what it changed is said again
        correct(ready, run=f"{AS_OF}-5", what="The last of all.")
        ready.send(0, f"{AS_OF}-5", "--correction")
        doubtful, sure = by_address(server, 2)[ALL[2]], by_address(server, 2)[ALL[1]]
    assert f"What changed - {words} - Version 5: The last of all." in body(doubtful) and "may have been sent to you" in body(doubtful)
    assert "What changed - The last of all." in body(sure)


def test_a_change_whose_run_is_gone_is_said_to_be_missing(ready, authority, certificate):
    with SmtpServer(certificate) as server:
        ready.mail(server, authority)
        ready.send()
        correct(ready)
        correct(ready, run=THIRD_RUN, what=CHANGES[1])
        shutil.rmtree(ready.folder / "output" / AS_OF / SECOND)
        done = ready.call("send", THIRD_RUN, "--correction", "--confirm", THIRD_RUN)
        assert done.returncode == 0 and f"note: what version 2 of {FORUM} changed cannot be told: there is no run {SECOND}" in done.stderr
        words = body(by_address(server)[ALL[0]])
    assert f"What changed - Version 2: what changed is not on record here; the contact below can say - Version 3: {CHANGES[1]}" in words


def test_who_may_not_get_the_new_one_is_told_to_delete_the_old(approved, authority, certificate):
    """The pack becomes OFFICIAL-SENSITIVE: the exception has version 1 as a file, and may be sent no more than a notice."""
    approved.recipients((FORUM, "in@example.org"), (FORUM, "gone@example.org"), (FORUM, "out@example.com", EXCEPTION))
    with SmtpServer(certificate) as server:
        approved.mail(server, authority)
        approved.send()
        rules = approved.folder / "config" / "forums.ini"
        before, rest = rules.read_text().split(f"[{FORUM}]\n")
        rules.write_text(f"{before}[{FORUM}]\n" + re.sub(r"marking *= *OFFICIAL\n", "marking = OFFICIAL-SENSITIVE\n", rest, count=1))
        approved.recipients((FORUM, "in@example.org"), (FORUM, "out@example.com", EXCEPTION), (FORUM, "fresh@example.com", EXCEPTION))
        correct(approved)
        answer = approved.rehearse(SECOND, "--correction", today=LATER)
        out = approved.send(0, SECOND, "--correction", today=LATER)
        got = by_address(server, 4)
    notice, fresh, recall = got["out@example.com"], got["fresh@example.com"], got["gone@example.org"]
    assert attachments(notice) == {} and "Corrected board pack" in str(notice["Subject"]) and str(notice["Subject"]).startswith("[secure] OFFICIAL-SENSITIVE")
    assert "Version 2 replaces version 1, which you were sent on 15 January 2026. Please delete version 1, and any copies." in body(notice)
    assert "Do not copy or forward it." in body(notice) and "anything attached" not in body(notice)
    assert "Board pack ready" in str(fresh["Subject"]) and "Version 2 of the pack for the meeting on 25 September 2025 is ready." in body(notice) and "delete version" not in body(fresh)
    assert attachments(recall) == {} and "Please delete version 1" in body(recall)
    for message in (notice, fresh, recall):
        assert WHAT not in message.as_string() and "Summary" not in message.as_string()
    assert "out@example.com: accepted (notice; has version 1)" in out  # the officer hears who has what
    held = next(each["replaces"] for each in answer["messages"] if each["address"] == "out@example.com")
    assert held == {"run": RUN, "version": 1, "sent_on": TODAY, "attached": True, "doubtful": False}


def test_one_text_for_several_forums_is_noted_while_it_can_be_mended(ready):
    """What one forum was asked is no business of another: the note stands at the build and at the rehearsal, and not where one forum is written to."""
    ready.recipients((FORUM, "a@example.org"), (THIRD, "b@example.org"))
    built = ready.well("build", "--as-of", AS_OF, "--forum", FORUM, "--forum", THIRD, "--prepared-by", "Sam Example", "--correction", WHAT)
    assert "note: 2 packs say the same of what changed; for a sentence each, build with --forum" in built.stderr
    ready.well("approve", SECOND, *BY)
    words = "note: this text of what changed goes to 2 forums (" + ", ".join(sorted((FORUM, THIRD), reverse=True)) + f'): "{WHAT}"'
    assert words in ready.call("send", SECOND, "--correction").stderr
    assert "this text of what changed" not in ready.call("send", SECOND, "--correction", "--forum", FORUM).stderr
    alone = ready.well("build", "--as-of", AS_OF, "--forum", FORUM, "--prepared-by", "Sam Example", "--correction", WHAT)
    assert "say the same" not in alone.stderr


def test_who_only_heard_of_a_version_has_nothing_to_recall(approved, authority, certificate):
    approved.recipients((SENSITIVE, "in@example.org"), (SENSITIVE, "stays@example.com", EXCEPTION), (SENSITIVE, "goes@example.com", EXCEPTION))
    with SmtpServer(certificate) as server:
        approved.mail(server, authority)
        approved.send()
        approved.recipients((SENSITIVE, "in@example.org"), (SENSITIVE, "stays@example.com", EXCEPTION))
        correct(approved, SENSITIVE)
        out = approved.send(0, SECOND, "--correction")
        assert sorted(server.recipients()[3:]) == ["in@example.org", "stays@example.com"] and "goes@example.com" not in out
        words = body(by_address(server, 2)["stays@example.com"])
    assert "Version 2 replaces version 1, of which you were told on 15 January 2026. If you have got version 1 since, please delete it" in words


def test_what_never_arrived_is_not_recalled_and_what_may_have_is(approved, authority, certificate):
    names = ["refused", "perhaps", "stays", "moved"]
    approved.recipients(*((FORUM, f"{name}@example.org") for name in names))

    def cue(step, count):
        return {("RCPT", 1): b"550 5.1.1 unknown", ("DOT", 1): TAKE_AND_RESET, ("DOT", 2): TAKE_AND_RESET}.get((step, count))

    with SmtpServer(certificate, cue=cue) as server:
        approved.mail(server, authority)
        approved.send(5)
    assert {name: approved.states()[name] for name in names} == {"refused": "rejected", "perhaps": "doubtful", "stays": "doubtful", "moved": "accepted"}
    with SmtpServer(certificate) as server:
        approved.mail(server, authority)
        approved.recipients((FORUM, "stays@example.org"))
        correct(approved)
        approved.send(0, SECOND, "--correction")
        assert server.recipients() == ["stays@example.org", "perhaps@example.org", "moved@example.org"]
        got = by_address(server)
    for name in ("stays", "perhaps"):
        assert "version 1" in body(got[f"{name}@example.org"]) and "which may have been sent to you on 15 January 2026" in body(got[f"{name}@example.org"])


def test_who_comes_back_after_a_recall_gets_the_pack(ready, authority, certificate):
    with SmtpServer(certificate) as server:
        ready.mail(server, authority)
        ready.send()
        ready.recipients(*((FORUM, address) for address in ALL[1:]))
        correct(ready)
        ready.send(0, SECOND, "--correction")
        ready.recipients(*((FORUM, address) for address in ALL))
        ready.send(0, SECOND, "--correction")
        assert server.recipients()[3:] == [*ALL[1:], ALL[0], ALL[0]]
        assert "Corrected board pack" in str(parse(server.held[-1][2])["Subject"])
        ready.recipients(*((FORUM, address) for address in ALL[1:]))
        ready.send(0, SECOND, "--correction")  # has version 2 now: nothing is wrong with what it has
        assert len(server.held) == 7


def test_a_recall_counts_for_later_versions_too(ready, authority, certificate):
    with SmtpServer(certificate) as server:
        ready.mail(server, authority)
        ready.send()
        ready.recipients(*((FORUM, address) for address in ALL[1:]))
        correct(ready)
        ready.send(0, SECOND, "--correction")
        ready.recipients((FORUM, ALL[2]))
        correct(ready, run=THIRD_RUN)
        ready.send(0, THIRD_RUN, "--correction")
        assert server.recipients()[6:] == [ALL[2], ALL[1]]  # a was told with version 2 to delete version 1
        got = by_address(server, 2)
    assert "Version 3 replaces version 2 of the pack for the meeting on" in body(got[ALL[1]]) and attachments(got[ALL[1]]) == {}
    assert "Version 3 replaces version 2, which you were sent" in body(got[ALL[2]]) and list(attachments(got[ALL[2]])) == [f"{FORUM}-{AS_OF}-v3.pdf"]


# ---- whom no mail may reach ----


def test_a_recall_goes_by_the_exception_of_an_ended_row(approved, authority, certificate):
    approved.recipients((FORUM, "in@example.org"), (FORUM, "out@example.com", {**EXCEPTION, "name": "Bo Other"}))
    with SmtpServer(certificate) as server:
        approved.mail(server, authority)
        approved.send()
        approved.recipients((FORUM, "in@example.org"), (FORUM, "out@example.com", {**EXCEPTION, "name": "Bo Other", "to": TODAY}))
        correct(approved)
        approved.send(0, SECOND, "--correction", today=LATER)
        message = by_address(server, 2)["out@example.com"]
    assert str(message["Subject"]).startswith("[secure] OFFICIAL: ") and "Bo Other" in str(message["To"]) and attachments(message) == {}


OBSTACLES = {
    "no row with an exception any more": ((FORUM, "in@example.org"), "its domain is not on the allow-list, and no row says who approved an exception"),
    "an exception that came later": ((FORUM, "out@example.com", {**EXCEPTION, "from": "2026-02-01"}), "no row says who approved an exception"),
    "an exception that was taken back": ((FORUM, "out@example.com"), "nobody has approved an exception"),
    "a row that cannot be read": ((FORUM, "out@example.com", {**EXCEPTION, "to": "soon"}), "its last day 'soon' is no date"),
}


@pytest.mark.parametrize("name", OBSTACLES)
def test_who_cannot_be_written_to_is_named_until_somebody_has_told_them(approved, authority, certificate, name):
    row, reason = OBSTACLES[name]
    rest = ("--correction",)
    approved.recipients((FORUM, "in@example.org"), (FORUM, "out@example.com", EXCEPTION))
    with SmtpServer(certificate) as server:
        approved.mail(server, authority)
        approved.send()
        rows = [(FORUM, "in@example.org")] if row[1] == "in@example.org" else [(FORUM, "in@example.org"), row]
        approved.recipients(*rows)
        correct(approved)
        rehearsed = approved.rehearse(SECOND, *rest, code=5)
        assert goes(rehearsed) == [(FORUM, "in@example.org", "correction")] and rehearsed["left_out"] == []
        told = ("send", "--resolve", SECOND, "--to", "OUT@example.com", "--told", *NOTE)
        assert approved.call(*told).returncode == 1  # nothing was sent yet, so nothing is open
        for _ in range(2):
            out = approved.send(5, SECOND, *rest)
            (line,) = lines_of(out, "out@example.com")
            assert "to be told by somebody (recall; has version 1): was sent on 15 January 2026 (2025-07-31-1), and no mail may go there: " in line
            assert reason in line and f"boardpack send --resolve {SECOND} --forum {FORUM} --to out@example.com --told --by NAME --note TEXT" in line
        done = approved.call("send", "--approved", "--confirm", "approved")
        assert done.returncode == 5 and lines_of(done.stdout, "out@example.com") == [line]
        assert server.recipients()[2:] == ["in@example.org"]
        assert kinds(approved)["out"] == ("recall", "planned")
        assert approved.well(*told).stdout == f"{FORUM}  out@example.com: was told\n"
        assert approved.call(*told).returncode == 1
        approved.send(0, SECOND, *rest)
        approved.well("send", "--approved", "--confirm", "approved")
        assert len(server.held) == 3
    (kept,) = [each for each in approved.sends(SECOND) if each["kind"] == "recall"]
    assert kept["state"] == "told" and kept["words"] == "Sam Example says that they were told: Rang them." and not kept["attached"]


def test_a_correction_that_was_asked_for_without_the_option_names_the_call(ready, authority, certificate):
    with SmtpServer(certificate) as server:
        ready.mail(server, authority)
        ready.send()
    correct(ready)
    done = ready.call("send", SECOND, "--forum", FORUM)
    assert done.returncode == 1 and f"next, for corrections: boardpack send {SECOND} --forum {FORUM} --correction\n" in done.stderr
    assert "next, for" not in ready.call("send", SECOND, "--correction").stderr


def test_a_recall_that_is_refused_can_be_told(ready, authority, certificate):
    with SmtpServer(certificate, cue=lambda step, count: b"550 5.1.1 has left" if (step, count) == ("RCPT", 6) else None) as server:
        ready.mail(server, authority)
        ready.send()
        ready.recipients(*((FORUM, address) for address in ALL[1:]))
        correct(ready)
        done = ready.call("send", SECOND, "--correction", "--confirm", SECOND)
        assert done.returncode == 5 and "a@example.org: rejected (recall; has version 1): 550" in done.stdout
        assert f"then: boardpack send --resolve {SECOND} --forum {FORUM} --to {ALL[0]} --told --by NAME --note TEXT\n" in done.stderr
        ready.well("send", "--resolve", SECOND, "--forum", FORUM, "--to", ALL[0], "--told", *NOTE)
        ready.send(0, SECOND, "--correction")
        assert server.recipients()[3:] == ALL[1:]
        wrong = ready.call("send", "--resolve", SECOND, "--to", ALL[1], "--told", *NOTE)
        assert wrong.returncode == 1 and "no recall of 2025-07-31-2 to that address is still to be told" in wrong.stderr


def test_a_doubtful_correction_is_found_out_before_its_recall(ready, authority, certificate):
    with SmtpServer(certificate, cue=lambda step, count: TAKE_AND_RESET if (step, count) == ("DOT", 4) else None) as server:
        ready.mail(server, authority)
        ready.send()
        correct(ready)
        ready.send(5, SECOND, "--correction")
        ready.recipients(*((FORUM, address) for address in ALL[1:]))
        out = ready.send(5, SECOND, "--correction")
        assert "a@example.org: DOUBTFUL (correction)" in out and len(server.held) == 6
        ready.well("send", "--resolve", SECOND, "--to", ALL[0], "--not-arrived", *NOTE)
        ready.send(0, SECOND, "--correction")
        assert server.recipients()[6:] == [ALL[0]] and attachments(parse(server.held[-1][2])) == {}


def test_who_has_the_new_version_is_not_told_to_delete_the_old(ready, authority, certificate):
    with SmtpServer(certificate) as server:
        ready.mail(server, authority)
        ready.send()
        correct(ready)
        ready.send(0, SECOND, "--correction")
        ready.mail(server, authority, domains="other.example")
        out = ready.send(1, SECOND, "--correction")
        assert len(server.held) == 6
    for row, address in enumerate(ALL, 2):
        assert lines_of(out, address) == [f"{FORUM}  {address}: data/recipients.csv, row {row}: its domain is not on the allow-list, and nobody has approved an exception"]


# ---- any list ----


def test_random_changes_reach_nobody_with_a_pack_who_is_not_in_the_forum_on_that_day(approved, authority, certificate):
    """What is right is worked out here again, from the rows as they are typed on the day of each version."""
    seed = random.Random(20260116)
    days = ["", TODAY, "2026-01-14", "2027-01-01"]

    def draw():
        rows = {}
        for letter in "abcdefghijklmnopqrstuv":
            address = f"{letter}@{'example.com' if letter > 'i' else 'example.org'}"
            if seed.random() < 0.8:
                rows[address] = {"to": seed.choice(days), "exception_approved_by": seed.choice(["", "Ann Other"]), "xlsx": seed.choice(["yes", ""])}
        return rows

    def may_get(row, address, day):
        return row is not None and day <= (row["to"] or "9999") and (address.endswith(".org") or row["exception_approved_by"] != "")

    def may_be_written_to(row, address):
        if address.endswith(".org"):
            return True
        return row is not None and row["exception_approved_by"] != "" and TODAY <= (row["to"] or "9999")

    with SmtpServer(certificate) as server:
        approved.mail(server, authority)
        first = draw()
        approved.recipients(*((FORUM, address, row) for address, row in first.items()))
        approved.send(5)  # those outside without an exception are to be seen to
        had = {address for address, row in first.items() if may_get(row, address, TODAY)}
        assert sorted(server.recipients()) == sorted(had) and len(had) > 5
        second = draw()
        approved.recipients(*((FORUM, address, row) for address, row in second.items()))
        correct(approved)
        now = {address for address, row in second.items() if may_get(row, address, LATER)}
        recalled = {address for address in had - now if may_be_written_to(second.get(address), address)}
        untold = had - now - recalled
        assert recalled and untold and now - had and now & had
        out = approved.send(5, SECOND, "--correction", today=LATER)
        to, got = server.recipients()[len(had):], by_address(server, len(server.held) - len(had))
    assert len(to) == len(set(to)) and set(to) == now | recalled
    for address, message in got.items():
        assert [each.addr_spec for each in message["To"].addresses] == [address]
        assert len(attachments(message)) == (0 if address in recalled else 2 if second[address]["xlsx"] else 1), address
        assert ("delete version 1" in body(message)) == (address in had)
    assert {line.split()[1].rstrip(":") for line in out.splitlines() if "no mail may go there" in line} == untold


# ---- what is said of it ----


def test_what_went_is_told_not_what_would_go_now(ready, authority, certificate):
    """A message that was accepted is what it was, whatever the row says since."""
    ready.recipients((FORUM, ALL[0], {"xlsx": "no"}), (FORUM, "out@example.com", EXCEPTION))
    with SmtpServer(certificate) as server:
        ready.mail(server, authority)
        ready.send()
        ready.recipients((FORUM, ALL[0], {"xlsx": "yes"}), (FORUM, "out@example.com", EXCEPTION))
        assert "already accepted on 15 January 2026 (pack)\n" in ready.call("send", RUN, "--forum", FORUM).stdout
        (message, _) = ready.rehearse()["messages"]
        assert [each["path"] for each in message["files"]] == [f"{FORUM}/{FORUM}-{AS_OF}.pdf"]
        assert message["message_id"] == str(parse(server.held[0][2])["Message-Id"]).strip("<>")


def test_a_test_says_that_it_is_one_and_what_the_others_will_be_told(programme, authority, certificate):
    me = ("--to-me", "me@example.org")
    programme.well("approve", RUN, *BY, "--forum", FORUM)
    with SmtpServer(certificate) as server:
        programme.mail(server, authority)
        programme.send(0, RUN, "--forum", FORUM, *me)
        correct(programme)
        programme.send(0, SECOND, *me)
        programme.well("build", "--as-of", AS_OF, "--forum", FORUM, "--draft")
        programme.send(0, THIRD_RUN, *me)
        first, second, draft = (parse(each[2]) for each in server.held)
    for message in (first, second, draft):
        assert "This is a test. It went to you alone." in body(message)
    assert "Draft: not approved." in body(draft) and "Draft" not in body(first) and "Draft" not in body(second)
    assert "delete version" not in body(first) and "Corrected board pack" in str(second["Subject"])
    assert f"What changed - {WHAT}" in body(second)
    assert "Version 2 replaces version 1. Please delete version 1, and any copies." in body(second)
    assert set(attachments(second)) == {f"{FORUM}-{AS_OF}-v2.pdf", f"{FORUM}-{AS_OF}-v2.xlsx"}


# ---- nobody gets it ----


def test_a_pack_that_nobody_gets_is_a_failure(approved, authority, certificate):
    approved.recipients((FORUM, "a@example.net"), (THIRD, "b@example.org"))
    with SmtpServer(certificate) as server:
        approved.mail(server, authority, domains="other.example")
        for arguments in (("--forum", FORUM), ()):
            assert "none of its rows may be sent to" in approved.send(1, RUN, *arguments)
        done = approved.call("send", "--approved", "--confirm", "approved")
        assert done.returncode == 1 and "none of its rows may be sent to" in done.stdout
        assert approved.sends() == []
        approved.mail(server, authority)
        approved.send(5)
        assert server.recipients() == ["b@example.org"]
        approved.send(1, RUN, "--forum", FORUM)


# ---- finding out ----


def test_a_finding_is_of_one_forum(approved, authority, certificate):
    approved.recipients((FORUM, "both@example.org"), (THIRD, "both@example.org"), (SENSITIVE, "both@example.org"))
    with SmtpServer(certificate, cue=lambda step, count: TAKE_AND_RESET if step == "DOT" and count <= 2 else None) as server:
        approved.mail(server, authority)
        approved.send(5)
        resolve = ("send", "--resolve", RUN, "--to", "both@example.org", "--arrived", *NOTE)
        done = approved.call(*resolve)
        doubtful = [each["forum"] for each in approved.sends() if each["state"] == "doubtful"]
        assert len(doubtful) == 2
        assert done.returncode == 2 and f"both@example.org has doubtful messages of {' and '.join(doubtful)}: say which with --forum" in done.stderr
        names = {FORUM: "Borough Based Partnership", THIRD: "SEND and AP Programme Board"}
        first, second = doubtful
        approved.well(*resolve, "--forum", names.get(first, first))
        assert [each["forum"] for each in approved.sends() if each["state"] == "doubtful"] == [second]
        assert approved.call(*resolve, "--forum", first).returncode == 1
        approved.well(*resolve)  # one is left: no question which
    assert {each["state"] for each in approved.sends()} == {"accepted"}
