"""`collect`: each lead gets their own update sheet once, is reminded without being harassed, and hears no more once it has come back. Whoever
has not answered is named, and nobody ever gets another lead's sheet, whatever happens to the program or the server."""

import csv
import hashlib
import io
import json
import os
import pathlib
import random
import re
import shutil
import sqlite3

import openpyxl
import pytest

from conftest import ROOT, copy_programme
from lead_programme import (ALL, ANN, AS_OF, BO, CY, DUE, FIRST_DAY, RUN, SECOND, THREE, Programme, built, eml, going, lead_of, plain,  # noqa: F401
                            programme, steps, words)
from mail_programme import attachments, authority, certificate, parse, run_axe  # noqa: F401 (fixtures)
from support.smtp_server import SmtpServer


# ---- a rehearsal ----


def test_rehearsal_says_what_would_happen_and_opens_no_connection(programme, authority, certificate):
    with SmtpServer(certificate) as server:
        programme.mail(server, authority)
        answer = programme.rehearse()
        text = programme.well("collect", code=5)
        assert server.connections == 0
    assert (answer["as_of"], answer["due"]) == (AS_OF, DUE)
    assert going(answer) == [(lead, "send") for lead in THREE]
    assert len(answer["leads"]) == len(answer["not_returned"]) == 10 and len(answer["without_address"]) == 7
    assert set(answer["without_address"]).isdisjoint(THREE)
    assert set(answer["leads"][0]) == {"lead", "run", "address", "actions", "values", "returned", "returned_on", "sent_on", "reminded_on", "next",
                                       "words", "message"}
    assert programme.sends() == []
    assert re.search(rf"^{ANN} +ann@example.org  +send  .*/{RUN}/updates/002.eml$", text.stdout, re.MULTILINE)
    assert "not returned, 10 of 10:" in text.stdout and f"  {ANN}: not sent yet" in text.stdout
    assert re.search(r"^  .*: no address in leads.csv$", text.stdout, re.MULTILINE)
    assert "rehearsal: 3 messages would go; nothing was sent" in text.stdout and "--confirm latest" in text.stderr


def test_the_message_carries_the_sheet_and_says_what_is_asked(programme):
    answer = programme.rehearse()
    message = eml(programme, answer, ANN)
    assert str(message["Subject"]) == f"OFFICIAL: SEND programme: Update sheet: {ANN}, due 20 August 2025"
    assert str(message["To"]) == f"{ANN} <ann@example.org>" and message["Reply-To"] is None and message["In-Reply-To"] is None
    ((name, workbook),) = attachments(message).items()
    assert workbook == (programme.sheets() / name).read_bytes() and lead_of(workbook) == ANN
    text, html = plain(message), message.get_body(("html",)).get_content()
    for part in ("send it back by 20 August 2025", "5 open actions and 3 values of measures that are due, as at 31 July 2025",
                 "2.2.3 Timely answers to families: Off track, due 31 March 2025, 122 days late", "Leave a cell blank if nothing has changed",
                 "answering this message, with the workbook attached, or to office@example.org"):
        assert part in text and part in html, part
    urgent = text.split("Most in need of an update\n")[1].split("\n\n")[0].splitlines()
    assert 1 <= len(urgent) <= 5
    shown = sum(int(values.group(1)) if (values := re.search(r": (\d+) values, ", line)) else 1 for line in urgent)
    assert f"And {8 - shown} more in the sheet." in text
    again = programme.rehearse()
    assert eml(programme, again, ANN).as_bytes() == message.as_bytes()


def test_the_html_of_both_messages_passes_axe(programme, authority, certificate, tmp_path):
    with SmtpServer(certificate) as server:
        programme.mail(server, authority)
        programme.leads({ANN: "ann@example.org"})
        programme.collect()
        programme.collect("--remind", today="2025-08-19")
        pages = [parse(each[2]).get_body(("html",)).get_content() for each in server.held]
    assert len(pages) == 2
    for number, page in enumerate(pages):
        assert page.count("<h1 ") == 1 and "<li " in page and 'lang="en-GB"' in page
        (tmp_path / f"{number}.html").write_text(page)
    assert re.fullmatch(r"passes \d\d+\n", run_axe([tmp_path / "0.html", tmp_path / "1.html"]))


