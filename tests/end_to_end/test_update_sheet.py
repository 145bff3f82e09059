"""A lead's workbook goes out, is worked in with openpyxl and with LibreOffice, and comes back: exactly what was typed is in the store and in the
next pack; what cannot be, or has changed meanwhile, is named with sheet and cell."""

import csv
import datetime
import json
import re
import sqlite3

import openpyxl
import pytest

from conftest import ROOT, Run, copy_programme, run_boardpack
from office_editor import Office, OfficeSheet

AS_OF = "2025-07-31"
LEAD = "Service Manager for Learner Support"
SLUG = "service-manager-for-learner-support"
UPDATES = f"updates-return-{SLUG}-{AS_OF}-1.csv"
SHEETS = ["Cover", "Contents", "Notes", "Actions", "Measures", "Narrative"]


class OpenpyxlSheet:
    """One sheet of a workbook in openpyxl; rows and columns from 1."""

    def __init__(self, book, name):
        self.sheet = book[name]

    def header(self):
        for row in self.sheet.iter_rows():
            columns = {str(cell.value).split("(")[0].strip(): cell.column for cell in row if cell.value}
            if len(columns.keys() & {"Plan", "Ref", "Measure", "Period due", "Kind", "Text"}) >= 2:
                return row[0].row, columns
        raise AssertionError("no header")

    def rows(self):
        row, columns = self.header()
        values = ([cell.value for cell in cells] for cells in self.sheet.iter_rows(min_row=row + 1))
        return [{heading: value[column - 1] for heading, column in columns.items()} for value in values]

    def find(self, heading, text):
        row, columns = self.header()
        return next(at for at in range(row + 1, self.sheet.max_row + 1) if self.sheet.cell(at, columns[heading]).value == text)

    def type(self, row, heading, value):
        self.sheet.cell(row, self.header()[1][heading]).value = value
        return self.sheet.cell(row, self.header()[1][heading]).coordinate

    def delete_row(self, row):
        self.sheet.delete_rows(row)

    def add_row(self, **cells):
        row = self.sheet.max_row + 1
        for heading, value in cells.items():
            self.type(row, heading.replace("_", " "), value)
        return row

    def _rewrite(self, change):
        first = self.header()[0]
        table = [[cell.value for cell in cells] for cells in self.sheet.iter_rows(min_row=first)]
        for at, values in enumerate(change(table), first):
            for column, value in enumerate(values, 1):
                self.sheet.cell(at, column).value = value

    def reverse_rows(self):
        self._rewrite(lambda table: table[:1] + table[:0:-1])

    def move_column_to_front(self, heading):
        at = self.header()[1][heading] - 1
        self._rewrite(lambda table: [[values[at], *values[:at], *values[at + 1:]] for values in table])

    def rename(self, name):
        self.sheet.title = name


