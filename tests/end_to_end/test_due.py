"""What is due before which meeting, and whether the pack for it has been made."""

import json
import re

import pytest

from conftest import ROOT, copy_programme, run_boardpack

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
    assert len(text) == 4 and re.match(r"1 Aug 2025 +9 days late +updates from leads +programme-board +28 Aug 2025 +no pack yet$", text[1])
    assert re.match(r"12 Aug 2025 +in 2 days +final papers", text[2])


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
    assert "issue of the pack" in text and "final papers" not in text and "pack 2025-08-08-2" in text


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


def test_the_summary_of_a_run_says_what_is_due(folder):
    run_boardpack(folder, "run", "--as-of", "2025-08-10", "--draft")
    summary = (folder / "output" / "latest" / "summary.txt").read_text()
    for words in ("Draft packs of run 2025-08-10-1, as at 10 August 2025", "1 August 2025 (past): updates from leads", "12 August 2025: final papers", "these are drafts"):
        assert words in summary
    assert "@" not in summary
