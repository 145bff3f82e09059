"""What a lead's workbook brings back that cannot be taken: each entry is named with sheet and cell, and nothing is dropped in silence."""

import datetime
import json

import openpyxl
import pytest

from conftest import ROOT, copy_programme, run_boardpack
from lead_sheet import AS_OF, OpenpyxlSheet, change_sheet, findings, made, make_sheets, new_rows, programme, returned, take, workbook_of

assert made and programme  # fixtures


IMPOSSIBLE = [
    ("Actions", "New status", "Nearly there", "is no status; choose one of these, or its letter: Complete (C), On track (G)"),
    ("Actions", "Progress", "#REF!", "is an error of the spreadsheet"),
    ("Actions", "Completed on", "25/07/2025", "but the status is “Off track”"),
    ("Actions", "New status", "No update", "nobody can report it"),
    ("Actions", "Completed on", "31/02/2025", "is no day"),
    ("Actions", "Completed on", datetime.date(2026, 1, 16), "still to come"),
    ("Actions", "Forecast", "when we can", "is no date or time"),
    ("Measures", "Value", "lots", "neither a number nor shorthand"),
    ("Measures", "Numerator", -3, "below nought"),
    ("Measures", "Denominator", "a few", "is no number"),
    ("Measures", "Value", "0.52", "looks like a fraction; type 52%"),
    ("Measures", "Numerator", 41, "a numerator without a denominator"),
    ("Measures", "Note", "Counted twice", "a note on a value that is not given"),
    ("Narrative", "Kind", "Musing", "no kind of narrative"),
    ("Narrative", "Area", "SIP:99", "is no area"),
    ("Narrative", "Audience", "Everybody", "is no audience"),
]


@pytest.mark.parametrize("sheet, heading, value, reason", IMPOSSIBLE)
def test_an_impossible_entry_is_named_with_sheet_and_cell_and_left_out_alone(tmp_path, made, programme, sheet, heading, value, reason):
    cells = []

    def edit(actions, measures, narrative):
        actions.type(actions.find("Ref", "2.1.4"), "Next step", "Goes on")
        row = {"Actions": actions.find("Ref", "2.1.4"), "Measures": measures.find("Period due", "Q4 2024/25"), "Narrative": narrative.header()[0] + 1}
        if sheet == "Narrative":
            narrative.type(row[sheet], "Text", "Words")
            narrative.type(row[sheet], "Kind", "Impact")
        cells.append({"Actions": actions, "Measures": measures, "Narrative": narrative}[sheet].type(row[sheet], heading, value))

    done, answer = take(programme, returned(made, tmp_path, edit))
    (code, where, text), = findings(answer)
    assert (done.returncode, code, where) == (3, "S03", sheet)
    assert text.startswith(f"{cells[0]}: ") and reason in text
    assert new_rows(programme, "updates", ("ref", "status", "completed_on", "next_step", "forecast")) == [
        ("2.1.4", "off-track", "", "Goes on", "30 September 2025")]
    assert new_rows(programme, "kpi_values", ("kpi",)) == []
    kept = new_rows(programme, "narrative", ("text", "area", "audience"))
    assert kept == ([("Words", "", "")] if sheet == "Narrative" and heading == "Audience" else [])


def test_rows_about_nothing_known_or_twice_about_one_thing_are_left_out(tmp_path, made, programme):
    rows = []

    def edit(actions, measures, narrative):
        rows.append(actions.add_row(Plan="SIP", Ref="9.9.9", Progress="Lost"))
        rows.append(actions.add_row(Plan="SIP", Ref="2.1.4", Progress="First"))
        rows.append(actions.add_row(Plan="SIP", Ref="2.1.4", Progress="Second"))
        measures.add_row(Measure="K99", Period_due="Q1 2025/26", Value=3)
        measures.add_row(Measure="K04", Period_due="one day", Value=3)

    done, answer = take(programme, returned(made, tmp_path, edit))
    assert done.returncode == 3
    assert sorted((code, sheet) for code, sheet, _ in findings(answer)) == [("S02", "Actions"), ("S02", "Measures"), ("S02", "Measures"), ("S04", "Actions")]
    assert any(text.startswith(f"B{rows[0]}: “9.9.9”") for _, _, text in findings(answer))
    assert new_rows(programme, "updates", ("ref", "progress")) == [("2.1.4", "First")]


