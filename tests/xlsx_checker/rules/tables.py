"""Tables: marked up as such, in their place, with full headers and no blank cell."""

import re

from ..rule import at, rule
from ..workbook import COVER, MAIN, is_day, is_number

NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
# A header says what its figures count, or a column of the table does for each row.
UNIT = re.compile(r"number\b|per cent|\bdays?\b|\bweeks?\b|\bmonths?\b|\([nNd]\)|£|\bpoints\b|\(of \d+\)|\(\d+ to \d+\)|\((unit|ratio|rate)|"
                  r"\bhours?\b|\bpounds?\b|\brow\b", re.I)
PERIOD = re.compile(r"(Q[1-4]|quarter \d)?\s*(19|20)\d\d([/-]\d\d)?|(January|February|March|April|May|June|July|August|September|October|November|December)"
                    r" (19|20)\d\d", re.I)
TOTAL = re.compile(r"(grand |sub-?)?totals?", re.I)


@rule("XL-4", "One table on a sheet; where there are more, column A says how many, and names each as Table 1a, 1b…", "Analysis Function; UKHSA")
def one_table(workbook):
    for sheet in workbook.sheets:
        count = len(sheet.tables)
        if sheet.name == COVER or count == 0:
            continue
        said = str(sheet.cells["A2"].value or "")
        words = NUMBER_WORDS[count] if count < len(NUMBER_WORDS) else str(count)
        if not re.search(rf"\b({words}|{count}) tables?\b", said):
            yield at(f"{count} tables, and the second line says: {said}", sheet, "A2")
        for index, table in enumerate(sheet.tables if count > 1 else []):
            line = sheet.cells.cell(table.first_row - 1, 1)
            if not re.match(rf"Table \d+{chr(ord('a') + index)}: \S", str(line.value or "")):
                yield at(f"the line above table {table.name} does not name it “Table 1{chr(ord('a') + index)}: …”: {line.value}", sheet, line)


@rule("XL-5", "Every table is marked up as one, with a meaningful name of its own", "Analysis Function, essential 1 and 2")
def named_tables(workbook):
    """A workbook with two tables of one name does not open at all."""
    for sheet in workbook.sheets:
        if sheet.name != COVER and not sheet.tables:
            yield at("the sheet has no table", sheet)
        for table in sheet.tables:
            if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", table.name) or len(table.name) > 255:
                yield at(f"table {table.name}: letters, digits and underscores alone", sheet)
            if re.fullmatch(r"_?(Table|Range|Data)_?\d*|[A-Za-z]{1,3}\d+", table.name, re.I):
                yield at(f"table {table.name}: the name says nothing", sheet)
            if table.root.get("displayName") != table.name:
                yield at(f"table {table.name} is shown as {table.root.get('displayName')}", sheet)


@rule("XL-6", "Tables begin in column A; above them, in column A alone and without a gap, stand title, number of tables and notes", "Analysis Function; UKHSA")
def place_of_tables(workbook):
    for sheet in workbook.sheets:
        if not sheet.tables:
            continue
        for table in sheet.tables:
            if table.first_column != 1:
                yield at(f"table {table.name} begins at {table.ref}", sheet)
        above = sheet.lines
        if len(above) < 2:
            yield at("no title and number of tables above the table", sheet)
        elif not str(above[1].value or "").startswith("This worksheet contains"):
            yield at(f"it does not say “This worksheet contains …”: {above[1].value}", sheet, "A2")
        in_tables = {row for table in sheet.tables for row in range(table.first_row, table.last_row + 1)} | sheet.charted_rows
        lines = [row for row in range(1, sheet.tables[-1].first_row) if row not in in_tables]
        for row in lines:
            if not str(sheet.cells.cell(row, 1).value or "").strip():
                yield at("the line is blank", sheet, f"A{row}")
        for cell in sheet.filled:
            if cell.row in lines and cell.column > 1:
                yield at("something stands beside the lines above a table", sheet, cell)


