"""What is due before which meeting, and whether the pack for it has been made."""

import json
import re
import sys

import pytest

from conftest import ROOT, copy_programme, run_boardpack

sys.path.insert(0, str(ROOT / "tests"))
from support.smtp_server import TAKE_AND_RESET, Authority, SmtpServer

MEETINGS = """forum,date,title,updates_due,papers_due,issue_date
programme-board,2025-07-10,Before,2025-06-20,2025-06-27,2025-07-03
programme-board,2025-08-28,Next,2025-08-01,2025-08-12,2025-08-21
programme-board,2025-11-20,After,2025-10-31,2025-11-06,2025-11-13
"""


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "programme"
    run_boardpack(".", "init", str(folder))
    (folder / "data" / "meetings.csv").write_text(MEETINGS)
    return folder


def due(folder, as_of, *more):
    return json.loads(run_boardpack(folder, "due", "--as-of", as_of, "--json", *more).stdout)


def steps(answer, key="days"):
    return [(entry["what"], entry[key]) for entry in answer["due"]]


def test_late_steps_come_first_and_nothing_is_written(folder):
    answer = due(folder, "2025-08-10")
    assert steps(answer) == [("updates", -9), ("papers", 2), ("issue", 11)]
    assert steps(answer, "overdue") == [("updates", True), ("papers", False), ("issue", False)]
    assert all(entry["meeting"] == "2025-08-28" and entry["run"] is None for entry in answer["due"])
    assert not (folder / "output").exists()
    text = run_boardpack(folder, "due", "--as-of", "2025-08-10").stdout.splitlines()
    assert len(text) == 4
    assert re.match(r"1 Aug 2025 +9 days late +updates from leads +programme-board +28 Aug 2025 +no sheets made +boardpack build --format update$", text[1])
    assert re.match(r"12 Aug 2025 +in 2 days +final papers +programme-board +28 Aug 2025 +no pack yet +boardpack run$", text[2])


@pytest.mark.parametrize("within, count", [("1d", 1), ("2", 2), ("1w", 2), ("14d", 3), ("15w", 6), ("0", 1)])
def test_how_far_to_look_ahead_is_chosen(folder, within, count):
    assert len(due(folder, "2025-08-10", "--within", within)["due"]) == count


@pytest.mark.parametrize("within", ["soon", "-1", "1y", "", "d", "99999d"])
def test_a_time_that_is_none_ends_2(folder, within):
    done = run_boardpack(folder, "due", f"--within={within}", check=False)
    assert done.returncode == 2 and "give days or weeks" in done.stderr


def test_a_draft_is_named_and_a_final_pack_settles_updates_and_papers(folder):
    run_boardpack(folder, "run", "--as-of", "2025-07-10", "--format", "text")
    assert all(entry["run"] is None for entry in due(folder, "2025-08-10")["due"]), "that pack was for the meeting before"
    run_boardpack(folder, "run", "--as-of", "2025-08-08", "--format", "text", "--draft")
    answer = due(folder, "2025-08-10")
    assert {(entry["run"], entry["draft"], entry["done"]) for entry in answer["due"]} == {("2025-08-08-1", True, False)}
    assert "draft 2025-08-08-1" in run_boardpack(folder, "due", "--as-of", "2025-08-10").stdout
    run_boardpack(folder, "run", "--as-of", "2025-08-08", "--format", "text")
    answer = due(folder, "2025-08-10")
    assert steps(answer, "done") == [("updates", True), ("papers", True), ("issue", False)]
    text = run_boardpack(folder, "due", "--as-of", "2025-08-10").stdout
    assert "issue of the pack" in text and "final papers" not in text
    assert "2025-08-08-2: not approved" in text and "boardpack approve 2025-08-08-2 --forum programme-board --by NAME --role ROLE" in text


def step(folder, what):
    return next(entry for entry in due(folder, "2025-08-10")["due"] if entry["what"] == what)