def test_answers_go_where_the_configuration_says(programme):
    programme.mail(more=["[collect]", "reply_to = updates@example.org"])
    message = eml(programme, programme.rehearse(), ANN)
    assert str(message["Reply-To"]) == "updates@example.org" and "or to updates@example.org" in plain(message)


def test_what_needs_most_is_left_out_when_it_is_not_certain(programme):
    rules = programme.folder / "config" / "forums.ini"
    rules.write_text(rules.read_text() + "\n; changed\n")
    text = plain(eml(programme, programme.rehearse(), ANN))
    assert "Most in need" not in text and "5 open actions" in text


def test_one_lead_by_name_or_as_in_file_names(programme):
    for name in ("service manager for learner support", "service-manager-for-learner-support"):
        assert list(steps(programme.rehearse("--lead", name))) == [ANN]
    assert programme.call("collect", "--lead", "Nobody").returncode == 2


def test_a_test_goes_to_one_address_and_changes_nothing(programme, authority, certificate):
    with SmtpServer(certificate) as server:
        programme.mail(server, authority)
        programme.collect("--to-me", "me@example.org", "--lead", ANN)
        programme.collect("--to-me", "me@example.org", "--lead", ANN, "--remind")
        assert server.recipients() == ["me@example.org"] * 2
        first, reminder = (str(parse(each[2])["Subject"]) for each in server.held)
        assert first.startswith("OFFICIAL: [TEST] SEND programme: Update sheet") and "[TEST] SEND programme: Reminder" in reminder
        assert programme.call("collect", "--to-me", "me@example.com", "--confirm", "latest").returncode == 2
        assert going(programme.rehearse()) == [(lead, "send") for lead in THREE]


def mark_sensitive(programme):
    rules = programme.folder / "config" / "forums.ini"
    rules.write_text(rules.read_text().replace("marking = OFFICIAL\n", "marking = OFFICIAL-SENSITIVE\n"))


@pytest.mark.parametrize("is_built_again", [True, False])
def test_a_test_of_a_sensitive_sheet_goes_to_the_sender_and_named_testers_alone(programme, authority, certificate, is_built_again):
    """Also of one that was made while its marking asked for less."""
    mark_sensitive(programme)
    if is_built_again:
        programme.call("build", "--as-of", AS_OF, "--format", "update")
    with SmtpServer(certificate) as server:
        programme.mail(server, authority)
        for arguments in ([], ["--confirm", "latest"]):
            done = programme.well("collect", "--to-me", "all-staff@example.org", "--lead", ANN, *arguments, code=1)
            assert "marked OFFICIAL-SENSITIVE" in done.stdout and "'testers' of [mail] in config/mail.ini" in done.stdout
        assert server.connections == 0 and not list((programme.folder / "output").rglob("*.eml"))
        programme.collect("--to-me", "Office@example.org", "--lead", ANN)
        settings = programme.folder / "config" / "mail.ini"
        settings.write_text(settings.read_text().replace("[mail]\n", "[mail]\ntesters = bo@example.org | All-Staff@example.org\n"))
        programme.collect("--to-me", "all-staff@example.org", "--lead", ANN)
        assert server.recipients() == ["Office@example.org", "all-staff@example.org"]


@pytest.mark.parametrize("arguments, message", [
    (["--confirm", RUN], f"--confirm {RUN} is not latest: nothing was sent"),
    ([RUN, "--confirm", "latest"], f"is not {RUN}: nothing was sent"),
    (["--to-me", "x"], "is no e-mail address"),
    (["--arrived"], "go with --resolve"),
    (["--resolve", "--to", "a@example.org"], "collect --resolve RUN --to ADDRESS"),
    ([f"{AS_OF}-9"], f"there is no run '{AS_OF}-9'"),
    (["--approved"], "'collect' has no option --approved"),
])
def test_wrong_usage_ends_2(programme, arguments, message):
    done = programme.call("collect", *arguments)
    assert done.returncode == 2 and message in done.stderr and programme.sends() == []


