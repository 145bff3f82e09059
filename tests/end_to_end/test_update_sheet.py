"""A lead's workbook goes out, is worked in with openpyxl and with LibreOffice, and comes back: exactly what was typed is in the store and in the
next pack; what cannot be, or has changed meanwhile, is named with sheet and cell."""

import csv
import datetime
import json
import re
import sqlite3
import zipfile

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


@pytest.fixture
def office(tmp_path):
    """One for each test: it does not always end after a second document."""
    running = Office(tmp_path)
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
    """Rows that an import after the first brought; none has gone without another for the same thing."""
    keys = {"updates": "plan, ref, as_of", "kpi_values": "kpi, period", "narrative": "text"}[table]
    store = sqlite3.connect(folder / "output" / "boardpack.sqlite")
    gone = set(store.execute(f"SELECT {keys} FROM {table} WHERE known_to_import IS NOT NULL"))
    assert gone <= set(store.execute(f"SELECT {keys} FROM {table} WHERE known_to_import IS NULL"))
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


# ---- what cannot be ----

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


def change_sheet(made, tmp_path, change):
    book = openpyxl.load_workbook(workbook_of(made))
    change(book, OpenpyxlSheet(book, "Actions"))
    path = tmp_path / "back.xlsx"
    book.save(path)
    return path


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