def test_updates_are_counted_until_all_have_come_back(folder):
    run_boardpack(folder, "import")
    run_boardpack(folder, "build", "--as-of", "2025-08-09", "--format", "update")
    sheets = json.loads((folder / "output/2025-08-09/2025-08-09-1/manifest.json").read_text())["update_sheets"]
    assert len(sheets) > 1
    run_boardpack(folder, "build", "--as-of", "2025-08-09", "--format", "update", "--lead", sheets[0]["lead"])
    updates = step(folder, "updates")
    assert (updates["returned"], updates["sheets"], updates["done"], updates["next"]) == (0, len(sheets), False, "boardpack collect")
    for count, sheet in enumerate(sheets, 1):
        run_boardpack(folder, "import", str(folder / "output/2025-08-09/2025-08-09-1" / sheet["path"]))
        if not list((folder / "data").glob(f"updates-return-{sheet['slug']}-*.csv")):  # nothing was typed into it
            (folder / "data" / f"updates-return-{sheet['slug']}-2025-08-09-1.csv").write_text((folder / "data" / "updates.csv").read_text().splitlines()[0] + "\n")
        updates = step(folder, "updates")
        assert (updates["returned"], updates["done"]) == (count, count == len(sheets))
        if count < len(sheets):
            assert f"{count} of {len(sheets)} returned" in run_boardpack(folder, "due", "--as-of", "2025-08-10").stdout


def test_issue_is_due_until_the_server_has_taken_every_message(folder, tmp_path):
    authority = Authority(tmp_path)
    (folder / "data" / "recipients.csv").write_text("forum,address\n" + "".join(f"programme-board,{name}@example.org\n" for name in ("ann", "bo", "cy")))
    run_boardpack(folder, "run", "--as-of", "2025-08-08")
    run = "2025-08-08-1"
    run_boardpack(folder, "approve", run, "--by", "Ann Other", "--role", "Chair")
    issue = step(folder, "issue")
    assert (issue["stage"], issue["done"], issue["next"]) == ("approved", False, f"boardpack send {run} --forum programme-board")
    refused = ["bo@example.org"]

    def cue(step, _):
        return b"550 no such user" if step == "RCPT" and any(address.encode() in server.lines[-1] for address in refused) else None

    with SmtpServer(authority.certificate("good"), cue) as server:
        (folder / "config" / "mail.ini").write_text(f"[server]\nhost = localhost\nport = {server.port}\nca_file = {authority.file}\n[mail]\nsender = office@example.org\n[allow]\ndomains = example.org\n")
        assert run_boardpack(folder, "send", run, "--confirm", run, check=False).returncode == 5
        issue = step(folder, "issue")
        assert (issue["stage"], issue["done"], issue["sent"]) == ("sending", False, {"messages": 3, "accepted": 2, "doubtful": 0, "not_sent": 1})
        assert f"{run}: sent to 2 of 3, 1 not" in run_boardpack(folder, "due", "--as-of", "2025-08-10").stdout
        refused.clear()
        run_boardpack(folder, "send", run, "--confirm", run)
    issue = step(folder, "issue")
    assert (issue["stage"], issue["done"], issue["next"]) == ("sent", True, None)
    assert run_boardpack(folder, "due", "--as-of", "2025-08-10").stdout == "Nothing is due within 14 days.\n"


def test_doubtful_messages_are_named_and_not_sent_again(folder, tmp_path):
    authority = Authority(tmp_path)
    (folder / "data" / "recipients.csv").write_text("forum,address\nprogramme-board,ann@example.org\n")
    run_boardpack(folder, "run", "--as-of", "2025-08-08")
    run_boardpack(folder, "approve", "2025-08-08-1", "--by", "Ann Other", "--role", "Chair")
    with SmtpServer(authority.certificate("good"), lambda step, _: TAKE_AND_RESET if step == "DOT" else None) as server:
        (folder / "config" / "mail.ini").write_text(f"[server]\nhost = localhost\nport = {server.port}\nca_file = {authority.file}\n[mail]\nsender = office@example.org\n[allow]\ndomains = example.org\n")
        run_boardpack(folder, "send", "2025-08-08-1", "--confirm", "2025-08-08-1", check=False)
    issue = step(folder, "issue")
    assert issue["sent"]["doubtful"] == 1 and issue["next"] == "boardpack list sends 2025-08-08-1" and not issue["done"]
    assert "2025-08-08-1: sent to 0 of 1, 1 doubtful" in run_boardpack(folder, "due", "--as-of", "2025-08-10").stdout