def test_a_run_without_sheets_and_a_programme_without_any(tmp_path, programme):
    programme.call("build", "--as-of", AS_OF, "--forum", "bbp", "--format", "text")
    done = programme.call("collect", SECOND)
    assert done.returncode == 1 and f"{SECOND} made no update sheets" in done.stderr
    fresh = Programme(copy_programme(ROOT, tmp_path / "fresh"))
    fresh.call("import")
    done = fresh.call("collect")
    assert done.returncode == 1 and "no update sheets have been made yet" in done.stderr


# ---- sending ----


def test_each_lead_gets_their_sheet_once(programme, authority, certificate):
    with SmtpServer(certificate) as server:
        programme.mail(server, authority)
        rehearsed = programme.rehearse()
        expected = [eml(programme, rehearsed, lead).as_bytes() for lead in THREE]
        out = programme.collect(run=RUN)
        assert server.recipients() == ALL and server.connections == 1
        assert [parse(each[2]).as_bytes() for each in server.held] == expected
        assert f"{ANN}  ann@example.org: accepted (update sheet): 250" in out and "3 messages: 3 accepted" in out
        assert f"  {ANN}: sent 1 August 2025" in out
        for today in (FIRST_DAY, "2025-08-02", "2025-07-30"):  # the clock may have been set back
            programme.collect(today=today)
            programme.collect(run=RUN, today=today)
        assert len(server.held) == 3
    for each in programme.sends():
        assert (each["kind"], each["forum"], each["round"], each["state"]) == ("sheet", None, 0, "accepted")
    assert [each["lead"] for each in programme.sends()] == list(THREE)
    assert f"{RUN}  {ANN}, sheet  ann@example.org: accepted" in programme.call("list", "sends").stdout.replace(f"{RUN}, ", f"{RUN}  ")


def test_a_sheet_that_was_sent_comes_back_and_its_lead_hears_no_more(programme, authority, certificate, tmp_path):
    with SmtpServer(certificate) as server:
        programme.mail(server, authority)
        programme.collect()
        ((name, workbook),) = attachments(parse(server.held[1][2])).items()
        book = openpyxl.load_workbook(io.BytesIO(workbook))
        header = next(row for row in book["Actions"].iter_rows() if row[0].value == "Plan")
        column = next(cell.column for cell in header if str(cell.value).startswith("Progress"))
        book["Actions"].cell(header[0].row + 1, column).value = "Trained 40 officers."
        book.save(tmp_path / name)
        done = programme.well("import", tmp_path / name, today="2025-08-05")
        assert "Trained 40 officers." in "".join(path.read_text() for path in (programme.folder / "data").glob("updates-return-*.csv")), done.stdout
        answer = programme.rehearse("--remind", today="2025-09-01")
        assert words(answer, ANN) == "returned on 5 August 2025" and steps(answer)[ANN] == "nothing" and ANN not in answer["not_returned"]
        assert going(answer) == [(BO, "remind"), (CY, "remind")]
        programme.collect("--remind", today="2025-09-01")
        assert server.recipients()[3:] == ["bo@example.org", "cy@example.org"]


def test_all_have_come_back(programme):
    for path in programme.sheets().iterdir():
        programme.call("import", path)
    done = programme.well("collect", "--confirm", "latest")
    assert "all 10 have come back" in done.stdout and programme.sends() == []


# ---- reminders ----


