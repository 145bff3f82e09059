"""A lead's workbook is worked in with openpyxl and with LibreOffice, and comes back: exactly what was typed is in the store and in the next pack;
what has changed meanwhile is named."""

import csv
import datetime
import json
import sqlite3
import zipfile

import openpyxl
import pytest

from conftest import ROOT, Run, copy_programme, run_boardpack
from lead_sheet import (AS_OF, LEAD, SHEETS, SLUG, UPDATES, OpenpyxlSheet, findings, made, make_sheets, new_rows, office, programme, returned,
                        take, workbook_of)
from office_editor import OfficeSheet

assert made and office and programme  # fixtures


def edit_with(sheet_of):
    """What a lead does: types, deletes a row, turns the order round, moves a column, adds a row, renames the sheets."""
    actions, measures, narrative = (sheet_of(name) for name in SHEETS[3:])
    is_office = isinstance(actions, OfficeSheet)
    row = actions.find("Ref", "2.1.4")
    actions.type(row, "New status", "Complete")
    actions.type(row, "Completed on", "29/07/2025" if is_office else datetime.date(2025, 7, 29))
    actions.type(row, "Evidence", "Training log, 41 of 43 officers")
    row = actions.find("Ref", "2.2.3")
    actions.type(row, "Forecast", "October 2025")
    actions.type(row, "Progress", 'Letters go out "the same day",\nor nearly so.')
    actions.delete_row(actions.find("Ref", "2.2.4"))
    actions.reverse_rows()
    actions.move_column_to_front("Progress")
    actions.add_row(Plan="SIP", Ref="3.1.4", Next_step="Ask the panel for its figures")
    actions.rename("Our actions")
    row = measures.find("Period due", "Q4 2024/25")
    measures.type(row, "Numerator", "41" if is_office else 41)
    measures.type(row, "Denominator", "80" if is_office else 80)
    row = measures.find("Period due", "Q1 2025/26")
    measures.type(row, "Value", "54%" if is_office else "54%")
    row = narrative.header()[0] + 3
    narrative.type(row, "Kind", "Next step")
    narrative.type(row, "Text", "Officers train in pairs from September.")
    narrative.type(row, "Area", "SIP:2.1")
    narrative.type(row, "Audience", "Partner")


def edited(editor, made, tmp_path, request):
    path = tmp_path / f"{editor}.xlsx"
    if editor == "openpyxl":
        book = openpyxl.load_workbook(workbook_of(made))
        edit_with(lambda name: OpenpyxlSheet(book, name))
        book.save(path)
    else:
        office = request.getfixturevalue("office")
        document = office.open(workbook_of(made))
        edit_with(lambda name: OfficeSheet(document, name))
        office.save(document, path)
    return path


# the sample has reports of 31 July 2025: what the lead left blank is theirs, as far as it still holds
EXPECTED_UPDATES = [
    ("SIP", "2.1.4", AS_OF, "complete", "2025-07-29", "Trainer left in April; 14 of 31 case officers trained.", "", "", "",
     "Training log, 41 of 43 officers"),
    ("SIP", "2.2.3", AS_OF, "off-track", "", 'Letters go out "the same day",\nor nearly so.', "Team B clears the 68 late answers.", "October 2025",
     "Two case officer posts vacant since May; 68 answers are late.", ""),
    ("SIP", "3.1.4", AS_OF, "complete", "2025-07-11", "The panel agreed six indicators and ran its first evaluation.", "Ask the panel for its figures",
     "", "", "Evaluation, summer term 2025"),
]


