"""A lead's update sheet: made, filled in with openpyxl, and taken back."""

import json
import sqlite3

import openpyxl
import pytest

from conftest import ROOT, Run, copy_programme, run_boardpack
from office_editor import Office

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


def change_sheet(made, tmp_path, change):
    book = openpyxl.load_workbook(workbook_of(made))
    change(book, OpenpyxlSheet(book, "Actions"))
    path = tmp_path / "back.xlsx"
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