@rule("XL-7", "Nothing stands below or to the right of a table", "Analysis Function; UKHSA")
def around_tables(workbook):
    for sheet in workbook.sheets:
        if not sheet.tables:
            continue
        last_row = sheet.tables[-1].last_row
        for cell in sheet.filled:
            beside = any(table.first_row <= cell.row <= table.last_row and cell.column > table.last_column for table in sheet.tables)
            if cell.row > last_row or (beside and not any(table.covers(cell) for table in sheet.tables)):
                yield at("something stands below or beside the table", sheet, cell)
        for drawing in sheet.drawings:
            yield at(f"{drawing} lies beside the table", sheet, departs=sheet.is_dashboard)


@rule("XL-8", "One header row: every cell filled, unique, with the unit of its figures", "Analysis Function, essential 5")
def headers(workbook):
    for table in workbook.tables:
        if table.root.get("headerRowCount", "1") != "1":
            yield at(f"table {table.name} has {table.root.get('headerRowCount')} header rows", table.sheet)
        titles = [str(title.value).strip() if isinstance(title.value, str) else "" for title in table.header]
        for cell, title in zip(table.header, titles):
            if not title:
                yield at("the header cell has no words", table.sheet, cell)
            elif titles.count(title) > 1 or [other.lower() for other in titles].count(title.lower()) > 1:
                yield at(f"two columns are called {title}", table.sheet, cell)
        named = [column.get("name") for column in table.root.iter(f"{MAIN}tableColumn")]
        if [name.replace("_x000a_", "\n") for name in named] != [title.value for title in table.header]:
            yield at(f"table {table.name} names its columns otherwise than its header", table.sheet)
        if "Unit" in titles:
            continue
        for cell, cells in table.columns():
            if any(map(is_number, cells)) and not UNIT.search(str(cell.value)):
                yield at(f"figures without a unit: {cell.value}", table.sheet, cell)


@rule("XL-9", "No merged cells, no table within a table", "Analysis Function, essential 3")
def merged(workbook):
    for sheet in workbook.sheets:
        for element in sheet.all("m:mergeCells/m:mergeCell"):
            yield at("the cells are merged", sheet, element.get("ref"))
        for index, table in enumerate(sheet.tables):
            for other in sheet.tables[index + 1:]:
                if other.first_row <= table.last_row and other.first_column <= table.last_column and table.first_column <= other.last_column:
                    yield at(f"tables {table.name} and {other.name} overlap", sheet)


def _is_input(sheet, cells):
    """A column to be filled in: blank from top to bottom, or with a list or a limit for what may be entered."""
    return all(cell.value is None for cell in cells) or any(cell.coordinate in part.sqref for part in sheet.cells.data_validations.dataValidation for cell in cells[:1])


@rule("XL-10", "No blank row, column or cell in a table: shorthand says why a figure is not there", "Analysis Function, essential 4 and 8")
def blanks(workbook):
    for table in workbook.tables:
        for title, cells in table.columns():
            departs = workbook.kind == "update" and _is_input(table.sheet, cells)
            for cell in cells:
                if cell.value is None or not str(cell.value).strip():
                    yield at(f"the cell is blank ({title.value})", table.sheet, cell, departs=departs)


@rule("XL-21", "Tables are long rather than wide, and no total stands between rows", "UKHSA")
def long_tables(workbook):
    for table in workbook.tables:
        periods = [title for title in table.header if PERIOD.fullmatch(str(title.value).strip())]
        if periods:
            yield at(f"the header is a period: {periods[0].value}; give each period a row", table.sheet, periods[0])
        for row in table.rows[:-1]:
            if any(isinstance(cell.value, str) and TOTAL.fullmatch(cell.value.strip()) for cell in row if not is_day(cell)):
                yield at("a total stands before the last row", table.sheet, row[0])
