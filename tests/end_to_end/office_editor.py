"""LibreOffice as somebody who edits a workbook: started once, driven over its own interface (UNO)."""

import pathlib
import subprocess
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException
from com.sun.star.table import CellRangeAddress


def _property(name, value):
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


class Office:
    """A running LibreOffice with a profile of its own."""

    def __init__(self, folder):
        pipe = f"boardpack-{pathlib.Path(folder).name}"
        self.process = subprocess.Popen(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--nologo", f"--accept=pipe,name={pipe};urp;"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        self.desktop = self._connect(resolver, f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")

    def _connect(self, resolver, address):
        for _ in range(240):
            try:
                context = resolver.resolve(address)
                return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            except NoConnectException:
                assert self.process.poll() is None, "LibreOffice ended before it could be reached"
                time.sleep(0.25)
        raise TimeoutError("LibreOffice could not be reached")

    def open(self, path):
        return self.desktop.loadComponentFromURL(pathlib.Path(path).resolve().as_uri(), "_blank", 0, (_property("Hidden", True),))

    def save(self, document, path):
        document.storeToURL(pathlib.Path(path).resolve().as_uri(), (_property("FilterName", "Calc MS Excel 2007 XML"),))
        document.close(True)

    def close(self):
        self.desktop.terminate()
        self.process.wait(30)


class OfficeSheet:
    """One sheet of a workbook that LibreOffice has open; rows and columns from 0."""

    def __init__(self, document, name):
        self.document, self.sheet = document, document.Sheets.getByName(name)

    def _used(self):
        cursor = self.sheet.createCursor()
        cursor.gotoEndOfUsedArea(False)
        return cursor.RangeAddress

    def header(self):
        """The row of the header, and the column of each heading without what stands in brackets."""
        used = self._used()
        for row in range(used.EndRow + 1):
            words = [self.sheet.getCellByPosition(column, row).String.split("(")[0].strip() for column in range(used.EndColumn + 1)]
            if sum(1 for word in words if word in ("Plan", "Ref", "Measure", "Period due", "Kind", "Text")) >= 2:
                return row, {word: column for column, word in enumerate(words) if word}
        raise AssertionError("no header")

    def find(self, heading, text):
        row, columns = self.header()
        for at in range(row + 1, self._used().EndRow + 1):
            if self.sheet.getCellByPosition(columns[heading], at).String == text:
                return at
        raise AssertionError(f"no row with {text!r} as {heading}")

    def type(self, row, heading, text):
        """As from the keyboard: what looks like a date or a number becomes one, unless the cell is text."""
        self.sheet.getCellByPosition(self.header()[1][heading], row).FormulaLocal = text

    def delete_row(self, row):
        self.sheet.Rows.removeByIndex(row, 1)

    def add_row(self, **cells):
        row = self._used().EndRow + 1
        for heading, text in cells.items():
            self.type(row, heading.replace("_", " "), text)

    def reverse_rows(self):
        """Sorts the table by its refs, last first."""
        row, columns = self.header()
        used = self._used()
        field = uno.createUnoStruct("com.sun.star.table.TableSortField")
        field.Field, field.IsAscending = columns["Ref"], False
        rows = self.sheet.getCellRangeByPosition(0, row + 1, used.EndColumn, used.EndRow)
        rows.sort((_property("SortFields", uno.Any("[]com.sun.star.table.TableSortField", (field,))), _property("ContainsHeader", False)))

    def move_column_to_front(self, heading):
        self.sheet.Columns.insertByIndex(0, 1)
        row, columns = self.header()
        used = self._used()
        source = CellRangeAddress(used.Sheet, columns[heading], row, columns[heading], used.EndRow)
        self.sheet.moveRange(self.sheet.getCellByPosition(0, row).CellAddress, source)

    def rename(self, name):
        self.sheet.Name = name
