"""A lead's workbook as it goes out, and who has sent it back."""

import json
import re

import openpyxl

from conftest import copy_programme, run_boardpack
from lead_sheet import (AS_OF, LEAD, SHEETS, SLUG, OpenpyxlSheet, findings, made, make_sheets, new_rows, office, programme, returned, take,
                        workbook_of)
from office_editor import OfficeSheet
from xlsx_checker import check
from xlsx_checker.workbook import Workbook

assert made and office and programme  # fixtures


def test_one_workbook_for_each_lead_with_something_to_report_on(made):
    listed = made.manifest["update_sheets"]
    assert made.manifest["outputs"] == []
    assert sorted(entry["path"] for entry in listed) == sorted(f"updates/{path.name}" for path in (made.path / "updates").iterdir())
    actions = made.manifest["actions"]
    assert sum(entry["actions"] for entry in listed) == actions["total"] - actions["done"]
    assert len(listed) == 10 and {entry["slug"] for entry in listed} >= {SLUG}


def test_the_latest_run_is_one_with_packs_and_the_folder_of_the_sheets_is_printed(programme):
    latest = programme / "output" / "latest"

    def make(*formats):
        done = run_boardpack(programme, "build", "--as-of", AS_OF, "--forum", "bbp", "--format", ",".join(formats))
        return re.search(r"^(.*)/updates/ \(10 update sheets\)$", done.stdout, re.MULTILINE)

    run_boardpack(programme, "import")
    sheets = programme / make("update")[1]
    assert len(list((sheets / "updates").glob("*.xlsx"))) == 10 and not latest.is_symlink()
    assert make("text") is None
    packs = latest.resolve()
    assert list(packs.glob("bbp/*.txt"))
    sheets = programme / make("update")[1]
    assert sheets.is_dir() and latest.resolve() == packs
    assert json.loads(run_boardpack(programme, "list", "returns", "--json").stdout)["run"] == sheets.name
    both = programme / make("update", "text")[1]
    assert latest.resolve() == both.resolve() and list(both.glob("bbp/*.txt"))


def test_the_sheet_says_what_to_do_and_leaves_room_for_it(made):
    book = openpyxl.load_workbook(workbook_of(made))
    assert book.sheetnames == SHEETS
    cover = [row[0].value for row in book["Cover"].iter_rows()]
    assert {f"Lead: {LEAD}", "As at: 31 July 2025", "Base: import 1", f"Sheet: {SLUG}-{AS_OF}-1"} <= set(cover)
    assert any(line.startswith("What to do:") for line in cover)
    actions = OpenpyxlSheet(book, "Actions")
    assert [row["Ref"] for row in actions.rows()] == ["2.1.4", "2.2.3", "2.2.4", "2.3.2", "2.3.3"]
    for name in SHEETS[3:]:
        sheet, (first, columns) = book[name], OpenpyxlSheet(book, name).header()
        typed = [column for heading, column in columns.items() if "(fill" in sheet.cell(first, column).value]
        assert len(typed) >= 4 and not sheet.protection.sheet
        for row in range(first + 1, sheet.max_row + 1):
            assert all(sheet.cell(row, column).value is None and sheet.cell(row, column).border.left.style == "thin" for column in typed)


def test_lists_dates_and_numbers_are_offered_where_they_are_typed(made):
    book = openpyxl.load_workbook(workbook_of(made))
    rules = {}
    for name in SHEETS[3:]:
        first, columns = OpenpyxlSheet(book, name).header()
        letters = {openpyxl.utils.get_column_letter(column): heading for heading, column in columns.items()}
        for rule in book[name].data_validations.dataValidation:
            cells = str(rule.sqref)
            letter, start = re.match(r"([A-Z]+)(\d+):", cells).groups()
            assert int(start) == first + 1
            rules[letters[letter]] = rule
    assert rules["New status"].formula1 == '"Complete,On track,At risk,Off track,Not started"'
    assert rules["Kind"].formula1 == '"Achievement,Challenge,Change,Impact,Next step,You said,We did"'
    assert rules["Audience"].formula1 == '"Internal,Partner,Public"'
    assert (rules["Completed on"].type, rules["Completed on"].formula1) == ("date", "TODAY()")
    assert rules["Value"].type == rules["Numerator"].type == rules["Denominator"].type == "decimal"
    assert rules["Progress"].prompt