def test_reminders_begin_before_the_day_and_harass_nobody(programme, authority, certificate):
    def day(today, *arguments):
        before = len(server.held)
        programme.collect("--remind", *arguments, today=today)
        return len(server.held) - before

    with SmtpServer(certificate) as server:
        programme.mail(server, authority)
        programme.leads({ANN: "ann@example.org"})
        assert day(FIRST_DAY) == 1 and day(FIRST_DAY) == 0
        assert [day(f"2025-08-{number:02}") for number in (4, 16)] == [0, 0]  # three days before the day and no earlier
        programme.collect(today="2025-08-18")  # nobody is reminded without being told to
        assert len(server.held) == 1
        assert words(programme.rehearse(today="2025-08-18"), ANN) == "sent on 1 August 2025; --remind would remind"
        assert [day(f"2025-08-{number:02}") for number in range(17, 32)] == [1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]
        last = words(programme.rehearse("--remind", today="2025-09-20"), ANN)
        assert last == "reminded 3 times, last on 23 August 2025, and no more by e-mail: talk to them"
        first, before, on, late = (parse(each[2]) for each in server.held)
    assert [each["round"] for each in programme.sends()] == [0, 1, 2, 3]
    assert str(late["Subject"]) == f"OFFICIAL: SEND programme: Reminder: update sheet: {ANN}, due 20 August 2025"
    for reminder in (before, on, late):
        assert str(reminder["In-Reply-To"]) == str(reminder["References"]) == str(first["Message-Id"])
        assert attachments(reminder) == attachments(first)
    assert "It is due on 20 August 2025, in 3 days." in plain(before) and "It is due today, 20 August 2025." in plain(on)
    assert "It was due on 20 August 2025, 3 days ago." in plain(late)
    assert len({str(each["Message-Id"]) for each in (first, before, on, late)}) == 4


def test_the_rules_of_reminders_are_configured(programme, authority, certificate):
    with SmtpServer(certificate) as server:
        programme.leads({ANN: "ann@example.org"})
        programme.mail(server, authority, more=["[collect]", "remind_from = 10d", "remind_every = 1", "remind_at_most = 2"])
        for number in range(1, 32):
            programme.collect("--remind", today=f"2025-08-{number:02}")
        assert [str(parse(each[2])["Date"])[5:11] for each in server.held] == ["01 Aug", "10 Aug", "11 Aug"]
    programme.mail(more=["[collect]", "remind_every = 0d"])
    done = programme.call("collect")
    assert done.returncode == 1 and "config/mail.ini" in done.stderr and "give days from 1 to 60" in done.stderr


def test_the_scheduled_job_leaves_a_round_alone_that_is_long_over(programme):
    assert going(programme.rehearse(today="2025-09-20")) == [(lead, "send") for lead in THREE]
    answer = programme.rehearse(today="2025-09-21")
    assert going(answer) == [] and "due more than 31 days ago" in words(answer, ANN)
    assert going(programme.rehearse(RUN, today="2025-09-21")) == [(lead, "send") for lead in THREE]


def test_who_never_got_the_sheet_gets_it_and_no_reminder(programme, authority, certificate):
    with SmtpServer(certificate, cue=lambda step, count: b"550 5.1.1 unknown" if (step, count) == ("RCPT", 2) else None) as server:
        programme.mail(server, authority)
        programme.collect("--remind", code=5)
        assert programme.states() == {"bo": "accepted", "ann": "rejected", "cy": "accepted"}
        answer = programme.rehearse("--remind", today="2025-08-19", code=5)  # the scheduled job does not ask again
        assert steps(answer)[ANN] == "nothing" and words(answer, ANN) == "refused for good: 550 5.1.1 unknown"
        assert going(answer) == [(BO, "remind"), (CY, "remind")]
        assert (ANN, "send") in going(programme.rehearse(RUN, today="2025-08-19"))
        programme.leads({**THREE, ANN: "ann.new@example.org"})
        programme.collect("--remind", today="2025-08-19")
        assert sorted(server.recipients()[2:]) == ["ann.new@example.org", "bo@example.org", "cy@example.org"]
        assert not str(parse(next(each[2] for each in server.held if each[1] == "ann.new@example.org"))["Subject"]).count("Reminder")


# ---- which sheet, and whose ----