def test_nothing_due_and_forums_without_a_date_are_said(folder):
    assert run_boardpack(folder, "due", "--as-of", "2025-09-01").stdout == "Nothing is due within 14 days.\n"
    text = run_boardpack(folder, "due", "--as-of", "2026-09-01").stdout
    assert "No date is known for the next meeting of programme-board." in text
    assert due(folder, "2026-09-01")["undated"] == ["programme-board"]


def test_the_sample_names_every_forum_in_a_year(tmp_path):
    sample = copy_programme(ROOT, tmp_path / "sample")
    answer = due(sample, "2025-08-01", "--within", "52w")
    assert {entry["forum"] for entry in answer["due"]} >= {"bbp", "programme-board", "area-partnership-board", "operational-group"}
    assert [entry["days"] for entry in answer["due"]] == sorted(entry["days"] for entry in answer["due"])


def test_the_summary_of_a_run_says_what_is_due_and_names_no_address(folder):
    names = ["ann.member", "leaver", "outside@"]
    (folder / "data" / "recipients.csv").write_text(
        "forum,address,to\nprogramme-board,ann.member@example.org,\nprogramme-board,leaver@example.org,soon\nprogramme-board,outside@example.com,\n"
        "programme-board,twice@example.org,\nprogramme-board,twice@example.org,2025-01-01\nno-forum,nowhere@example.org,\n")
    said = run_boardpack(folder, "run", "--as-of", "2025-08-10", "--draft", check=False)
    summary = (folder / "output" / "latest" / "summary.txt").read_text()
    for words in ("Draft packs of run 2025-08-10-1, as at 10 August 2025", "1 August 2025 (past): updates from leads", "12 August 2025: final papers", "drafts, which cannot be approved"):
        assert words in summary
    for text in (summary, said.stdout, said.stderr):
        assert "@" not in text and not any(name in text for name in (*names, "twice@", "nowhere@"))


def commands_in(folder, run):
    summary = (folder / "output" / "2025-08-10" / run / "summary.txt").read_text()
    return [line.split()[1:] for line in summary.splitlines() if line.startswith("    boardpack ")]


def test_the_summary_names_the_commands_that_come_next(folder):
    """Each of them is given as it stands there, with names for NAME, ROLE and what changed."""
    (folder / "data" / "recipients.csv").write_text("forum,address\nprogramme-board,ann@example.org\n")
    (folder / "config" / "mail.ini").write_text("[server]\nhost = localhost\n[mail]\nsender = office@example.org\n[allow]\ndomains = example.org\n")
    run_boardpack(folder, "run", "--as-of", "2025-08-10", "--draft")
    final, = commands_in(folder, "2025-08-10-1")
    assert final == ["run", "--as-of", "2025-08-10"]
    run_boardpack(folder, *final)
    approve, rehearse, send = commands_in(folder, "2025-08-10-2")
    run_boardpack(folder, *[{"NAME": "Ann Other", "ROLE": "Chair"}.get(word, word) for word in approve])
    assert "1 message would go" in run_boardpack(folder, *rehearse).stdout
    assert send == ["send", "2025-08-10-2", "--confirm", "2025-08-10-2"]
    run_boardpack(folder, *final, "--draft")
    refused = run_boardpack(folder, *final, check=False)
    assert refused.returncode == 1 and '--correction "what changed"' in refused.stderr
    run_boardpack(folder, *final, "--correction", "what changed")
    approve, rehearse, send = commands_in(folder, "2025-08-10-4")
    run_boardpack(folder, *[{"NAME": "Ann Other", "ROLE": "Chair"}.get(word, word) for word in approve])
    assert rehearse[-1] == "--correction" and "1 message would go" in run_boardpack(folder, *rehearse).stdout
    assert send == [*rehearse, "--confirm", "2025-08-10-4"]


def test_a_draft_of_some_forums_leads_to_final_packs_of_these(tmp_path):
    sample = copy_programme(ROOT, tmp_path / "sample")
    run_boardpack(sample, "run", "--as-of", "2025-08-10", "--draft", "--format", "text", "--forum", "bbp", "--forum", "partners")
    final, = commands_in(sample, "2025-08-10-1")
    assert sorted(final) == sorted(["run", "--as-of", "2025-08-10", "--forum", "bbp", "--forum", "partners"])
    run_boardpack(sample, *final, "--format", "text")
    summary = (sample / "output" / "2025-08-10" / "2025-08-10-2" / "summary.txt").read_text()
    assert summary.count("cannot be approved without a PDF") == 2