@pytest.mark.parametrize("editor", ["openpyxl", "LibreOffice"])
def test_exactly_what_was_typed_is_imported(tmp_path, made, programme, editor, request):
    path = edited(editor, made, tmp_path, request)
    done, answer = take(programme, path)
    assert done.returncode == 0
    assert [code for code, _, _ in findings(answer)] == ["S05"]  # 3.1.4 is another lead's
    assert (answer["lead"], answer["base"], answer["as_of"]) == (LEAD, 1, AS_OF)
    columns = ("plan", "ref", "as_of", "status", "completed_on", "progress", "next_step", "forecast", "reason", "evidence")
    assert new_rows(programme, "updates", columns) == EXPECTED_UPDATES
    assert new_rows(programme, "kpi_values", ("kpi", "period", "series", "value", "numerator", "denominator", "published")) == [
        ("K04", "Q1 2025/26", "actual", "54%", "", "", AS_OF), ("K04", "Q4 2024/25", "actual", "", "41", "80", AS_OF)]
    assert new_rows(programme, "narrative", ("as_of", "kind", "text", "plan", "area", "audience")) == [
        (AS_OF, "next_step", "Officers train in pairs from September.", "SIP", "2.1", "partner")]
    run_boardpack(programme, "build", "--as-of", AS_OF, "--format", "text", "--forum", "operational-group")
    pack = Run(programme).file("operational-group", "txt").read_text()
    for words in ("Training log, 41 of 43 officers", "Letters go out “the same day”,", "Ask the panel for its figures", "29 July 2025", "54%"):
        assert words in pack


def test_the_same_file_twice_changes_nothing(tmp_path, made, programme, request):
    path = edited("openpyxl", made, tmp_path, request)
    take(programme, path)
    store = programme / "output" / "boardpack.sqlite"
    before = list(sqlite3.connect(store).iterdump()), {file.name: file.read_bytes() for file in (programme / "data").iterdir()}
    done, _ = take(programme, path)
    assert done.returncode == 0
    run_boardpack(programme, "import")
    assert (list(sqlite3.connect(store).iterdump()), {file.name: file.read_bytes() for file in (programme / "data").iterdir()}) == before


def test_two_copies_of_one_sheet_are_merged_row_by_row(tmp_path, made, programme):
    """A lead and a deputy fill in a copy each."""
    def lead(actions, measures, narrative):
        actions.type(actions.find("Ref", "2.1.4"), "Progress", "One")
        actions.type(actions.find("Ref", "2.2.4"), "Next step", "The lead's step")
        measures.type(measures.find("Period due", "Q4 2024/25"), "Value", "51%")
        narrative.type(narrative.header()[0] + 1, "Kind", "Impact")
        narrative.type(narrative.header()[0] + 1, "Text", "The lead's words.")

    def deputy(actions, measures, narrative):
        actions.type(actions.find("Ref", "2.2.3"), "Progress", "Two")
        cells.append(actions.type(actions.find("Ref", "2.2.4"), "Next step", "The deputy's step"))
        measures.type(measures.find("Period due", "Q1 2025/26"), "Value", "54%")
        narrative.type(narrative.header()[0] + 1, "Kind", "Change")
        narrative.type(narrative.header()[0] + 1, "Text", "The deputy's words.")

    cells = []
    paths = [returned(made, tmp_path, edit).rename(tmp_path / f"{edit.__name__}.xlsx") for edit in (lead, deputy)]
    done = run_boardpack(programme, "import", "--json", *paths)
    first, second = json.loads(done.stdout)["returns"]
    assert done.returncode == 0 and findings(first) == []
    assert [code for code, _, _ in findings(second)] == ["S08", "S08"]
    texts = [text for _, _, text in findings(second)]
    assert f"{cells[0]}: “The deputy's step” takes the place of “The lead's step”" in " ".join(texts)
    assert "“The deputy's words.” stands beside “The lead's words.”" in " ".join(texts)
    assert new_rows(programme, "updates", ("ref", "progress", "next_step"))[0][:2] == ("2.1.4", "One")
    with (programme / "data" / UPDATES).open() as lines:
        rows = {row["ref"]: row for row in csv.DictReader(lines)}
    assert (rows["2.1.4"]["progress"], rows["2.2.3"]["progress"], rows["2.2.4"]["next_step"]) == ("One", "Two", "The deputy's step")
    assert new_rows(programme, "kpi_values", ("period", "value")) == [("Q1 2025/26", "54%"), ("Q4 2024/25", "51%")]
    assert new_rows(programme, "narrative", ("text",)) == [("The deputy's words.",), ("The lead's words.",)]