def make_sheets(folder, *more):
    done = run_boardpack(folder, "run", "--as-of", AS_OF, "--format", "update", "--json", *more)
    return Run(folder, json.loads(done.stdout)["folder"])


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The sample programme with its update sheets made."""
    return make_sheets(copy_programme(ROOT, tmp_path_factory.mktemp("made") / "programme"))


@pytest.fixture
def programme(tmp_path, made):
    """A copy of it, of its store too, to import into."""
    folder = copy_programme(made.folder, tmp_path / "programme")
    (folder / "output").mkdir()
    source = sqlite3.connect(made.folder / "output" / "boardpack.sqlite")
    with sqlite3.connect(folder / "output" / "boardpack.sqlite") as target:
        source.backup(target)
    return folder


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    running = Office(tmp_path_factory.mktemp("office"))
    yield running
    running.close()


def workbook_of(made, slug=SLUG):
    return made.path / "updates" / f"update-{slug}-{AS_OF}.xlsx"


def returned(made, tmp_path, edit, slug=SLUG):
    """The lead's workbook with openpyxl's edits: edit takes its three sheets."""
    book = openpyxl.load_workbook(workbook_of(made, slug))
    edit(*(OpenpyxlSheet(book, name) for name in SHEETS[3:]))
    path = tmp_path / "Update (back).xlsx"
    book.save(path)
    return path


def take(folder, path, *more, check=True):
    done = run_boardpack(folder, "import", "--json", *more, path, check=check)
    return done, json.loads(done.stdout)["returns"][0] if done.stdout else None


def findings(answer):
    return [(finding["code"], finding["sheet"], finding["text"]) for finding in answer["findings"]["list"]]


def new_rows(folder, table, columns):
    """Rows that an import after the first brought, and rows that it took away."""
    store = sqlite3.connect(folder / "output" / "boardpack.sqlite")
    gone = store.execute(f"SELECT count(*) FROM {table} WHERE known_to_import IS NOT NULL").fetchone()[0]
    assert gone == 0
    return sorted(store.execute(f"SELECT {', '.join(columns)} FROM {table} WHERE known_from_import > 1"))


# ---- the workbook as it goes out ----


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


# ---- there and back ----


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


# the sample has reports of 31 July 2025 for every action but one, so that these are the next day's
EXPECTED_UPDATES = [
    ("SIP", "2.1.4", "2025-08-01", "complete", "2025-07-29", "", "", "", "Training log, 41 of 43 officers"),
    ("SIP", "2.2.3", "2025-08-01", "", "", 'Letters go out "the same day",\nor nearly so.', "", "October 2025", ""),
    ("SIP", "3.1.4", "2025-08-01", "", "", "", "Ask the panel for its figures", "", ""),
]


@pytest.mark.parametrize("editor", ["openpyxl", "LibreOffice"])
def test_exactly_what_was_typed_is_imported(tmp_path, made, programme, editor, request):
    path = edited(editor, made, tmp_path, request)
    done, answer = take(programme, path)
    assert done.returncode == 0
    assert [code for code, _, _ in findings(answer)] == ["S05"]  # 3.1.4 is another lead's
    assert (answer["lead"], answer["base"], answer["as_of"]) == (LEAD, 1, AS_OF)
    columns = ("plan", "ref", "as_of", "status", "completed_on", "progress", "next_step", "forecast", "evidence")
    assert new_rows(programme, "updates", columns) == EXPECTED_UPDATES
    assert new_rows(programme, "kpi_values", ("kpi", "period", "series", "value", "numerator", "denominator", "published")) == [
        ("K04", "Q1 2025/26", "actual", "54%", "", "", AS_OF), ("K04", "Q4 2024/25", "actual", "", "41", "80", AS_OF)]
    assert new_rows(programme, "narrative", ("as_of", "kind", "text", "plan", "area", "audience")) == [
        (AS_OF, "next_step", "Officers train in pairs from September.", "SIP", "2.1", "partner")]
    run_boardpack(programme, "build", "--as-of", "2025-08-31", "--format", "text", "--forum", "operational-group")
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


def test_a_row_deleted_from_a_second_return_is_no_change_and_an_emptied_cell_is_taken_back(tmp_path, made, programme):
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
        assert [(row["ref"], row["progress"]) for row in csv.DictReader(lines)] == [("2.1.4", "One")]
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
    assert findings(answer) == [] and [path.read_bytes() for path in paths] == after
    store = sqlite3.connect(programme / "output" / "boardpack.sqlite")
    now = [store.execute(f"SELECT {column} FROM {table} WHERE known_to_import IS NULL AND source_file = ?", (f"data/{name}",)).fetchall()
           for (table, column), name in zip((("kpi_values", "value"), ("narrative", "text"), ("updates", "progress")), WRITTEN)]
    assert now == [[("51%",)], [("Now 51",)], [("So far 51",)]]


def test_nothing_typed_is_a_return_without_a_change(tmp_path, made, programme):
    before = run_boardpack(programme, "import", "--json").stdout
    done, answer = take(programme, returned(made, tmp_path, lambda *sheets: None))
    assert (done.returncode, answer["updates"], answer["kpi_values"], answer["narrative"]) == (0, 0, 0, 0)
    assert json.loads(done.stdout)["import"] == json.loads(before)["import"] == 1


# ---- conflicts ----


def report(folder, row):
    (folder / "data" / "updates-late.csv").write_text("plan,ref,as_of,status,progress,next_step\n" + row + "\n")
    run_boardpack(folder, "import")


def test_a_cell_that_has_changed_meanwhile_is_a_conflict_alone(tmp_path, made, programme):
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
    assert [(code, sheet) for code, sheet, _ in told] == [("S01", "Actions")] * 2
    by_cell = {text.split(" ")[0]: text for _, _, text in told}
    assert set(by_cell) == set(cells.values())
    assert "says “At risk”" in by_cell[cells["status"]] and "the data said “off-track”" in by_cell[cells["status"]]
    assert "data/updates-late.csv, row 2, says “complete”" in by_cell[cells["status"]]
    with (programme / "data" / UPDATES).open() as lines:
        rows = {row["ref"]: row for row in csv.DictReader(lines)}
    assert (rows["2.2.3"]["status"], rows["2.2.3"]["progress"], rows["2.2.3"]["ask"]) == ("", "", "A second clerk")
    assert rows["2.1.4"]["status"] == "at-risk"


def test_the_same_said_twice_is_no_conflict(tmp_path, made, programme):
    report(programme, "SIP,2.2.3,2025-08-05,complete,,")
    done, answer = take(programme, returned(made, tmp_path, lambda actions, *others: actions.type(actions.find("Ref", "2.2.3"), "New status", "COMPLETE")))
    assert done.returncode == 0 and findings(answer) == []


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


# ---- what cannot be ----

IMPOSSIBLE = [
    ("Actions", "New status", "Nearly there", "is no status"),
    ("Actions", "New status", "No update", "nobody can report it"),
    ("Actions", "Completed on", "31/02/2025", "is no day"),
    ("Actions", "Completed on", datetime.date(2026, 1, 16), "still to come"),
    ("Actions", "Forecast", "when we can", "is no date or time"),
    ("Measures", "Value", "lots", "neither a number nor shorthand"),
    ("Measures", "Numerator", -3, "below nought"),
    ("Measures", "Denominator", "a few", "is no number"),
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
    assert new_rows(programme, "updates", ("ref", "status", "completed_on", "next_step", "forecast")) == [("2.1.4", "", "", "Goes on", "")]
    kept = new_rows(programme, "narrative", ("text", "area", "audience"))
    assert kept == ([("Words", "", "")] if sheet == "Narrative" and heading != "Kind" else [])


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


@pytest.mark.parametrize("line, message", [("Base:", "are not all on its cover"), ("Sheet:", "does not agree"), ("As at:", "has no date")])
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


def test_what_was_taken_and_left_out_of_a_return_can_be_found_again(tmp_path, made, programme):
    cells = []

    def wrong(actions, measures, narrative):
        actions.type(actions.find("Ref", "2.1.4"), "Progress", "So far")
        cells.append(actions.type(actions.find("Ref", "2.2.3"), "New status", "Nearly there"))

    def right(actions, measures, narrative):
        actions.type(actions.find("Ref", "2.1.4"), "Progress", "So far")
        actions.type(actions.find("Ref", "2.2.3"), "New status", "At risk")

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
    assert f"S03 Actions: {cells[0]}: “Nearly there” is no status of the scale." in told
    take(programme, path)
    assert listed() == [first]
    take(programme, returned(made, tmp_path, right))
    second, kept = listed()
    assert kept == first and (second["updates"], second["findings"]["list"]) == (2, [])
    assert "left out" not in run_boardpack(programme, "list", "returns").stdout
    (programme / "output" / "boardpack.sqlite").unlink()  # the data folder still says who has answered
    assert listed() == []
    assert f"returned      {LEAD}" in run_boardpack(programme, "list", "returns").stdout