def test_a_word_that_no_list_can_offer_is_typed_instead(tmp_path, programme):
    scale = programme / "config" / "status.ini"
    scale.write_text(scale.read_text().replace("label = On track", "label = On track, so far"))
    run = make_sheets(programme)
    rules = openpyxl.load_workbook(workbook_of(run))["Actions"].data_validations.dataValidation
    assert not [rule for rule in rules if rule.type == "list"]
    path = returned(run, tmp_path, lambda actions, *others: actions.type(actions.find("Ref", "2.1.4"), "New status", "on track, so far"))
    done, answer = take(programme, path)
    assert done.returncode == 0 and findings(answer) == []
    assert new_rows(programme, "updates", ("ref", "status")) == [("2.1.4", "on-track")]


def test_one_lead_can_be_asked_for(tmp_path, programme):
    run = make_sheets(programme, "--lead", "service manager for learner support")
    assert [entry["lead"] for entry in run.manifest["update_sheets"]] == [LEAD]
    done = run_boardpack(programme, "build", "--as-of", AS_OF, "--format", "update", "--lead", "Service Manager for Learner Suport", check=False)
    assert done.returncode == 2 and f"did you mean '{LEAD}'?" in done.stderr


def test_the_same_data_give_the_same_bytes(programme, made):
    run = make_sheets(programme)
    assert [entry["sha256"] for entry in run.manifest["update_sheets"]] == [entry["sha256"] for entry in made.manifest["update_sheets"]]


def test_the_lead_sees_the_last_report_and_by_when_to_answer(made):
    book = openpyxl.load_workbook(workbook_of(made))
    told = next(row["Last report"] for row in OpenpyxlSheet(book, "Actions").rows() if row["Ref"] == "2.1.4")
    assert told.splitlines() == [
        "31 July 2025", "Progress: Trainer left in April; 14 of 31 case officers trained.", "Next step: Three sessions in September.",
        "Forecast: 30 September 2025", "Reason: Trainer left in April; 14 of 31 case officers trained.",
        "Way back: DfE SEND adviser runs three sessions in September.", "Ask: Approve 30 September as the new date."]
    cover = [row[0].value for row in book["Cover"].iter_rows()]
    assert any(re.fullmatch(r"Please send it back by \d+ \w+ 2025 to whoever sent it to you\.", line) for line in cover)
    assert not any("[note" in line for line in cover)


def test_rows_grow_with_what_is_typed(tmp_path, made, office):
    document = office.open(workbook_of(made))
    sheet = OfficeSheet(document, "Actions")
    row = sheet.find("Ref", "2.2.4")
    before = sheet.sheet.Rows.getByIndex(row).Height
    sheet.type(row, "Progress", "A long report on what was done. " * 30)
    after = sheet.sheet.Rows.getByIndex(row).Height
    office.save(document, tmp_path / "grown.xlsx")
    assert after > 2 * before > 0


def test_the_checker_finds_nothing(borough_run, tmp_path):
    folder = copy_programme(borough_run.folder, tmp_path)
    run_boardpack(folder, "run", "--as-of", "2025-07-31", "--format", "update")
    paths = list(folder.glob("output/2025-07-31/*/updates/*.xlsx"))
    assert paths
    for path in paths:
        assert Workbook(path).kind == "update"
        assert [str(finding) for finding in check(path)] == [], path.name


# ---- who has answered ----


def test_returns_are_listed(tmp_path, programme):
    none = run_boardpack(programme, "list", "returns", check=False)
    assert none.returncode == 1 and "build --format update" in none.stderr
    run = make_sheets(programme)
    run_boardpack(programme, "build", "--as-of", AS_OF, "--format", "text", "--forum", "bbp")  # a later run without sheets
    path = returned(run, tmp_path, lambda *sheets: None)
    take(programme, path)
    answer = json.loads(run_boardpack(programme, "list", "returns", "--json").stdout)
    assert [sheet["lead"] for sheet in answer["sheets"] if sheet["returned"]] == [LEAD]
    assert len(answer["sheets"]) == 10 and answer["run"] == run.manifest["run"]
    told = run_boardpack(programme, "list", "returns").stdout
    assert f"returned      {LEAD}" in told and "1 of 10 update sheets" in told and "not returned  Designated SEND Officer (4 actions, 3 values)" in told