def test_a_spreadsheet_of_another_kind_is_called_what_it_is(tmp_path, made, programme):
    path = tmp_path / "back.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", "<office:document-content/>")
    done = run_boardpack(programme, "import", path, check=False)
    assert done.returncode == 1 and 'is an OpenDocument file (.ods); save it as "Excel Workbook (.xlsx)"' in done.stderr


def test_one_bad_file_among_several_changes_nothing(tmp_path, made, programme):
    good = returned(made, tmp_path, lambda actions, *others: actions.type(actions.find("Ref", "2.1.4"), "Progress", "One"))
    bad = tmp_path / "broken.xlsx"
    bad.write_bytes(good.read_bytes()[:2000])
    before = sorted(file.name for file in (programme / "data").iterdir())
    done = run_boardpack(programme, "import", good, bad, check=False)
    assert done.returncode == 1 and "nothing was imported: " in done.stderr and "broken.xlsx" in done.stderr
    assert sorted(file.name for file in (programme / "data").iterdir()) == before


def test_a_row_deleted_or_emptied_in_a_second_return_is_no_change(tmp_path, made, programme):
    def first(actions, measures, narrative):
        actions.type(actions.find("Ref", "2.1.4"), "Progress", "One")
        actions.type(actions.find("Ref", "2.2.3"), "Progress", "Two")
        measures.type(measures.find("Period due", "Q4 2024/25"), "Value", "51%")

    def second(actions, measures, narrative):
        actions.delete_row(actions.find("Ref", "2.1.4"))
        measures.delete_row(measures.find("Period due", "Q4 2024/25"))

    take(programme, returned(made, tmp_path, first))
    take(programme, returned(made, tmp_path, second))
    with (programme / "data" / UPDATES).open() as lines:
        assert [(row["ref"], row["progress"]) for row in csv.DictReader(lines)] == [("2.1.4", "One"), ("2.2.3", "Two")]
    assert new_rows(programme, "kpi_values", ("kpi", "value")) == [("K04", "51%")]


# in the order in which they are put in place
WRITTEN = [f"{table}-return-{SLUG}-{AS_OF}-1.csv" for table in ("kpi_values", "narrative", "updates")]


@pytest.mark.parametrize("is_first", [True, False], ids=["first", "corrected"])
@pytest.mark.parametrize("done", [1, 2])
def test_an_import_that_stopped_half_way_is_completed_by_the_next(tmp_path, made, programme, done, is_first):
    def edit(value):
        def edit_sheets(actions, measures, narrative):
            actions.type(actions.find("Ref", "2.1.4"), "Progress", f"So far {value}")
            measures.type(measures.find("Period due", "Q4 2024/25"), "Value", f"{value}%")
            row = narrative.header()[0] + 1
            narrative.type(row, "Kind", "Impact")
            narrative.type(row, "Text", f"Now {value}")

        return edit_sheets

    make_sheets(programme)
    paths = [programme / "data" / name for name in WRITTEN]
    if not is_first:
        take(programme, returned(made, tmp_path, edit(41)))
    before = [path.read_bytes() if path.exists() else None for path in paths]
    sheet = returned(made, tmp_path, edit(51))
    take(programme, sheet)
    after = [path.read_bytes() for path in paths]
    for path, contents in list(zip(paths, before))[done:]:
        path.write_bytes(contents) if contents is not None else path.unlink()
    run_boardpack(programme, "import")  # somebody else's, meanwhile
    listed = json.loads(run_boardpack(programme, "list", "returns", "--json").stdout)["sheets"]
    assert [entry["lead"] for entry in listed if entry["returned"]] == ([] if is_first else [LEAD])
    answer = take(programme, sheet)[1]
    assert {code for code, _, _ in findings(answer)} <= {"S08"} and [path.read_bytes() for path in paths] == after
    store = sqlite3.connect(programme / "output" / "boardpack.sqlite")
    now = [store.execute(f"SELECT {column} FROM {table} WHERE known_to_import IS NULL AND source_file = ?", (f"data/{name}",)).fetchall()
           for (table, column), name in zip((("kpi_values", "value"), ("narrative", "text"), ("updates", "progress")), WRITTEN)]
    assert now == [[("51%",)], ([] if is_first else [("Now 41",)]) + [("Now 51",)], [("So far 51",)]]