def rename_heading(book, actions):
    row, columns = actions.header()
    actions.type(actions.find("Ref", "2.1.4"), "New status", "At risk")
    actions.sheet.cell(row, columns["New status"]).value = "Status now"


def type_into_a_copy(book, actions):
    copy = book.copy_worksheet(book["Actions"])
    copy.title = "Actions (2)"
    OpenpyxlSheet(book, "Actions (2)").type(actions.find("Ref", "2.1.4"), "Progress", "Typed in the copy")


def head_two_columns_alike(book, actions):
    row, columns = actions.header()
    actions.sheet.cell(row, columns["Evidence"] + 1).value = "Progress"
    actions.sheet.cell(actions.find("Ref", "2.1.4"), columns["Evidence"] + 1).value = "Typed in the second"


def type_a_formula(book, actions):
    actions.type(actions.find("Ref", "2.1.4"), "Progress", '="Typed "&"as a formula"')


def lose_the_header(book, actions):
    actions.type(actions.find("Ref", "2.1.4"), "Progress", "Typed below nothing")
    actions.sheet.delete_rows(actions.header()[0])


def type_under_no_heading(book, actions):
    row, columns = actions.header()
    actions.type(actions.find("Ref", "2.1.4"), "Progress", "Typed below a blank")
    actions.sheet.cell(row, columns["Progress"]).value = None


@pytest.mark.parametrize("change, code, sheet, words", [
    (rename_heading, "S07", "Actions", "Column G, headed “Status now”, is none of the sheet's. What stands in it (cell G{row}) was left out."),
    (type_into_a_copy, "S07", "Actions (2)", "only that was read. What was typed in this one (cell I{row}) was left out."),
    (head_two_columns_alike, "S07", "Actions", "Column Q is headed Progress too, and only column I was read. What stands in the second (cell Q{row})"),
    (type_a_formula, "F15", "Actions", "Cell I{row} holds a formula without a saved value."),
    (lose_the_header, "S07", "Actions", "has the headings of none that is filled in"),
    (type_under_no_heading, "S07", "Actions", "Column I has no heading. What stands in it (cell I{row}) was left out."),
])
def test_nothing_that_was_typed_is_dropped_in_silence(tmp_path, made, programme, change, code, sheet, words):
    row = OpenpyxlSheet(openpyxl.load_workbook(workbook_of(made)), "Actions").find("Ref", "2.1.4")
    done, answer = take(programme, change_sheet(made, tmp_path, change))
    told = [text for found, where, text in findings(answer) if (found, where) == (code, sheet)]
    assert done.returncode == 3 and any(words.format(row=row) in text for text in told), told


# column, where what is typed there belongs
SHOWN_ALONE = [("Actions", "Action", "Progress"), ("Actions", "Due date", "Forecast"), ("Actions", "Present status", "New status"),
               ("Actions", "Last report", "Progress"), ("Measures", "Latest value", "Value")]


@pytest.mark.parametrize("sheet, heading, home", SHOWN_ALONE)
def test_words_in_a_column_that_is_not_read_are_named(tmp_path, made, programme, sheet, heading, home):
    cells = []

    def edit(actions, measures, narrative):
        table, row = {"Actions": (actions, actions.find("Ref", "2.1.4")), "Measures": (measures, measures.find("Period due", "Q4 2024/25"))}[sheet]
        cells.append(table.type(row, heading, "Complete since May"))
        actions.reverse_rows()
        if sheet == "Actions":
            cells[0] = actions.sheet.cell(actions.find("Ref", "2.1.4"), actions.header()[1][heading]).coordinate

    done, answer = take(programme, returned(made, tmp_path, edit))
    assert done.returncode == 3
    assert findings(answer) == [("S07", sheet, f"{cells[0]}: “Complete since May” was typed into the column {heading}, which is not read. "
                                               f"It was left out; type it under {home}.")]


