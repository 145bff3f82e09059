"""A finished workbook as a reader's program sees it: the parts of the package, and the cells through openpyxl."""

import datetime
import functools
import posixpath
import re
import warnings
import xml.etree.ElementTree as ElementTree
import zipfile

import openpyxl
from openpyxl.utils import get_column_letter, range_boundaries

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
CUSTOM = "{http://schemas.openxmlformats.org/officeDocument/2006/custom-properties}"
KINDS = ("published", "working", "update")
# The custom property that says what a workbook is, and its values.
KIND_PROPERTY = "Kind of workbook"
KIND_VALUES = {"Published": "published", "Working copy": "working", "Update sheet": "update"}
COVER, CONTENTS, NOTES, DASHBOARD = "Cover", "Contents", "Notes", "Dashboard"


class Unreadable(Exception):
    """The file is no workbook, or not whole."""


class Table:
    """A named table and its cells, as rows of cells of openpyxl. root is its own part."""

    def __init__(self, sheet, root):
        self.sheet, self.root = sheet, root
        self.name, self.ref = root.get("name"), root.get("ref")
        self.first_column, self.first_row, self.last_column, self.last_row = range_boundaries(self.ref)
        rows = [list(row) for row in sheet.cells[self.ref]]
        self.header, self.rows = rows[0], rows[1:]

    def columns(self):
        """(header cell, [cell, …]) from left to right."""
        return [(title, [row[index] for row in self.rows]) for index, title in enumerate(self.header)]

    def column(self, *titles):
        """The cells of the column with one of these titles, or None."""
        for title, cells in self.columns():
            if title.value in titles:
                return cells
        return None

    def covers(self, cell):
        return self.first_row <= cell.row <= self.last_row and self.first_column <= cell.column <= self.last_column


class Sheet:
    """One sheet: its part's XML, its cells, its tables from top to bottom."""

    def __init__(self, workbook, number, part, state, cells):
        self.workbook, self.number, self.part, self.state, self.cells = workbook, number, part, state, cells
        self.name = cells.title
        self.root = workbook.xml(part)
        parts = [target for kind, target in workbook.relations(part).values() if kind == "table"]
        self.tables = sorted((Table(self, workbook.xml(target)) for target in parts), key=lambda table: (table.first_row, table.first_column))

    @property
    def is_data(self):
        """It has rows of the programme's data, or counts of them; a dashboard counts anew."""
        return self.name not in (COVER, CONTENTS, NOTES, DASHBOARD)

    @property
    def is_dashboard(self):
        return self.name == DASHBOARD and self.workbook.kind == "working"

    def find(self, path):
        return self.root.find(path.replace("m:", MAIN))

    def all(self, path):
        return self.root.findall(path.replace("m:", MAIN))

    @functools.cached_property
    def filled(self):
        """Every cell that holds something."""
        return [cell for row in self.cells.iter_rows() for cell in row if cell.value is not None]

    @property
    def text_cells(self):
        return [cell for cell in self.filled if cell.data_type == "s"]

    @property
    def lines(self):
        """The texts of column A above the first table; the whole column where there is none."""
        last = self.tables[0].first_row - 1 if self.tables else self.cells.max_row
        return [self.cells.cell(row, 1) for row in range(1, last + 1)]

    @property
    def drawings(self):
        return [target for kind, target in self.workbook.relations(self.part).values() if kind == "drawing"]

    @functools.cached_property
    def charted_rows(self):
        """Rows that a chart covers from side to side of column A: not blank, though no cell of theirs holds anything."""
        rows = set()
        for anchor in (anchor for part in self.drawings for anchor in self.workbook.xml(part)):
            ends = [[int(anchor.find(f"{DRAWING}{end}/{DRAWING}{axis}").text) for axis in ("col", "row")] for end in ("from", "to")
                    if anchor.find(f"{DRAWING}{end}") is not None]
            if len(ends) == 2 and ends[0][0] == 0 and anchor.find(f"{DRAWING}graphicFrame") is not None:
                rows |= set(range(ends[0][1] + 1, ends[1][1] + 2))
        return rows

    def column_width(self, column):
        """In characters; None if none is set."""
        for element in self.all("m:cols/m:col"):
            if int(element.get("min")) <= column <= int(element.get("max")):
                return float(element.get("width")) if element.get("customWidth") == "1" else None
        return None

    @functools.cached_property
    def rows(self):
        """{number: element} of the rows that the part names."""
        return {int(row.get("r")): row for row in self.all("m:sheetData/m:row")}


class Workbook:
    """The package, its sheets in order, and its properties."""

    def __init__(self, path, kind=None):
        try:
            with zipfile.ZipFile(path) as archive:
                broken = archive.testzip()
                self.entries = archive.infolist()
                self.parts = {entry.filename: archive.read(entry) for entry in self.entries}
            if broken:
                raise Unreadable(f"part {broken} is damaged")
            self._xml = {name: ElementTree.fromstring(data) for name, data in self.parts.items() if name.endswith((".xml", ".rels"))}
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self.book = openpyxl.load_workbook(path)
            self.properties = self.book.properties
            self.custom = {element.get("name"): "".join(element.itertext()) for element in self._xml.get("docProps/custom.xml", [])}
            self.kind = kind or KIND_VALUES.get(self.custom.get(KIND_PROPERTY), "published")
            self.sheets = list(self._read_sheets())
        except (zipfile.BadZipFile, zipfile.LargeZipFile, ElementTree.ParseError, KeyError, ValueError, TypeError, OSError, EOFError) as error:
            raise Unreadable(f"the file does not open: {type(error).__name__}: {error}") from error

    def _read_sheets(self):
        relations = self.relations("xl/workbook.xml")
        for number, element in enumerate(self.xml("xl/workbook.xml").find(f"{MAIN}sheets"), 1):
            part = relations[element.get(RELATION_ID)][1]
            yield Sheet(self, number, part, element.get("state", "visible"), self.book[element.get("name")])

    def xml(self, part):
        return self._xml[part]

    def relations(self, part):
        """{id: (kind, part or address)} of a part."""
        folder, name = posixpath.split(part)
        root = self._xml.get(f"{folder}/_rels/{name}.rels")
        found = {}
        for element in root if root is not None else []:
            target = element.get("Target")
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[element.get("Id")] = (element.get("Type").rsplit("/", 1)[-1], target)
        return found

    def sheet(self, name):
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    @property
    def tables(self):
        return [table for sheet in self.sheets for table in sheet.tables]


def is_number(cell):
    """A figure: no date, no text. Formulas (on a dashboard) count and add up."""
    return cell.data_type == "f" or cell.data_type == "n" and cell.value is not None and not cell.is_date


def is_day(cell):
    return cell.is_date or isinstance(cell.value, (datetime.date, datetime.datetime))


def is_typed(title):
    """A column that quotes what was typed, as its header says."""
    return re.search(r"\bas (typed|stated)\b", str(title).lower()) is not None


def letter(column):
    return get_column_letter(column)
