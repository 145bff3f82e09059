"""What this project asks besides: that the file opens, how it prints, and what each row says of the PDF."""

import re

from ..rule import at, rule
from ..workbook import MAIN

A4 = "9"
IN_PACK = "In this pack’s PDF"
TITLES = re.compile(r".+!\$(\d+):\$(\d+)")


@rule("BP-1", "The file opens, and each of its parts is whole and well-formed", "this project")
def readable(workbook):
    """A file of which this is not true is found before any rule runs."""
    for name, data in workbook.parts.items():
        if not data:
            yield at(f"part {name} is empty")


@rule("BP-2", "Sheets print on A4, one page wide, and repeat the header of their table", "this project")
def printing(workbook):
    repeated = {}
    for element in workbook.xml("xl/workbook.xml").iter(f"{MAIN}definedName"):
        match = TITLES.fullmatch(element.text or "")
        if element.get("name") == "_xlnm.Print_Titles" and match:
            repeated[workbook.sheets[int(element.get("localSheetId"))].name] = (int(match[1]), int(match[2]))
    for sheet in workbook.sheets:
        fit = sheet.find("m:sheetPr/m:pageSetUpPr")
        setup = sheet.find("m:pageSetup")
        if setup is None or setup.get("paperSize") != A4:
            yield at("it does not print on A4", sheet)
        elif fit is None or fit.get("fitToPage") != "1" or setup.get("fitToWidth", "1") != "1" or setup.get("fitToHeight", "1") != "0":
            yield at("it does not print one page wide, and as long as it takes", sheet)
        if len(sheet.tables) == 1 and repeated.get(sheet.name) != (sheet.tables[0].first_row,) * 2:
            yield at(f"its printed pages do not repeat row {sheet.tables[0].first_row}", sheet)


@rule("BP-3", "Each row of data says whether this pack's PDF shows it", "this project")
def in_pack(workbook):
    if workbook.kind == "update":
        return
    for sheet in workbook.sheets:
        for table in sheet.tables if sheet.is_data else []:
            cells = table.column(IN_PACK, IN_PACK.replace("’", "'"))
            if cells is None:
                yield at(f"no column “{IN_PACK}”", sheet)
                continue
            for cell in cells:
                if cell.value not in ("Yes", "No", "[z]"):
                    yield at(f"{cell.value}, neither Yes nor No", sheet, cell)