def test_a_line_below_the_table_and_on_the_cover_is_named(tmp_path, made, programme):
    def change(book, actions):
        cells.append(f"A{actions.add_row(Plan='Sorry, no time this month')}")
        cells.append(f"B{actions.add_row(Plan='SIP', Ref='please ring me')}")
        actions.add_row(Plan="SIP", Ref="3.1.4")  # begun, with nothing in it
        book["Cover"]["A12"] = "All is well"
        book["Cover"]["C3"] = "Ann"
        book["Notes"]["C7"] = "See my note"
        book["Measures"]["A5"] = "No figures yet"

    cells = []
    done, answer = take(programme, change_sheet(made, tmp_path, change))
    assert done.returncode == 3 and {code for code, _, _ in findings(answer)} == {"S07"}
    told = {text.split(":")[0]: (sheet, text) for _, sheet, text in findings(answer)}
    assert set(told) == {*cells, "A12", "C3", "C7", "A5"}
    assert (told["C7"][0], told["A5"][0]) == ("Notes", "Measures")
    assert told[cells[0]][0] == "Actions" and "“Sorry, no time this month” stands in a row that is about nothing on the sheet" in told[cells[0]][1]
    assert told["A12"][0] == "Cover" and "“All is well” is no line of the sheet as it is made, and stands where nothing is read" in told["A12"][1]


THREAD = ("[Threaded comment]\n\nYour version of Excel allows you to read this threaded comment; however, any edits to it will get removed if the "
          "file is opened in a newer version of Excel.\n\nComment:\n    Done since May")


@pytest.mark.parametrize("words", ["Done since May", THREAD], ids=["comment", "thread"])
def test_comments_are_named(tmp_path, made, programme, words):
    def change(book, actions):
        rows.append(actions.find("Ref", "2.1.4"))
        for column in "GI":
            actions.sheet[f"{column}{rows[0]}"].comment = openpyxl.comments.Comment(words, "Ann")
        book["Cover"]["A4"].comment = openpyxl.comments.Comment("Ring me", "Ann")

    rows = []
    done, answer = take(programme, change_sheet(made, tmp_path, change))
    assert done.returncode == 3
    assert sorted(findings(answer)) == [
        ("S07", "Actions", f"G{rows[0]}: the comment “Done since May” and 1 more of the sheet were left out: comments are not read. Type them into cells."),
        ("S07", "Cover", "A4: the comment “Ring me” was left out: comments are not read. Type it into a cell.")]


def test_an_added_row_that_is_copied_from_another_says_nothing_of_its_own(tmp_path, made, programme):
    def edit(actions, measures, narrative):
        row = actions.rows()[0]
        row.update({"Ref": "3.1.4", "Action": "The panel", "Next step": "Ask the panel"})
        actions.add_row(**row)

    done, answer = take(programme, returned(made, tmp_path, edit))
    assert done.returncode == 0 and [code for code, _, _ in findings(answer)] == ["S05"]


def test_no_sheet_that_is_sent_back_as_it_was_says_anything(made, programme):
    done = run_boardpack(programme, "import", "--json", *sorted((made.path / "updates").iterdir()))
    returns = json.loads(done.stdout)["returns"]
    assert done.returncode == 0 and len(returns) == 10 and not any(findings(answer) for answer in returns)