def test_the_present_status_again_keeps_what_stands(tmp_path, made, programme):
    def edit(actions, measures, narrative):
        actions.type(actions.find("Ref", "2.1.4"), "New status", "r")  # its letter: off track

    done, answer = take(programme, returned(made, tmp_path, edit))
    assert done.returncode == 0 and findings(answer) == []
    run_boardpack(programme, "build", "--as-of", AS_OF, "--format", "text", "--forum", "operational-group")
    again = Run(programme).file("operational-group", "txt").read_text()
    (programme / "data" / UPDATES).unlink()
    run_boardpack(programme, "import")
    run_boardpack(programme, "build", "--as-of", AS_OF, "--format", "text", "--forum", "operational-group")
    before = Run(programme).file("operational-group", "txt").read_text()
    for phrase in ("Trainer left in April; 14 of 31", "Three sessions in September", "DfE SEND adviser runs", "30 September 2025", "Off track",
                   "No reason given", "No way back given", "Approve 30 September"):
        assert again.count(phrase) == before.count(phrase), phrase


def test_nothing_typed_is_a_return_without_a_change(tmp_path, made, programme):
    before = run_boardpack(programme, "import", "--json").stdout
    done, answer = take(programme, returned(made, tmp_path, lambda *sheets: None))
    assert (done.returncode, answer["updates"], answer["kpi_values"], answer["narrative"]) == (0, 0, 0, 0)
    assert json.loads(done.stdout)["import"] == json.loads(before)["import"] == 1


def test_partners_go_on_reading_the_words_that_were_published_last(tmp_path, programme):
    (programme / "data" / "updates-early.csv").write_text(
        "plan,ref,as_of,status,progress,public_progress\nSIP,2.2.4,2025-06-10,at-risk,Inside words,Published words\n")
    run_boardpack(programme, "import")
    run = make_sheets(programme)
    done, answer = take(programme, returned(run, tmp_path, lambda actions, *others: actions.type(actions.find("Ref", "2.2.4"), "Progress", "Secret words")))
    assert done.returncode == 0 and findings(answer) == []
    run_boardpack(programme, "build", "--as-of", AS_OF, "--format", "text", "--forum", "partners", "--forum", "operational-group")
    partners, internal = (Run(programme).file(forum, "txt").read_text() for forum in ("partners", "operational-group"))
    assert "Published words" in partners and "Secret words" not in partners and "Inside words" not in partners
    assert "Secret words" in internal


# ---- conflicts ----


def report(folder, row):
    (folder / "data" / "updates-late.csv").write_text("plan,ref,as_of,status,progress,next_step\n" + row + "\n")
    run_boardpack(folder, "import")