def test_a_sheet_that_is_made_again_hides_nobody_who_has_not_answered(tmp_path, programme):
    first = make_sheets(programme)
    again = make_sheets(programme, "--lead", SLUG)
    take(programme, returned(first, tmp_path, lambda *sheets: None))
    answer = json.loads(run_boardpack(programme, "list", "returns", "--json").stdout)
    assert len(answer["sheets"]) == 10 and len({sheet["slug"] for sheet in answer["sheets"]}) == 10
    assert [sheet["lead"] for sheet in answer["sheets"] if sheet["returned"]] == [LEAD]
    assert {sheet["run"] for sheet in answer["sheets"] if sheet["slug"] == SLUG} == {answer["run"]} == {again.manifest["run"]}
    assert {sheet["run"] for sheet in answer["sheets"] if sheet["slug"] != SLUG} == {first.manifest["run"]}
    assert "1 of 10 update sheets as at 31 July 2025 have come back" in run_boardpack(programme, "list", "returns").stdout


def test_what_was_left_out_is_not_forgotten_when_an_older_copy_comes_again(tmp_path, made, programme):
    make_sheets(programme)
    old = returned(made, tmp_path, lambda *sheets: None).rename(tmp_path / "old.xlsx")
    take(programme, old)
    take(programme, returned(made, tmp_path, lambda actions, *others: actions.type(actions.find("Ref", "2.2.3"), "New status", "Nearly there")))
    assert "1 left out:" in run_boardpack(programme, "list", "returns").stdout
    take(programme, old)
    assert "earlier: 1 left out, see --json" in run_boardpack(programme, "list", "returns").stdout


def test_what_was_taken_and_left_out_of_a_return_can_be_found_again(tmp_path, made, programme):
    cells = []

    def wrong(actions, measures, narrative):
        actions.type(actions.find("Ref", "2.1.4"), "Progress", "So far")
        cells.append(actions.type(actions.find("Ref", "2.2.3"), "New status", "Nearly there"))

    def right(actions, measures, narrative):
        actions.type(actions.find("Ref", "2.1.4"), "Progress", "So far")
        actions.type(actions.find("Ref", "2.2.3"), "New status", "On track")

    def listed():
        sheets = json.loads(run_boardpack(programme, "list", "returns", "--json").stdout)["sheets"]
        assert not [sheet for sheet in sheets if sheet["lead"] != LEAD and (sheet["returned"] or sheet["returns"])]
        return next(sheet["returns"] for sheet in sheets if sheet["lead"] == LEAD)

    make_sheets(programme)
    assert listed() == []
    path = returned(made, tmp_path, wrong)
    printed = take(programme, path)[1]
    run_boardpack(programme, "import")  # another import keeps it
    first, = listed()
    assert (first["imported_on"], first["file"], first["base"], first["updates"]) == ("2026-01-15", str(path), 1, 1)
    assert first["findings"] == printed["findings"] and first["findings"]["quarantined"] == 1
    told = run_boardpack(programme, "list", "returns").stdout
    assert f"on 15 January 2026 from {path}: 1 update, 0 values, 0 narrative rows; 1 left out:" in told
    assert f"S03 Actions: {cells[0]}: “Nearly there” is no status; choose one of these" in told
    take(programme, path)
    assert listed() == [first]
    take(programme, returned(made, tmp_path, right))
    second, kept = listed()
    assert kept == first and (second["updates"], second["findings"]["list"]) == (2, [])
    told = run_boardpack(programme, "list", "returns").stdout
    assert "2 updates, 0 values, 0 narrative rows\n" in told and "earlier: 1 left out, see --json" in told
    (programme / "output" / "boardpack.sqlite").unlink()  # the data folder still says who has answered
    assert listed() == []
    assert f"returned      {LEAD}" in run_boardpack(programme, "list", "returns").stdout
