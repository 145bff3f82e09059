"""What stands between an approved pack and somebody who should not have it: forums, addresses, exceptions, days, the data folder, links, the lock
of the store, and what becomes of the others when one run cannot be read."""

import csv
import fcntl
import json
import shutil

import pytest

from mail_programme import authority, certificate  # noqa: F401 (fixtures)
from sending_programme import AS_OF, COLUMNS, FORUM, LATER, RUN, SENSITIVE, THIRD, TODAY, approved, built, eml, goes, programme  # noqa: F401 (fixtures)

from support.smtp_server import TAKE_AND_RESET, SmtpServer


def replace(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def write_recipients(programme, *rows, columns=COLUMNS):
    """The file alone: nothing is imported."""
    with open(programme.folder / "data" / "recipients.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            writer.writerow([row.get(column, "") for column in columns])


def row(forum, address, **more):
    return {"forum": forum, "address": address, **more}


def left_out(answer):
    return {each["address"] or each["row"]: each["reason"] for each in answer["left_out"]}


def held(answer):
    return {each["forum"]: each["reason"] for each in answer["held"]}


# ---- forums ----


def test_pack_of_a_forum_that_is_gone_goes_to_nobody_who_took_its_name(approved):
    """Section removed, its id made an alias of another forum: a run's forum is that of its id, or none."""
    approved.recipients((FORUM, "ann@example.org"))
    path = approved.folder / "config" / "forums.ini"
    lines, kept, inside = path.read_text().splitlines(), [], False
    for line in lines:
        if line.startswith("["):
            inside = line.startswith(f"[{SENSITIVE}")
        if not inside:
            kept.append(line)
    text = "\n".join(kept) + "\n"
    for word in (f"|{SENSITIVE}", f"{SENSITIVE}|"):
        text = text.replace(word, "")
    text = "\n".join(line for line in text.splitlines() if line.split("=")[-1].strip() != SENSITIVE and not line.startswith("aliases")) + "\n"
    path.write_text(text.replace(f"[{FORUM}]\n", f"[{FORUM}]\naliases = {SENSITIVE}\n"))
    answer = approved.rehearse()
    assert goes(answer) == [(FORUM, "ann@example.org", "pack")]
    assert held(answer)[SENSITIVE] == "there is no such forum today"


def test_blank_mail_domains_allow_nobody(approved):
    approved.recipients((FORUM, "ann@example.org"), (THIRD, "bo@example.org"))
    replace(approved.folder / "config" / "forums.ini", f"[{FORUM}]\n", f"[{FORUM}]\nmail_domains =\n")
    answer = approved.rehearse(code=5)
    assert goes(answer) == [(THIRD, "bo@example.org", "pack")]
    assert "not on the allow-list" in left_out(answer)["ann@example.org"]


# ---- addresses and exceptions ----


@pytest.mark.parametrize("address, character", [
    ("eve%example.com@example.org", "%"), ("example.com!eve@example.org", "!"), ("|sh@example.org", "|"), ("/dev/null@example.org", "/"),
    ("-oQ/tmp@example.org", "-"), ("`id`@example.org", "`")])
def test_address_that_a_server_may_route_elsewhere_is_refused(approved, address, character):
    approved.recipients((FORUM, "ann@example.org"), (FORUM, address))
    answer = approved.rehearse(code=5)
    assert goes(answer) == [(FORUM, "ann@example.org", "pack")]
    assert f"'{character}'" in left_out(answer)[address]


@pytest.mark.parametrize("word", ["no", "-", "n/a", "None", "?", "not approved", "0", "eve@example.com", "Eve Outside"])
def test_exception_that_names_nobody_is_none(approved, word):
    approved.recipients((FORUM, "ann@example.org"), (FORUM, "eve@example.com", {"name": "Eve Outside", "exception_approved_by": word}))
    answer = approved.rehearse(code=5)
    assert goes(answer) == [(FORUM, "ann@example.org", "pack")]
    assert f"says who approved an exception: '{word}' is" in left_out(answer)["eve@example.com"]
    done = approved.call("check", "--as-of", AS_OF)
    assert done.returncode == 4 and "This does not name somebody else who approved the exception" in done.stdout + done.stderr


# ---- the data folder after the import ----


def test_whoever_was_taken_out_of_the_folder_gets_nothing_before_any_import(approved, authority, certificate):
    approved.recipients((FORUM, "ann@example.org", {"xlsx": "yes"}), (FORUM, "bo@example.org"), (FORUM, "cy@example.org"),
                        (FORUM, "di@example.com", {"exception_approved_by": "Sam Example"}))
    write_recipients(approved, row(FORUM, "ANN@example.org"), row(FORUM, "bo@example.org", to="2026-01-14"),
                     row(FORUM, "di@example.com"), row(FORUM, "new@example.org"))
    with SmtpServer(certificate) as server:
        approved.mail(server, authority)
        approved.send(0)
        assert server.recipients() == ["ann@example.org"]  # the new one waits for the import
        assert approved.sends()[0]["files"] == [each for each in approved.sends()[0]["files"] if each["path"].endswith(".pdf")]
        answer = approved.rehearse(code=0)
        assert set(left_out(answer)) == {"bo@example.org", "cy@example.org", "di@example.com"}
        assert all("boardpack import" in reason for reason in left_out(answer).values())
        approved.well("import")
        assert "di@example.com: " in approved.send(5)  # is on the list still, with an exception that nobody has approved
        assert server.recipients() == ["ann@example.org", "new@example.org"]


def test_folder_that_cannot_be_read_holds_the_forums(approved):
    approved.recipients((FORUM, "ann@example.org"))
    (approved.folder / "data" / "recipients.csv").write_text("forum;\nbroken\n")
    answer = approved.rehearse(code=1)
    assert goes(answer) == [] and "who has been taken off the list cannot be told" in held(answer)[FORUM]
    shutil.rmtree(approved.folder / "data")
    assert "there is no such folder" in held(approved.rehearse(code=1))[FORUM]


@pytest.mark.parametrize("columns", [["forum", "address", "from", "until"], ["forum", "address", "start", "to"]])
def test_misnamed_column_of_days_holds_the_forums(approved, columns):
    write_recipients(approved, row(FORUM, "ann@example.org"), row(FORUM, "leaver@example.org", to="2026-01-01", until="2026-01-01"),
                     columns=columns)
    approved.call("import")
    answer = approved.rehearse(code=1)
    assert goes(answer) == [] and f'"{({"until", "start"} & set(columns)).pop()}"' in held(answer)[FORUM]
    done = approved.call("check", "--as-of", AS_OF, "--json")
    assert done.returncode == 4 and "nothing is sent to anybody in the table" in done.stdout
    write_recipients(approved, row(FORUM, "ann@example.org"), columns=["forum", "address"])  # no days at all: everybody, always
    approved.well("import")
    assert goes(approved.rehearse()) == [(FORUM, "ann@example.org", "pack")]


def test_rows_that_were_left_out_are_named(approved):
    """Two periods of one person are two rows of one key, and both are left out: someone gets nothing, and is not to be overlooked."""
    write_recipients(approved, row(FORUM, "ann@example.org"), row(FORUM, "bo@example.org", to="2025-01-31"),
                     row(FORUM, "bo@example.org", **{"from": "2026-01-01"}))
    approved.call("import")
    answer = approved.rehearse(code=5)
    assert goes(answer) == [(FORUM, "ann@example.org", "pack")]
    assert sorted(left_out(answer)) == ["data/recipients.csv, row 3", "data/recipients.csv, row 4"]
    done = approved.call("send", RUN, "--mask")
    assert "data/recipients.csv, row 4: left out: Rows with the same key" in done.stdout and "bo@example.org" not in done.stdout


# ---- somebody on the list who gets nothing ----

TIMER = ("send", "--approved", "--confirm", "approved")


@pytest.fixture
def alone(programme):
    """One forum's pack alone is approved."""
    programme.approve("--forum", FORUM)
    return programme


@pytest.mark.parametrize("word, address, more", [
    ("its domain is not on the allow-list, and nobody has approved an exception", "chair@exmaple.org", {}),
    ("says who approved an exception", "chair@exmaple.org", {"exception_approved_by": "no"}),
    ("is no e-mail address", "chair@example", {}),
    ("is no date", "chair@example.org", {"to": "soon"})])
def test_member_who_cannot_be_sent_to_is_named_at_every_call_until_the_row_is_mended(alone, authority, certificate, word, address, more):
    good, bad = (FORUM, "ann@example.org"), (FORUM, address, more)
    alone.recipients(good)
    with SmtpServer(certificate) as server:
        alone.mail(server, authority)
        alone.well(*TIMER)
        alone.recipients(good, bad)  # misspelt after the pack went to the others, or before: it is the same
        said = []
        for _ in range(3):
            done = alone.call(*TIMER, today=LATER)
            assert done.returncode == 5 and f"{FORUM}  {address}: the pack in {RUN} has gone without them: " in done.stdout and word in done.stdout
            said.append(done.stdout)
        assert len(set(said)) == 1, "the failure mail, at most one a day, is of these words"
        assert word in alone.send(5) and json.loads(alone.call(*TIMER, "--json").stdout)["exit_code"] == 5
        masked = alone.call(*TIMER, "--mask")
        assert address not in masked.stdout + masked.stderr and "data/recipients.csv, row 3" in masked.stdout
        assert alone.call(*TIMER, today="2026-02-15").returncode == 5
        assert alone.well(*TIMER, today="2026-02-16").stdout == "0 messages\n"  # older than 31 days
        for mended in ([good], [good, (FORUM, address, {"to": "2026-01-01"})], [good, (FORUM, "chair@example.org")]):
            alone.recipients(*mended)
            assert alone.well(*TIMER).stdout == "0 messages\n"
        alone.send(0)
        assert server.recipients() == ["ann@example.org", "chair@example.org"]


def test_member_who_is_left_out_at_first_fails_the_timer_once_and_again(alone, authority, certificate):
    alone.recipients((FORUM, "ann@example.org"), (FORUM, "chair@exmaple.org"), (FORUM, "b@example"))
    with SmtpServer(certificate) as server:
        alone.mail(server, authority)
        for _ in range(2):
            done = alone.call(*TIMER)
            assert done.returncode == 5 and all(f"{address}: " in done.stdout for address in ("chair@exmaple.org", "b@example"))
        assert server.recipients() == ["ann@example.org"]


def test_who_has_the_pack_already_is_no_failure(alone, authority, certificate):
    """Its domain was taken off the list after it went; the second row of an address is nobody's."""
    alone.recipients((FORUM, "ann@example.org"), (FORUM, "bo@example.com", {"exception_approved_by": "Sam Example"}), (FORUM, "ANN@example.org"))
    with SmtpServer(certificate) as server:
        alone.mail(server, authority)
        alone.send()
        alone.recipients((FORUM, "ann@example.org"), (FORUM, "bo@example.com"), (FORUM, "ANN@example.org"))
        assert "bo@example.com: " in alone.send(0)
        assert alone.well(*TIMER).stdout == "0 messages\n" and len(server.held) == 2


def test_replaced_pack_names_nobody(alone, authority, certificate):
    """Whoever lacked version 1 is named of version 2 alone."""
    alone.recipients((FORUM, "ann@example.org"), (FORUM, "chair@exmaple.org"))
    with SmtpServer(certificate) as server:
        alone.mail(server, authority)
        alone.send(5)
        alone.well("build", "--as-of", AS_OF, "--forum", FORUM, "--prepared-by", "Sam Example", "--correction", "A date.")
        alone.well("approve", f"{AS_OF}-2", "--by", "Ann Other", "--role", "Programme Manager")
        for _ in range(2):
            assert alone.call(*TIMER).stdout.count("chair@exmaple.org: ") == 1
        assert f"the pack in {AS_OF}-2 has gone without them" in alone.call(*TIMER).stdout


# ---- the clock ----


def test_what_is_really_sent_goes_by_the_clock_of_the_system(approved, authority, certificate):
    """The row has ended by the clock; SOURCE_DATE_EPOCH, which would bring it back, is refused where it matters."""
    approved.recipients((FORUM, "ann@example.org"), (FORUM, "leaver@example.org", {"to": TODAY}))
    false_clock = {"SOURCE_DATE_EPOCH": "1768478400"}  # of TODAY; the clock has the day after
    with SmtpServer(certificate) as server:
        approved.mail(server, authority)
        for call in (["send", RUN, "--confirm", RUN], ["send", "--approved", "--confirm", "approved"], ["collect", RUN, "--confirm", RUN],
                     ["send", "--resolve", RUN, "--to", "ann@example.org", "--arrived", "--by", "Sam Example", "--note", "x"]):
            done = approved.call(*call, today=LATER, **false_clock)
            assert done.returncode == 2 and "SOURCE_DATE_EPOCH is set" in done.stderr, call
        assert server.connections == 0 and approved.sends() == []
        assert len(goes(json.loads(approved.call("send", RUN, "--json", **false_clock).stdout))) == 2  # a rehearsal of that day
        approved.send(today=LATER)
        assert server.recipients() == ["ann@example.org"]


# ---- configuration ----


@pytest.mark.parametrize("name", ["rules.ini", "aliases.ini"])
def test_configuration_that_is_gone_is_changed_configuration(approved, name):
    approved.recipients((FORUM, "ann@example.org"))
    whole = eml(approved, approved.rehearse()["messages"][0]).get_body(["plain"]).get_content()
    (approved.folder / "config" / name).unlink()
    done = approved.call("send", RUN, "--json")
    assert f"config/{name} is not what {RUN} was made with" in done.stderr
    short = eml(approved, json.loads(done.stdout)["messages"][0]).get_body(["plain"]).get_content()
    assert "actions are complete" in whole and "actions are complete" not in short


# ---- files ----


@pytest.mark.parametrize("at", ["rehearsals", f"rehearsals/{RUN}"])
def test_rehearsals_are_not_written_where_a_link_leads(approved, tmp_path, at):
    approved.recipients((FORUM, "ann@example.org"))
    victim = tmp_path / "victim"
    (victim / RUN).mkdir(parents=True)
    (victim / RUN / "mine.txt").write_text("mine")
    link = approved.folder / "output" / at
    link.parent.mkdir(exist_ok=True)
    link.symlink_to(victim)
    done = approved.call("send", RUN)
    assert done.returncode == 1 and "is a link" in done.stderr
    assert [path.name for path in victim.rglob("*")] == [RUN, "mine.txt"]


def test_run_that_cannot_be_read_is_held_alone(approved, authority, certificate):
    approved.recipients((FORUM, "ann@example.org"))
    approved.well("build", "--as-of", "2025-06-30", "--forum", FORUM, "--prepared-by", "Sam Example")
    approved.well("approve", "2025-06-30-1", "--by", "Ann Other", "--role", "Programme Manager")
    manifest = approved.folder / "output" / "2025-06-30" / "2025-06-30-1" / "manifest.json"
    manifest.write_bytes(manifest.read_bytes()[:1000])
    with SmtpServer(certificate) as server:
        approved.mail(server, authority)
        done = approved.call("send", "--approved", "--confirm", "approved")
        assert done.returncode == 5 and server.recipients() == ["ann@example.org"]
        assert f"{FORUM}  2025-06-30-1: " in done.stdout and "is no manifest" in done.stdout
        manifest.unlink()
        assert approved.call("send", "--approved", "--confirm", "approved").returncode in (1, 5)
        assert len(server.held) == 1


# ---- a store that is restored ----


def test_older_store_does_not_send_again_what_went_since(approved, authority, certificate):
    """One arrived, one is doubtful, one was refused for good: what may have arrived does not go again."""
    approved.recipients(*((FORUM, f"{name}@example.org") for name in ("ann", "bo", "cy")))
    store = approved.folder / "output" / "boardpack.sqlite"
    shutil.copy(store, store.with_suffix(".copy"))
    cues = {("DOT", 2): TAKE_AND_RESET, ("RCPT", 3): b"550 5.1.1 unknown"}
    with SmtpServer(certificate, cue=lambda step, count: cues.get((step, count))) as server:
        approved.mail(server, authority)
        approved.send(5)
        assert approved.states() == {"ann": "accepted", "bo": "doubtful", "cy": "rejected"} and len(server.held) == 2

        for leftover in store.parent.glob("boardpack.sqlite-*"):
            leftover.unlink()
        shutil.copy(store.with_suffix(".copy"), store)
        assert approved.sends() == []
        answer = approved.rehearse(code=5)
        assert goes(answer) == [(FORUM, "cy@example.org", "pack")] and "had forgotten it" in answer["messages"][0]["words"]
        approved.send(5)
        assert server.recipients() == ["ann@example.org", "bo@example.org", "cy@example.org"] and len(server.held) == 3
        assert approved.states() == {"ann": "accepted", "bo": "doubtful", "cy": "accepted"}
        approved.well("send", "--resolve", RUN, "--to", "bo@example.org", "--not-arrived", "--by", "Sam Example", "--note", "She has none.")
        approved.send()
        assert len(server.held) == 4
        approved.send()
        assert len(server.held) == 4


def test_line_that_was_not_finished_is_none_and_another_is_a_fault(approved, authority, certificate):
    approved.recipients((FORUM, "ann@example.org"))
    journal = approved.folder / "output" / "boardpack.sqlite.sent"
    journal.write_text('{"at":17684')
    with SmtpServer(certificate) as server:
        approved.mail(server, authority)
        approved.send()
        assert [json.loads(line)["state"] for line in journal.read_text().splitlines()] == ["intent", "accepted"]
        journal.write_text("{}\n")
        done = approved.call("send", RUN, "--confirm", RUN)
        assert done.returncode == 1 and "boardpack.sqlite.sent, line 1: cannot be read" in done.stderr
        assert len(server.held) == 1


# ---- the lock ----


def test_store_is_locked_for_every_programme_that_has_it(approved, tmp_path):
    """Two programme folders with one store: the second must not take the first one's messages for those of a dead program."""
    approved.recipients((FORUM, "ann@example.org"))
    other = shutil.copytree(approved.folder, tmp_path / "other", symlinks=True)
    replace(other / "config" / "programme.ini", "store = output/", f"store = {approved.folder}/output/")
    calls = (["send", RUN], ["send", RUN, "--confirm", RUN], ["import"], ["build", "--as-of", AS_OF, "--draft"], ["collect", RUN],
             ["approve", RUN, "--by", "Ann Other", "--role", "Programme Manager"])
    with open(approved.folder / "output" / ".boardpack.sqlite.lock", "a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for call in calls:
            done = approved.__class__(other).call(*call)
            assert done.returncode == 11 and ".boardpack.sqlite.lock" in done.stderr, call
