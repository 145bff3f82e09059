"""What `send`, `approve` and `list sends` print: an officer who has only that must see what would go to whom and why, what went, and the
command to give next, as it can be typed."""

import json
import re
import shlex

import pytest

from mail_programme import authority, certificate  # noqa: F401 (fixtures)
from sending_programme import (ALL, AS_OF, BY, FORUM, FORUMS, LATER, RUN, SENSITIVE, THIRD, approved, built, goes, programme,  # noqa: F401
                               ready)

from support.smtp_server import TAKE_AND_RESET, SmtpServer

EXCEPTION = {"exception_approved_by": "Ann Other"}
FOUND = ("--by", "Sam Example", "--note", "Asked by telephone.")


def next_commands(done):
    """The commands that are named as the next, without "boardpack"; what a person fills in is filled in."""
    commands = [re.sub(r"; .*", "", line.split(": boardpack ", 1)[1]) for line in done.stderr.splitlines() if ": boardpack " in line]
    filled = [each.replace("--arrived|--not-arrived", "--arrived").replace("NAME", "'Ann Other'").replace("ROLE", "Chair")
              .replace("TEXT", "'Rang them.'") for each in commands]
    return [shlex.split(each) for each in filled]


def refusing(table):
    return lambda *at: table.get(at)


# ---- a rehearsal ----


