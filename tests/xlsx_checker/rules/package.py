"""The package: properties, parts, links, charts, formulas, times."""

import re

from openpyxl.utils import range_boundaries

from ..rule import at, rule
from ..workbook import CONTENTS, DRAWING, MAIN

PARTS = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core|custom)\.xml|xl/(workbook|styles|sharedStrings|calcChain)\.xml|xl/theme/theme\d+\.xml|"
                   r"xl/_rels/workbook\.xml\.rels|xl/worksheets/sheet\d+\.xml|xl/tables/table\d+\.xml|xl/drawings/drawing\d+\.xml|xl/charts/chart\d+\.xml|"
                   r"xl/(worksheets|drawings|charts)/_rels/(sheet|drawing|chart)\d+\.xml\.rels")
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CLASSIFICATION = "Classification"
# Functions that reach outside the workbook, or make a link.
REACHING = re.compile(r"\b(HYPERLINK|WEBSERVICE|RTD|CALL|REGISTER\.ID|FILTERXML|IMAGE|INDIRECT|CUBE\w+|SQL\.REQUEST)\s*\(|\||\[\d+\]|\.xlsx?\b|https?:", re.I)


@rule("XL-23", "The properties say title, subject, author, keywords and marking", "Analysis Function, essential")
def properties(workbook):
    held = workbook.properties
    for name, value in (("title", held.title), ("subject", held.subject), ("author", held.creator), ("keywords", held.keywords), ("comments", held.description)):
        if not str(value or "").strip():
            yield at(f"no {name}")
    marking = workbook.custom.get(CLASSIFICATION)
    if not marking:
        yield at(f"no property {CLASSIFICATION}")
    elif marking != held.description:
        yield at(f"{CLASSIFICATION} is {marking}, the comments are {held.description}")
    covers = [cell.value for cell in workbook.sheets[0].lines if str(cell.value).startswith("Marking: ")]
    if marking and covers and covers[0] != f"Marking: {marking}":
        yield at(f"{CLASSIFICATION} is {marking}, the cover says {covers[0]}")


@rule("XL-25", "No macros, outside links, data connections or comments, and no name that leads outside", "Analysis Function")
def outside(workbook):
    for name, data in workbook.parts.items():
        if not PARTS.fullmatch(name):
            yield at(f"the part {name}")
        if name.endswith(".rels") and b'TargetMode="External"' in data:
            yield at(f"{name} leads outside the file")
    if b"macro" in workbook.parts["[Content_Types].xml"].lower():
        yield at("the file says that it has macros")
    for element in workbook.xml("xl/workbook.xml").iter(f"{MAIN}definedName"):
        text = element.text or ""
        if REACHING.search(text) or element.get("xlm") or element.get("function") or element.get("hidden") == "1" and not element.get("name", "").startswith("_xlnm."):
            yield at(f"the name {element.get('name')} stands for {text}")


def _missing_axis_titles(chart):
    for axis in (element for kind in ("catAx", "valAx", "dateAx", "serAx") for element in chart.iter(f"{CHART}{kind}")):
        deleted = axis.find(f"{CHART}delete")
        if axis.find(f"{CHART}title") is None and (deleted is None or deleted.get("val", "1") in ("0", "false")):
            yield axis.tag.removeprefix(CHART)


def _lost_references(workbook, chart):
    for element in chart.iter(f"{CHART}f"):
        name, _, cells = (element.text or "").rpartition("!")
        sheet = workbook.sheet(name.strip("'"))
        try:
            left, top, right, bottom = range_boundaries(cells.replace("$", ""))
        except ValueError:
            sheet = None
        if sheet is None or top > sheet.cells.max_row or left > sheet.cells.max_column:
            yield element.text


@rule("XL-26", "No charts; those of a working copy's dashboard have a description, titled axes, and their figures in cells", "Analysis Function")
def charts(workbook):
    for sheet in workbook.sheets:
        for part in sheet.drawings:
            links = workbook.relations(part)
            for frame in workbook.xml(part).iter(f"{DRAWING}graphicFrame"):
                yield at("a chart", sheet, departs=sheet.is_dashboard)
                about = frame.find(f"{DRAWING}nvGraphicFramePr/{DRAWING}cNvPr")
                if about is None or not (about.get("descr") or "").strip():
                    yield at("a chart without a description", sheet)
            for kind, target in links.values():
                if kind != "chart":
                    continue
                for axis in _missing_axis_titles(workbook.xml(target)):
                    yield at(f"{target}: an axis ({axis}) without a title", sheet)
                for reference in _lost_references(workbook, workbook.xml(target)):
                    yield at(f"{target}: it draws {reference}, which is no cells of the workbook", sheet)


def formulas(sheet):
    """(cell, formula element, cached value element) of a sheet."""
    for cell in sheet.root.iter(f"{MAIN}c"):
        formula = cell.find(f"{MAIN}f")
        if formula is not None:
            yield cell, formula, cell.find(f"{MAIN}v")


@rule("XL-27", "No formulas; those of a working copy's dashboard have their value", "checklist")
def values_alone(workbook):
    for sheet in workbook.sheets:
        for cell, formula, value in formulas(sheet):
            yield at(f"a formula: {formula.text}", sheet, cell.get("r"), departs=sheet.is_dashboard)
            if value is None or value.text is None or cell.get("t") == "e":
                yield at(f"a formula without a value: {formula.text}", sheet, cell.get("r"))


@rule("XL-28", "Nothing in a cell is live but the links of the Contents: no text became a link, or a formula that reaches outside", "CSV and Excel injection")
def live(workbook):
    for sheet in workbook.sheets:
        for cell, formula, _ in formulas(sheet):
            if REACHING.search(formula.text or ""):
                yield at(f"a formula that reaches outside: {formula.text}", sheet, cell.get("r"))
        for link in sheet.all("m:hyperlinks/m:hyperlink"):
            column = range_boundaries(link.get("ref"))[0]
            if sheet.name != CONTENTS or column != 2:
                yield at(f"a link: {link.get('location') or workbook.relations(sheet.part).get(link.get(next(iter(link.keys()))), ('', ''))[1]}", sheet, link.get("ref"))
        for part in sheet.cells.data_validations.dataValidation:
            if REACHING.search(f"{part.formula1} {part.formula2}"):
                yield at(f"a list that reaches outside: {part.formula1}", sheet, str(part.sqref))


@rule("XL-29", "Times are fixed: nothing in the file tells when it was written but the properties, and they once", "checklist")
def times(workbook):
    for entry in workbook.entries:
        if entry.date_time != (1980, 1, 1, 0, 0, 0):
            yield at(f"part {entry.filename} is dated {entry.date_time}")
    if workbook.properties.created != workbook.properties.modified:
        yield at(f"created at {workbook.properties.created}, changed at {workbook.properties.modified}")
