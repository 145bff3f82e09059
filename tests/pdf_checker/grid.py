"""Where the cells of a table lie."""

SECTIONS = ("THead", "TBody", "TFoot")


def rows_of(table):
    """The rows of a table, in the order of its sections."""
    rows = []
    for kid in table.elements:
        if kid.standard == "TR":
            rows.append(kid)
        elif kid.standard in SECTIONS:
            rows += [row for row in kid.elements if row.standard == "TR"]
    return rows


def cells_of(row):
    return [kid for kid in row.elements if kid.standard in ("TH", "TD")]


def is_head(row):
    """Whether a row is of the table's head: of THead, or the first row where all of its cells are headers."""
    if row.parent.standard == "THead":
        return True
    cells = cells_of(row)
    return row.parent.elements[0] is row and len(cells) > 1 and all(cell.standard == "TH" for cell in cells)


def span(cell, key):
    value = cell.attribute("/Table", key)
    return max(1, int(value)) if value is not None else 1


class Grid:
    """Where the cells of a table lie, counting spans. `places`: {(row, column): cell}; `clashes`: cells that lie on others; `widths`: the
    number of columns of each row; `too_long`: cells that reach below the last row."""

    def __init__(self, table):
        self.rows = rows_of(table)
        self.places = {}
        self.clashes = []
        self.too_long = []
        self.origins = {}
        for number, row in enumerate(self.rows):
            column = 0
            for cell in cells_of(row):
                while (number, column) in self.places:
                    column += 1
                self._place(cell, number, column)
                column += span(cell, "/ColSpan")
        self.widths = [0] * len(self.rows)
        for number, column in self.places:
            self.widths[number] = max(self.widths[number], column + 1)

    def _place(self, cell, number, column):
        self.origins[id(cell)] = (number, column)
        if number + span(cell, "/RowSpan") > len(self.rows):
            self.too_long.append(cell)
        for row in range(number, min(number + span(cell, "/RowSpan"), len(self.rows))):
            for each in range(column, column + span(cell, "/ColSpan")):
                if (row, each) in self.places:
                    self.clashes.append(cell)
                self.places[(row, each)] = cell