def test_a_rehearsal_says_what_each_pack_is_and_why_each_address_gets_what(approved):
    approved.recipients(
        (FORUM, "ann@example.org", {"name": "Ann Member", "xlsx": "yes"}), (FORUM, "out@example.com", {"name": "Out Sider", **EXCEPTION}),
        (FORUM, "no@example.com"), (FORUM, "old@example.org", {"to": "2025-12-31"}), (FORUM, "new@example.org", {"from": "2026-02-01"}),
        (SENSITIVE, "out@example.com", {"name": "Out Sider", **EXCEPTION}))
    done = approved.call("send", RUN)
    assert done.returncode == 5  # somebody is to get it, and cannot
    packs = dict(zip([THIRD, FORUM, SENSITIVE], re.split(r"(?m)^(?=\S+, version 1, )", done.stdout)[1:]))
    bbp = packs[FORUM]
    assert bbp.startswith("bbp, version 1, OFFICIAL: Borough Based Partnership, meeting on 25 September 2025\n")
    kilobytes = {form: -(-approved.output(FORUM, form).stat().st_size // 1000) for form in ("pdf", "xlsx")}
    pages = next(each["pages"] for each in json.loads((approved.run_folder / "manifest.json").read_text())["outputs"]
                 if each["path"] == f"{FORUM}/{FORUM}-{AS_OF}.pdf")
    assert f"    bbp-{AS_OF}.pdf ({pages} pages, {kilobytes['pdf']} KB), bbp-{AS_OF}.xlsx ({kilobytes['xlsx']} KB)\n" in bbp
    assert "approved by Ann Other, Programme Manager, on 15 January 2026\n" in bbp
    assert f"messages in {approved.folder / 'output' / 'rehearsals' / RUN / FORUM}\n" in bbp
    assert "  001.eml  ann@example.org  Ann Member  pack and workbook\n" in bbp
    assert "  002.eml  out@example.com  Out Sider   pack; outside the allow-list, exception by Ann Other\n" in bbp
    assert re.search(r"\n +no@example\.com +left out: data/recipients\.csv, row 4: its domain is not on the allow-list, and nobody has approved an exception\n", bbp)
    assert "2 rows not in force today: 1 ended, 1 still to come\n" in bbp and "old@" not in bbp and "new@" not in bbp
    sensitive = packs[SENSITIVE]
    assert ", OFFICIAL-SENSITIVE: Children's Delivery Group, meeting on 6 October 2025\n" in sensitive
    assert "notice, not the pack: it is OFFICIAL-SENSITIVE and this address outside the allow-list, exception by Ann Other\n" in sensitive
    assert f"{THIRD}  {RUN}: nobody is to get it today\n" in done.stdout and "3 messages would go; nothing was sent\n" in done.stdout
    told = {each["forum"]: each for each in approved.rehearse(code=5)["packs"]}
    assert told[FORUM]["meeting"] == "2025-09-25" and told[FORUM]["not_in_force"] == 2 and told[FORUM]["files"][0]["pages"] == pages
    assert told[SENSITIVE]["marking"] == "OFFICIAL-SENSITIVE" and told[SENSITIVE]["version"] == 1


def test_the_command_after_each_outcome_is_the_one_to_type(programme, authority, certificate):
    """Followed from one to the next, without anything else known, they lead from the built run to its delivery."""
    programme.recipients(*((FORUM, address) for address in ALL))
    refused = programme.call("send", RUN, "--forum", "Borough Based Partnership")
    (command,) = [line.split("to approve it: boardpack ", 1)[1] for line in refused.stdout.splitlines() if "to approve it" in line]
    done = programme.well(*shlex.split(command.replace("NAME", "'Ann Other'").replace("ROLE", "Chair")))
    rehearse, rest = next_commands(done)
    assert f"not approved yet: 2 of {len(FORUMS)}" in done.stderr
    again = programme.call("approve", RUN, *BY)
    assert again.returncode == 1 and "is approved already, by Ann Other; to approve the rest: boardpack approve" in again.stderr
    assert next_commands(programme.well(*rest)) == [["send", RUN, "--forum", THIRD, "--forum", SENSITIVE]]
    table = {("RCPT", 1): b"550 5.1.1 unknown", ("DOT", 1): TAKE_AND_RESET}
    with SmtpServer(certificate, cue=refusing(table)) as server:
        programme.mail(server, authority)
        done = programme.well(*rehearse)
        assert server.connections == 0
        (send,) = next_commands(done)
        done = programme.call(*send)
        assert done.returncode == 5 and programme.states() == {"a": "rejected", "b": "doubtful", "c": "accepted"}
        resolve, again = next_commands(done)
        assert again == send and "next, for 1 rejected: the same command" in done.stderr
        assert next_commands(programme.call(*rehearse)) == [resolve, send], "a rehearsal says it, too"
        assert next_commands(programme.call("list", "sends")) == [resolve], "and so does the list"
        programme.well(*resolve)
        (listing,) = next_commands(programme.well(*again))
        assert programme.states() == dict.fromkeys("abc", "accepted")
    assert "3 messages: 3 accepted" in programme.well(*listing).stdout


def test_quiet_leaves_the_next_command_out(ready):
    assert "next" in ready.call("send", RUN).stderr
    assert ready.call("send", RUN, "--quiet").stderr == "" and ready.call("approve", RUN, *BY, "--quiet").stderr.count("\n") == 1


def test_a_refusal_for_good_goes_by_name_after_a_scheduled_call(ready, authority, certificate):
    with SmtpServer(certificate, cue=refusing({("RCPT", 2): b"550 5.1.1 unknown"})) as server:
        ready.mail(server, authority)
        done = ready.call("send", "--approved", "--confirm", "approved")
        assert done.returncode == 5 and next_commands(done) == [["send", RUN, "--confirm", RUN]]
        ready.well(*next_commands(done)[0])
        assert sorted(server.recipients()) == ALL


# ---- what went now, and before ----


def test_what_was_sent_before_is_not_told_as_done_now(ready, authority, certificate):
    with SmtpServer(certificate) as server:
        ready.mail(server, authority)
        ready.send()
        ready.recipients(*((FORUM, address) for address in [*ALL, "new@example.org", "out@example.com"]))
        told = ready.call("send", RUN, today=LATER).stdout
        assert len(re.findall(r"already accepted on 15 January 2026 \(pack\)\n", told)) == 3 and "1 message would go" in told
        out = ready.send(5, RUN, today=LATER)
        assert out.endswith("4 messages: 4 accepted; accepted now: 1, before: 3\n")
        assert "not accepted:" not in out, "nothing that went was refused"
        assert f"left out:\n{FORUM}  out@example.com: data/recipients.csv, row 6: its domain" in out


@pytest.mark.parametrize("row", [{"to": "2026-01-15"}, None])
def test_what_waited_for_a_row_that_has_ended_is_given_up(ready, authority, certificate, row):
    with SmtpServer(certificate, cue=lambda step, count: b"450 4.2.1 later" if step == "RCPT" and count > 2 else None) as server:
        ready.mail(server, authority)
        ready.send(5)
        assert ready.states() == {"a": "accepted", "b": "accepted", "c": "deferred"}
        ready.recipients(*((FORUM, address) for address in ALL[:2]), *([(FORUM, ALL[2], row)] if row else []))
        rehearsed = ready.rehearse(today=LATER)
        assert [(each["address"], each["reason"]) for each in rehearsed["left_out"]] == [(ALL[2], "given up: the row ended")]
        assert ready.states()["c"] == "deferred", "a rehearsal changes nothing"
        out = ready.send(0, RUN, today=LATER)
        assert f"left out:\n{FORUM}  {ALL[2]}: given up: the row ended\n" in out
        assert ready.states()["c"] == "failed"
        assert "failed on 16 January 2026" in ready.call("list", "sends", RUN).stdout
        assert "given up" not in ready.send(0, RUN, today=LATER)
    ready.recipients(*((FORUM, address) for address in ALL))  # who comes back gets it
    assert goes(ready.rehearse(today=LATER)) == [(FORUM, ALL[2], "pack")]


def test_what_waited_for_a_row_that_is_refused_is_named_once(ready, authority, certificate):
    ready.recipients((FORUM, "a@example.org"), (FORUM, "out@example.com", EXCEPTION))
    with SmtpServer(certificate, cue=lambda step, count: b"450 4.2.1 later" if step == "RCPT" and count > 1 else None) as server:
        ready.mail(server, authority)
        ready.send(5)
        ready.recipients((FORUM, "a@example.org"), (FORUM, "out@example.com"))
        out = ready.send(5)
    assert len(re.findall(r"out@example\.com", out)) == 1 and "out@example.com: data/recipients.csv, row 3: its domain is not on the allow-list" in out
    (kept,) = [each for each in ready.sends() if each["address"] == "out@example.com"]
    assert kept["state"] == "failed" and kept["words"].startswith("given up: data/recipients.csv, row 3: its domain is not on the allow-list")


def test_what_is_held_or_tested_gives_nothing_up(ready, authority, certificate):
    with SmtpServer(certificate, cue=lambda step, count: b"450 4.2.1 later" if step == "RCPT" and count < 10 else None) as server:
        ready.mail(server, authority)
        ready.send(1)
        waiting = {"a": "deferred", "b": "deferred", "c": "deferred"}
        assert ready.states() == waiting
        ready.recipients((FORUM, "new@example.com"))  # none of its rows may be sent to: something is wrong with the list
        ready.send(1)
        assert ready.states() == waiting
        ready.send(0, RUN, "--to-me", "me@example.org", "--forum", FORUM)
        assert ready.states() == {**waiting, "me": "accepted"}


@pytest.mark.parametrize("quiet", [False, True])
def test_a_wait_is_told_while_it_lasts(ready, authority, certificate, quiet):
    with SmtpServer(certificate, cue=refusing({("RCPT", 3): b"450 4.2.1 later"})) as server:
        ready.mail(server, authority)
        done = ready.call("send", RUN, "--confirm", RUN, *(["--quiet"] if quiet else []))
    assert done.returncode == 0 and ("1 message again in 1 second (try 2 of 3)\n" in done.stderr) is not quiet


# ---- a file that is not what it was ----


def test_a_changed_file_is_put_back_or_corrected(approved):
    approved.recipients((FORUM, "ann@example.org"))
    path = approved.output(FORUM)
    path.chmod(0o640)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    (held,) = [each for each in approved.rehearse(code=1)["held"] if each["forum"] == FORUM]
    assert "put it back from the backup" in held["reason"] and "correction" in held["reason"]


def test_the_note_of_changed_rules_has_a_remedy_and_is_for_what_goes(ready, authority, certificate):
    rules = ready.folder / "config" / "forums.ini"
    kept = rules.read_bytes()
    rules.write_bytes(kept + b"\n; changed\n")
    noted = ready.call("send", RUN)
    assert "without summary, asks and the meeting's date: config/forums.ini" in noted.stderr
    (source,) = re.findall(r"put it back from (\S+), or build a correction", noted.stderr)
    rules.write_bytes((ready.folder / source / "config" / "forums.ini").read_bytes())
    assert "note" not in ready.call("send", RUN).stderr
    with SmtpServer(certificate) as server:
        ready.mail(server, authority)
        ready.send()
    rules.write_bytes(kept + b"\n; changed\n")
    assert "note" not in ready.call("send", RUN).stderr, "nothing goes"


# ---- masked ----


def test_with_mask_no_address_is_whole_whoever_says_it(ready, authority, certificate):
    """Servers name addresses in their own spelling, and others than the recipient's."""
    words = b"550 5.1.1 <B@Example.ORG> unknown; ask Post.Master@mail.example.net"
    long = "x" * 120 + "@example.org"
    ready.recipients(*((FORUM, address) for address in [*ALL, long, '"q r"@example.org', "zoë@example.org"]))
    printed = []
    with SmtpServer(certificate, cue=refusing({("RCPT", 2): words, ("MAIL", 4): b"530 5.7.0 login first, <Office@Example.ORG>"})) as server:
        ready.mail(server, authority)
        for extra in ([], ["--json"], ["--confirm", RUN], ["--confirm", RUN, "--json"]):
            printed.append(ready.call("send", RUN, "--mask", *extra))
        printed.append(ready.call("send", RUN, "--to-me", "me@example.com", "--mask"))
        printed.append(ready.call("send", "--resolve", RUN, "--to", ALL[0], "--arrived", *FOUND, "--mask"))
    for extra in ([], ["--json"], ["--to", ALL[0]], ["--to", "nobody@example.org"]):
        printed.append(ready.call("list", "sends", RUN, "--mask", *extra))
    said = "".join(done.stdout + done.stderr for done in printed)
    assert "nothing can be sent: 530" in said and "P***@mail.example.net" in said and "O***@Example.ORG" in said
    for word in re.findall(r"[^\s<>()\"',;:]*@[\w.-]+", re.sub(r'"message_id": "[^"]*"', "", said)):
        assert re.fullmatch(r"\S?\*\*\*@[\w.-]+", word), word
    assert "x" * 50 not in said and "zoë" not in said and "q r" not in said
