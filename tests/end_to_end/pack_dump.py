"""Reads the text dump of a pack (`--format text`): what the pack says, in the order in which it says it."""

import re

# What the dump says of the pack as a whole, of a chart's drawing and of the way to draw: none of it is text of the pages.
SILENT = re.compile(r"\s*(pack |organisation:|marking:|handling:|notice:|version:|period:|as at:|meeting:|message:|categories:|series |target|axis:|reference |event |remark |"
                    r"meanings:|variation:|assurance:|note \d|alternative:)")
# A chart's part that is drawn in place of its table: of both only the caption is text.
DRAWN = re.compile(r"\s*(timeline|tree): ")
# The word before the words: which part of a section a line is.
LEADS = re.compile(r"\s*(caption:|section [^:]*:|paragraph \([^)]*\):|heading \d:|headline:|table \([^)]*\):.*|note \([^)]*\)[^:]*:?|list .*|tiles .*|chart .*|subtitle:|source:|#|-)")
# A contents entry says what its section says, where there is room.
MESSAGE_OF_CONTENTS = re.compile(r"^(\s*- [^>]*?)>>.*(->.*)$")
SEPARATORS = re.compile(r"\||/~|/|>>|->|: |; |\{[^}]*\}|<[^>]*>|\*|~|…|\[[^\]]*\] | \+ | \((?:goes on|landscape)\)$")
SHORTEST = 16


def folded(words):
    """Letters and digits alone: where lines break and what stands between cells is the layout's."""
    return re.sub(r"[\W_]+", "", words).lower()


def depth(line):
    return len(line) - len(line.lstrip(" "))


def without_drawn(lines):
    """The lines without what stands in a drawing, and without the table that it takes the place of."""
    drawn = None
    for line in lines:
        if drawn is not None and depth(line) < drawn:
            drawn = None
        if DRAWN.match(line):
            drawn = depth(line)
        if drawn is None or (depth(line) == drawn + 2 and line.lstrip().startswith("caption: ")):
            yield line


def pages_part(dump):
    """The lines of the dump that are of the pages: those before the workbook's sheets and the figures."""
    lines = dump.read_text(encoding="utf-8").splitlines()
    end = next((index for index, line in enumerate(lines) if re.match(r"(sheet|figure) ", line)), len(lines))
    yield from without_drawn(lines[:end])


def strings(dump):
    """(folded, as it stands) of the longer strings of a pack, in its order."""
    for line in pages_part(dump):
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