def test_the_newest_sheet_counts_and_the_same_one_is_not_sent_again(programme, authority, certificate):
    with SmtpServer(certificate) as server:
        programme.mail(server, authority)
        programme.leads({ANN: "ann@example.org"})
        programme.call("build", "--as-of", AS_OF, "--format", "update", "--lead", ANN)
        programme.collect()
        programme.call("build", "--as-of", AS_OF, "--format", "update", "--lead", ANN)  # the same data: the same bytes
        assert steps(programme.rehearse())[ANN] == "nothing"
        held = programme.rehearse(RUN, code=1)
        assert words(held, ANN) == f"the sheet of {AS_OF}-3 is newer and counts"
        plan = programme.folder / "data" / "leads.csv"
        plan.write_text(plan.read_text().replace("Learner Support,London", "Support,London"))
        programme.call("import")
        programme.call("build", "--as-of", AS_OF, "--format", "update", "--lead", ANN)
        answer = programme.rehearse(today="2025-08-02")
        assert going(answer) == [(ANN, "send")] and words(answer, ANN) == "in place of an earlier sheet"
        text = programme.call("collect", today="2025-08-02").stdout
        assert f"  {ANN}: sent 1 August 2025; newer sheet not sent yet\n" in text
        programme.collect(today="2025-08-02")
        assert len(server.held) == 2 and "It takes the place of the sheet that you were sent before." in plain(parse(server.held[1][2]))
        programme.collect("--remind", today="2025-08-19")
        reminder = parse(server.held[2][2])
        assert str(reminder["In-Reply-To"]) == str(parse(server.held[1][2])["Message-Id"])
        programme.give_back(ANN)  # the earlier sheet, which counts too
        assert going(programme.rehearse("--remind", code=1, today="2025-08-30")) == []  # all others have no address


def test_sheets_made_again_and_again_are_one_message_a_day(programme, authority, certificate):
    plan, support = programme.folder / "data" / "leads.csv", "Learner Support"
    with SmtpServer(certificate) as server:
        programme.mail(server, authority)
        programme.leads({ANN: "ann@example.org"})
        programme.collect()
        for word in ("One", "Two", "Three"):
            text = plan.read_text()
            plan.write_text(text.replace(f"{support},London", f"{word},London"))
            support = word
            assert plan.read_text() != text
            programme.call("import")
            programme.call("build", "--as-of", AS_OF, "--format", "update")
            run = json.loads(programme.call("list", "returns", "--json").stdout)["sheets"][0]["run"]
            for today in (FIRST_DAY, "2025-07-30"):  # the clock may have been set back
                out = programme.collect(today=today) + programme.collect(run=run, today=today)
                assert f"  {ANN}: sent 1 August 2025\n" in out
        answer = programme.rehearse()
        assert words(answer, ANN) == "a message went on 1 August 2025; this sheet, made since, goes from 2 August 2025"
        assert len(server.held) == 1
        programme.collect(today="2025-08-02")
        programme.collect(today="2025-08-02")
        assert len(server.held) == 2 and attachments(parse(server.held[1][2])) != attachments(parse(server.held[0][2]))


def test_one_lead_under_two_names_gets_one_sheet(programme, authority, certificate):
    with SmtpServer(certificate) as server:
        programme.mail(server, authority)
        aliases = programme.folder / "config" / "aliases.ini"
        aliases.write_text(aliases.read_text().replace("[leads]\n", f"[leads]\n{BO} = {ANN}\n"))
        leads = programme.folder / "data" / "leads.csv"
        leads.write_text("".join(line for line in leads.read_text().splitlines(keepends=True) if not line.startswith(BO)))
        programme.call("import")
        answer = programme.rehearse()
        assert [lead for lead, step in going(answer) if lead in (ANN, BO)] == [BO]  # the first; all sheets are of one run
        assert steps(answer)[ANN] == "held" and "is called" in words(answer, ANN)
        programme.collect()
        assert server.recipients().count("ann@example.org") == 1


def test_two_leads_with_one_address_get_their_own(programme, authority, certificate):
    with SmtpServer(certificate) as server:
        programme.mail(server, authority)
        programme.leads({ANN: "both@example.org", BO: "Both@example.org"})
        programme.collect()
        programme.collect()
        assert sorted(lead_of(*attachments(parse(each[2])).values()) for each in server.held) == sorted([ANN, BO])


