"""Reads the text dump of a pack (`--format text`): what the pack says, in the order in which it says it."""

import re

# What the dump says of the pack as a whole and of the way to draw: none of it is text of the pages.
SILENT = re.compile(r"\s*(pack |organisation:|marking:|handling:|notice:|version:|period:|as at:|meeting:|message:|changed:|note \d)")
# What is read out of a chart besides its title; all else of it is drawn, and its words for it are those of its figure.
HEARD_OF_CHART = re.compile(r"(subtitle:|source:|table |paragraph |note )")
# Charts that are drawn in the place of their table, where there is room; the table is then in the workbook alone.
PICTURES_OF_TABLES = frozenset(("timeline", "governance"))
# Charts that need three values: with fewer their table says all, and a sentence below it that they are too few.
NUMBERS_ALONE = frozenset(("run",))
HEARD_OF_PICTURE = re.compile(r"subtitle:")
# The word before the words: which part of a section a line is.
LEADS = re.compile(r"\s*(section [^:]*:|paragraph \([^)]*\):|heading \d:|headline:|table \([^)]*\):.*|note \([^)]*\)[^:]*:?|list .*|tiles .*|chart .*|subtitle:|source:|#|-)")
# A contents entry says what its section says, where there is room.
MESSAGE_OF_CONTENTS = re.compile(r"^(\s*- [^>]*?)>>.*(->.*)$")
SEPARATORS = re.compile(r"\||/~|/|>>|->|: |; |\{[^}]*\}|<[^>]*>|\*|~|…|\[[^\]]*\] | \+ |(?: \((?:goes on|landscape)\))+$")
SHORTEST = 16


def folded(words):
    """Letters and digits alone: where lines break and what stands between cells is the layout's."""
    return re.sub(r"[\W_]+", "", words).lower()


def pages_part(dump):
    """The lines of the dump that are of the pages: those before the workbook's sheets and the figures."""
    for line in dump.read_text(encoding="utf-8").splitlines():
        if re.match(r"(sheet|figure) ", line):
            return
        yield line


def heard_part(dump, figures):
    """The lines that are read out, where these are the words of the figures that the PDF has: without what a chart draws."""
    chart, kind, is_heard, heard_of_chart = None, "", True, HEARD_OF_CHART
    for line in pages_part(dump):
        indent, words = len(line) - len(line.lstrip()), line.strip()
        if chart is not None and indent <= chart:
            chart, is_heard = None, True
        if chart is not None and indent == chart + 2:
            if words.startswith("alternative: ") and kind in PICTURES_OF_TABLES and words.removeprefix("alternative: ") in figures:
                heard_of_chart = HEARD_OF_PICTURE
            is_heard = heard_of_chart.match(words) is not None
        if is_heard:
            yield line
        found = re.match(r"chart \(([^)]*)\)", words)
        if found:
            chart, kind, heard_of_chart = indent, found[1], HEARD_OF_CHART


def strings(dump, figures):
    """(folded, as it stands) of the longer strings of a pack that are read out, in its order."""
    for line in heard_part(dump, figures):
        if SILENT.match(line):
            continue
        line = MESSAGE_OF_CONTENTS.sub(r"\1", line)
        for part in SEPARATORS.split(LEADS.sub(" ", line, count=1)):
            if len(folded(part)) >= SHORTEST:
                yield folded(part), part.strip()


def alternatives(dump):
    """(kind of chart, its words) of each chart, in the order of the pack."""
    kind = ""
    for line in pages_part(dump):
        chart = re.match(r"\s*chart \(([^)]*)\)", line)
        kind = chart[1] if chart else kind
        found = re.match(r"\s*alternative: (.*)", line)
        if found:
            yield kind, found[1]
