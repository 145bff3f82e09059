"""Tables."""

import pikepdf

from ..grid import SECTIONS, cells_of, is_head, rows_of, span
from ..rule import HOUSE, UA, at, rule
from .parents import holding, inside

SCOPES = ("/Row", "/Column", "/Both")


@rule("UA-7.2-3", UA, "A table holds rows, sections and a caption alone; a section rows; a row cells", "ISO 14289-1, 7.2; Matterhorn 09-004")
def table_kids(document):
    yield from holding(document, "Table", ("TR", "THead", "TBody", "TFoot", "Caption"))
    for kind in SECTIONS:
        yield from holding(document, kind, ("TR",))
    yield from holding(document, "TR", ("TH", "TD"))


@rule("UA-7.2-4", UA, "Rows, sections and cells stand in a table", "ISO 14289-1, 7.2; Matterhorn 09-004")
def table_parents(document):
    yield from inside(document, ("TR",), ("Table", *SECTIONS))
    yield from inside(document, SECTIONS, ("Table",))
    yield from inside(document, ("TH", "TD"), ("TR",))


@rule("UA-7.2-11", UA, "A table has at most one head and one foot, and then a body", "ISO 14289-1, 7.2")
def sections(document):
    for table in document.structure.of_type("Table"):
        kinds = [kid.standard for kid in table.elements]
        for kind in ("THead", "TFoot"):
            if kinds.count(kind) > 1:
                yield at(f"it has {kinds.count(kind)} {kind}", document.page_of(table), table)
            if kind in kinds and "TBody" not in kinds:
                yield at(f"it has {kind} and no TBody", document.page_of(table), table)


@rule("UA-7.2-16", UA, "A table's caption comes first or last, and is one", "ISO 14289-1, 7.2")
def captions(document):
    for table in document.structure.of_type("Table"):
        kinds = [kid.standard for kid in table.elements]
        if kinds.count("Caption") > 1:
            yield at("it has more than one Caption", document.page_of(table), table)
        elif "Caption" in kinds[1:-1]:
            yield at("its Caption is neither first nor last", document.page_of(table), table)


@rule("UA-7.2-15", UA, "No cell lies on another", "ISO 14289-1, 7.2")
def overlaps(document):
    for _, grid in document.grids:
        for cell in grid.clashes:
            yield at("it lies on another cell", document.page_of(cell), cell)


@rule("UA-7.2-41", UA, "No cell spans more rows than there are", "ISO 14289-1, 7.2")
def row_spans(document):
    for _, grid in document.grids:
        for cell in grid.too_long:
            yield at("its RowSpan reaches below the table", document.page_of(cell), cell)


@rule("UA-7.2-42", UA, "Every row has as many columns, counting spans", "ISO 14289-1, 7.2; Matterhorn 15-003")
def ragged(document):
    for table, grid in document.grids:
        if not grid.widths:
            continue
        width = max(grid.widths)
        for number, row in enumerate(grid.rows):
            count = sum((number, column) in grid.places for column in range(width))
            if count != width:
                yield at(f"it has {count} columns, its table {width}", document.page_of(row) or document.page_of(table), row)


def _scope(cell):
    value = cell.attribute("/Table", "/Scope")
    return "" if value is None else str(value)


def _headers(cell):
    value = cell.attribute("/Table", "/Headers")
    return [bytes(part) if isinstance(part, pikepdf.String) else str(part).encode() for part in value] if value is not None else []


@rule("15-003", UA, "A header cell says what it is the header of", "ISO 14289-1, 7.5; Matterhorn 15-003; WCAG 1.3.1")
def scopes(document):
    """A table may instead name the headers of each of its cells."""
    for _, grid in document.grids:
        identifiers = {bytes(cell.object.ID) for cell in set(grid.places.values()) if cell.standard == "TH" and "/ID" in cell.object}
        for place, cell in sorted(grid.places.items()):
            if cell.standard != "TD" or not cell.kids or grid.origins[id(cell)] != place:
                continue
            named = _headers(cell)
            if named:
                unknown = [name for name in named if name not in identifiers]
                if unknown:
                    yield at(f"it names a header that is not in its table: {unknown[0]!r}", document.page_of(cell), cell)
            elif not _reached(grid, place, cell):
                yield at("no header cell with a Scope stands in its row or column", document.page_of(cell), cell)


def _reached(grid, place, cell):
    rows = range(place[0], place[0] + span(cell, "/RowSpan"))
    columns = range(place[1], place[1] + span(cell, "/ColSpan"))
    for (row, column), other in grid.places.items():
        if other.standard == "TH":
            scope = _scope(other)
            if (row in rows and scope in ("/Row", "/Both")) or (column in columns and scope in ("/Column", "/Both")):
                return True
    return False


@rule("BP-29", HOUSE, "Every header cell has a Scope; a table has header cells, in its head those of columns", "WCAG 1.3.1; rule PDF-29")
def every_scope(document):
    for table in document.structure.of_type("Table"):
        headers = [cell for row in rows_of(table) for cell in cells_of(row) if cell.standard == "TH"]
        if not headers:
            yield at("it has no header cell", document.page_of(table), table)
        for cell in headers:
            if _scope(cell) not in SCOPES:
                yield at(f"its Scope is {_scope(cell) or 'missing'}", document.page_of(cell), cell)
            elif is_head(cell.parent) and _scope(cell) == "/Row":
                yield at("a header of a row in the head of a table", document.page_of(cell), cell)


@rule("BP-29-both-ways", HOUSE, "In a table with a head every cell has a header above it", "WCAG 1.3.1; rule PDF-29")
def heads(document):
    for _, grid in document.grids:
        if not any(is_head(row) for row in grid.rows):
            continue
        headed = {column for (_, column), cell in grid.places.items()
                  if cell.standard == "TH" and _scope(cell) in ("/Column", "/Both")}
        for place, cell in grid.places.items():
            if cell.standard == "TD" and place[1] not in headed and grid.origins[id(cell)] == place:
                yield at("no header of a column stands above it", document.page_of(cell), cell)


@rule("BP-32", HOUSE, "No header cell is empty", "WCAG 1.3.1; rule PDF-32")
def empty_headers(document):
    for table in document.structure.of_type("Table"):
        for row in rows_of(table):
            for cell in cells_of(row):
                if cell.standard == "TH" and not has_words(document, cell):
                    yield at("it has no words", document.page_of(table), cell)


@rule("BP-32-cells", HOUSE, "No cell says what it says by a picture or a colour alone", "WCAG 1.4.1; rule PDF-32")
def wordless_cells(document):
    for table in document.structure.of_type("Table"):
        for row in rows_of(table):
            for cell in cells_of(row):
                if cell.kids and not has_words(document, cell):
                    yield at("it is painted and has no words", document.page_of(table), cell)


def has_words(document, element):
    return bool(document.text_of(element).strip()) or any(part.text_value("/Alt") or part.text_value("/ActualText") for part in element.walk())