def test_no_address_ever_gets_the_sheet_of_a_lead_with_another(programme):
    seed = random.Random(int(os.environ.get("BOARDPACK_KILL_SEED", "5")))
    names = [row["lead"] for row in csv.DictReader((programme.folder / "data" / "leads.csv").open(encoding="utf-8"))]
    pool = ["", "one@example.org", "two@example.org", "ONE@example.org", "three@example.com", "four@example.org", "no address", "a@example.org\tb"]
    for _ in range(12):
        chosen = {name: seed.choice(pool) for name in names}
        programme.leads(chosen)
        answer = programme.rehearse(code=programme.call("collect").returncode)
        for each in answer["leads"]:
            may = bool(re.fullmatch(r"\w+@example\.org", chosen[each["lead"]]))
            assert (each["next"] == "send") == may, each
            if not may:
                assert each["message"] is None and each["next"] in ("no address", "outside allow-list")
                continue
            message = eml(programme, answer, each["lead"])
            (workbook,) = attachments(message).values()
            assert lead_of(workbook) == each["lead"] and chosen[each["lead"]] == message["To"].addresses[0].addr_spec
            assert message["Cc"] is None and message["Bcc"] is None
        assert len(list((programme.folder / "output" / "rehearsals").rglob("*.eml"))) == len(going(answer))


def test_addresses_that_cannot_be_used_are_named(programme):
    programme.leads({ANN: "ann@example.com", BO: "bo at example.org", CY: "cy@mail.example.org"})
    answer = programme.rehearse(code=1)  # nothing may go
    assert {lead: steps(answer)[lead] for lead in THREE} == {ANN: "outside allow-list", BO: "no address", CY: "outside allow-list"}
    assert len(answer["without_address"]) == 10
    assert f"  {ANN}: address outside the allow-list of config/mail.ini" in programme.call("collect").stdout


@pytest.mark.parametrize("address, words", [("", "no address in leads.csv"), ("ann at example.org", "is no e-mail address"),
                                            ("ann@exmaple.org", "address outside the allow-list"),
                                            ("=?utf-8?q?ann?=@example.org", "has a '?'")])
def test_a_lead_who_gets_nothing_is_told_at_every_call_until_that_is_mended(programme, authority, certificate, address, words):
    """The timer's call ends so that the operator hears of it."""
    programme.await_only(ANN, BO)
    programme.leads({ANN: address, BO: "bo@example.org"})
    with SmtpServer(certificate) as server:
        programme.mail(server, authority)
        for today in (FIRST_DAY, FIRST_DAY, "2025-08-18"):
            out = programme.collect("--remind", code=5, today=today)
            assert re.search(rf"^  {ANN}: .*{re.escape(words)}", out, re.MULTILINE), out
            assert programme.rehearse("--remind", code=5, today=today)["without_address"] == [ANN]
        assert server.recipients() == ["bo@example.org"] * 2
        programme.collect("--remind", "--lead", ANN, code=1)  # nothing may go
        programme.collect("--remind", code=0, today="2025-10-01")  # nobody waits any more
        programme.leads({ANN: "ann@example.org", BO: "bo@example.org"})
        programme.collect("--remind", code=0, today="2025-08-18")
        assert server.recipients()[2:] == ["ann@example.org"]
        programme.leads({BO: "bo@example.org"})
        programme.give_back(ANN)
        programme.collect("--remind", code=0, today="2025-08-18")