def test_nor_do_those_of_a_programme_full_of_odd_texts(tmp_path):
    folder = copy_programme(ROOT / "tests" / "fixtures" / "hostile", tmp_path / "hostile")
    run_boardpack(folder, "import", check=False)
    run = make_sheets(folder)
    paths = sorted((run.path / "updates").iterdir())
    for path in paths:
        openpyxl.load_workbook(path).save(path)
    done = run_boardpack(folder, "import", "--json", *paths, check=False)
    assert len(paths) == 6 and not any(findings(answer) for answer in json.loads(done.stdout)["returns"])


def test_merged_and_hidden_cells_of_a_return_are_named(tmp_path, made, programme):
    def change(book, actions):
        row = actions.find("Ref", "2.1.4")
        actions.sheet.merge_cells(f"I{row}:I{row + 1}")
        book["Measures"].sheet_state = "hidden"
        actions.sheet.cell(actions.header()[0], 17).value = "My notes"
        actions.sheet.cell(row, 17).value = "Ring the school"

    done, answer = take(programme, change_sheet(made, tmp_path, change))
    assert done.returncode == 0  # what a lead notes for themselves is no answer
    assert {(code, sheet) for code, sheet, _ in findings(answer)} == {("F14", "Actions"), ("F13", "Measures"), ("S07", "Actions")}


def test_a_lost_column_and_a_lost_sheet_are_said(tmp_path, made, programme):
    book = openpyxl.load_workbook(workbook_of(made))
    actions = OpenpyxlSheet(book, "Actions")
    row, columns = actions.header()
    actions.sheet.cell(row, columns["Progress"]).value = "What we did"
    del book["Narrative"]
    path = tmp_path / "back.xlsx"
    book.save(path)
    done, answer = take(programme, path)
    texts = " ".join(text for code, _, text in findings(answer) if code == "S07")
    assert done.returncode == 0 and "no column headed Progress" in texts and "the sheet Narrative" in texts


@pytest.mark.parametrize("line, message", [("Base:", "are not all on its cover"), ("Sheet:", "does not agree"), ("As at:", "has no date"), ("Lead:", "do not agree about whose")])
def test_a_workbook_that_is_no_update_sheet_changes_nothing(tmp_path, made, programme, line, message):
    book = openpyxl.load_workbook(workbook_of(made))
    for cell in book["Cover"]["A"]:
        if cell.value.startswith(line):
            cell.value = "Mine" if line == "Base:" else f"{line} ../../etc"
    path = tmp_path / "back.xlsx"
    book.save(path)
    before = sorted(file.name for file in (programme / "data").iterdir())
    done, _ = take(programme, path, check=False)
    assert done.returncode == 1 and message in done.stderr and "back.xlsx" in done.stderr
    assert sorted(file.name for file in (programme / "data").iterdir()) == before


def test_a_sheet_of_another_programme_is_refused(tmp_path, made, programme):
    other = tmp_path / "other"
    other.mkdir()
    run_boardpack(other, "init")
    done = run_boardpack(other, "run", "--as-of", AS_OF, "--format", "update", "--json")
    sheet = sorted((other / json.loads(done.stdout)["folder"] / "updates").iterdir())[0]
    back = run_boardpack(programme, "import", sheet, check=False)
    assert back.returncode == 1 and "is an update sheet of the programme “" in back.stderr
    assert not list((programme / "data").glob("*-return-*"))
    book = openpyxl.load_workbook(workbook_of(made))
    line = next(cell for cell in book["Cover"]["A"] if cell.value.startswith("Programme: "))
    line.value = line.value.upper().replace("PROGRAMME: ", "Programme:  ")  # the same, spelt in another way
    book.save(tmp_path / "back.xlsx")
    assert take(programme, tmp_path / "back.xlsx")[0].returncode == 0
    line.value = None
    book.save(tmp_path / "back.xlsx")
    back = run_boardpack(programme, "import", tmp_path / "back.xlsx", check=False)
    assert back.returncode == 1 and "the line Programme is not on its cover" in back.stderr