def test_a_row_of_which_a_cell_has_changed_meanwhile_is_left_out(tmp_path, made, programme):
    report(programme, "SIP,2.2.3,2025-08-05,complete,All letters are out.,")
    cells = {}

    def edit(actions, measures, narrative):
        row = actions.find("Ref", "2.2.3")
        cells["status"] = actions.type(row, "New status", "At risk")
        cells["progress"] = actions.type(row, "Progress", "Half of the letters are out.")
        actions.type(row, "Ask", "A second clerk")
        actions.type(actions.find("Ref", "2.1.4"), "New status", "At risk")

    done, answer = take(programme, returned(made, tmp_path, edit))
    assert done.returncode == 3
    told = findings(answer)
    assert [(code, sheet) for code, sheet, _ in told] == [("S01", "Actions")] * 2 + [("S09", "Actions")]
    by_cell = {text.split(" ")[0]: text for code, _, text in told if code == "S01"}
    assert set(by_cell) == set(cells.values())
    assert "says “At risk”" in by_cell[cells["status"]] and "the data said “off-track”" in by_cell[cells["status"]]
    assert "data/updates-late.csv, row 2, says “complete”" in by_cell[cells["status"]]
    with (programme / "data" / UPDATES).open() as lines:
        rows = {row["ref"]: row for row in csv.DictReader(lines)}
    assert "2.2.3" not in rows  # half of it beside the other's words would be nobody's report
    assert rows["2.1.4"]["status"] == "at-risk"


def test_the_same_said_twice_is_no_conflict(tmp_path, made, programme):
    report(programme, "SIP,2.2.3,2025-08-05,complete,,")
    done, answer = take(programme, returned(made, tmp_path, lambda actions, *others: actions.type(actions.find("Ref", "2.2.3"), "New status", "COMPLETE")))
    assert done.returncode == 0 and [code for code, _, _ in findings(answer)] == ["S09"]


def test_a_value_that_stands_already_is_not_doubled(tmp_path, made, programme):
    (programme / "data" / "kpi_values-late.csv").write_text("kpi,period,series,value\nK04,Q4 of 2024/25,actual,49%\n")

    def edit(actions, measures, narrative):
        measures.type(measures.find("Period due", "Q4 2024/25"), "Value", "51%")

    done, answer = take(programme, returned(made, tmp_path, edit))
    (code, sheet, text), = findings(answer)
    assert (done.returncode, code, sheet) == (3, "S01", "Measures")
    assert "the data said “nothing”; now data/kpi_values-late.csv, row 2, says “49%”" in text
    assert not list((programme / "data").glob("kpi_values-return-*"))


def test_a_base_that_the_store_does_not_know_is_said(tmp_path, made):
    folder = copy_programme(ROOT, tmp_path / "other")
    (folder / "data" / "risks-illustrative.csv").unlink()
    path = returned(made, tmp_path, lambda actions, *others: actions.type(actions.find("Ref", "2.2.3"), "Ask", "A second clerk"))
    done, answer = take(folder, path)
    assert done.returncode == 0 and [code for code, _, _ in findings(answer)] == ["S06"]


# ---- put where it does not belong ----


def test_a_returned_sheet_in_the_data_folder_is_said_and_left_out_alone(tmp_path, made, programme):
    path = returned(made, tmp_path, lambda actions, *others: actions.type(actions.find("Ref", "2.1.4"), "Progress", "Typed"))
    stray = programme / "data" / "Update (back).xlsx"
    path.rename(stray)
    (programme / "data" / "updates-late.csv").write_text("plan,ref,as_of,progress\nSIP,2.2.3,2025-08-05,Late\n")
    done = run_boardpack(programme, "run", "--as-of", "2025-08-31", "--format", "text", "--forum", "bbp")
    assert f"error F16 data/Update (back).xlsx: It is an update sheet that came back ({LEAD} as at 31 July 2025)" in done.stderr
    assert new_rows(programme, "updates", ("ref", "progress")) == [("2.2.3", "Late")]
    check = run_boardpack(programme, "check", check=False)
    assert check.returncode == 4 and "error F16 data/Update (back).xlsx" in check.stdout and "boardpack import FILE" in check.stdout
    done, answer = take(programme, stray)  # from where it is
    assert done.returncode == 0 and answer["updates"] == 1
    assert [finding["code"] for finding in json.loads(done.stdout)["findings"]["list"] if "Update (back)" in finding["file"]] == ["F16"]
    assert new_rows(programme, "updates", ("ref", "progress")) == [("2.1.4", "Typed"), ("2.2.3", "Late")]