@pytest.mark.parametrize("what", ["file", "manifest", "link", "store"])
def test_a_sheet_that_is_not_the_one_that_was_made_never_goes(programme, authority, certificate, what):
    path = programme.sheets() / "update-service-manager-for-learner-support-2025-07-31.xlsx"
    if what == "file":
        path.chmod(0o640)
        path.write_bytes(path.read_bytes()[:-1] + b"x")
    elif what == "link":
        shutil.move(path, programme.folder / "elsewhere.xlsx")
        path.symlink_to(programme.folder / "elsewhere.xlsx")
    elif what == "manifest":  # somebody's sheet under another's name
        manifest = path.parents[1] / "manifest.json"
        manifest.write_text(manifest.read_text().replace(f'"lead": "{ANN}"', '"lead": "X"').replace(f'"lead": "{BO}"', f'"lead": "{ANN}"'))
    else:
        sqlite3.connect(programme.folder / "output" / "boardpack.sqlite", isolation_level=None).execute("DELETE FROM manifests")
    with SmtpServer(certificate) as server:
        programme.mail(server, authority)
        out = programme.collect(code=5 if what in ("file", "link") else 1)
        assert server.recipients() == (["bo@example.org", "cy@example.org"] if what in ("file", "link") else [])
    assert re.search({"file": "was changed since it was built", "link": "is a link", "manifest": "manifest of 2025-07-31-1 was changed",
                      "store": "the store does not know the manifest"}[what], out)


def cut(manifest):
    manifest.write_bytes(manifest.read_bytes()[:-100])


def exchange(manifest):
    manifest.write_bytes((manifest.parents[1] / RUN / "manifest.json").read_bytes())


@pytest.mark.parametrize("spoil", [cut, exchange, lambda manifest: manifest.write_text("{}"), pathlib.Path.unlink])
def test_a_run_that_cannot_say_which_sheets_it_made_lets_no_older_ones_go(programme, authority, certificate, spoil):
    programme.call("build", "--as-of", AS_OF, "--format", "update")
    manifest = programme.sheets(SECOND).parent / "manifest.json"
    manifest.chmod(0o640)
    spoil(manifest)
    with SmtpServer(certificate) as server:
        programme.mail(server, authority)
        calls = (["collect"], ["collect", "--confirm", "latest"], ["collect", RUN, "--confirm", RUN], ["collect", SECOND], ["list", "returns"])
        for call in calls:
            done = programme.well(*call, code=1)
            assert f"nobody can tell which update sheets {SECOND} made" in done.stderr, done.stderr
        assert server.connections == 0
        shutil.move(manifest.parent, programme.folder / "elsewhere")  # as the message says
        programme.collect()
        assert server.recipients() == ALL


def test_a_run_whose_list_of_sheets_was_taken_out_lets_no_older_ones_go(programme):
    programme.call("build", "--as-of", AS_OF, "--format", "update")
    programme.call("build", "--as-of", AS_OF, "--forum", "bbp", "--format", "text")  # has none, and holds nothing
    assert {each["run"] for each in programme.rehearse()["leads"]} == {SECOND}
    path = programme.sheets(SECOND).parent / "manifest.json"
    path.chmod(0o640)
    path.write_text(json.dumps({**json.loads(path.read_text()), "update_sheets": []}))
    done = programme.well("collect", "--confirm", "latest", code=1)
    assert f"nobody can tell whether {SECOND} made update sheets" in done.stderr and programme.sends() == []


def test_the_only_run_that_cannot_be_read_is_named(programme):
    (programme.sheets().parent / "manifest.json").write_text("")
    for call in (["collect"], ["list", "returns"]):
        done = programme.well(*call, code=1)
        assert "nobody can tell" in done.stderr and RUN in done.stderr and "no update sheets have been made" not in done.stderr


def test_a_run_of_an_older_day_that_cannot_be_read_holds_nothing(programme):
    programme.call("build", "--as-of", "2025-06-30", "--format", "update")
    cut(next((programme.folder / "output" / "2025-06-30").glob("*/manifest.json")))
    assert going(programme.rehearse()) == [(lead, "send") for lead in THREE]


def test_a_run_of_an_older_program_is_built_again(programme):
    manifest = programme.sheets().parent / "manifest.json"
    manifest.write_text(re.sub(r' *"marking": "OFFICIAL",\n *"due": "2025-08-20",\n', "", manifest.read_text()))
    store = sqlite3.connect(programme.folder / "output" / "boardpack.sqlite", isolation_level=None)
    store.execute("UPDATE manifests SET sha256 = ?", [hashlib.sha256(manifest.read_bytes()).hexdigest()])
    store.close()
    answer = programme.rehearse(code=1)
    assert steps(answer)[ANN] == "held" and "build the sheets again" in words(answer, ANN)
