"""Reads the text dump of a pack (`--format text`): what the pack says, in the order in which it says it."""

import re

# What the dump says of the pack as a whole, of a chart's drawing and of the way to draw: none of it is text of the pages.
SILENT = re.compile(r"\s*(pack |organisation:|marking:|handling:|notice:|version:|period:|as at:|meeting:|message:|categories:|series |target|note \d|alternative:)")
# The word before the words: which part of a section a line is.
LEADS = re.compile(r"\s*(section [^:]*:|paragraph \([^)]*\):|heading \d:|headline:|table \([^)]*\):.*|note \([^)]*\)[^:]*:?|list .*|tiles .*|chart .*|subtitle:|source:|#|-)")
# A contents entry says what its section says, where there is room.
MESSAGE_OF_CONTENTS = re.compile(r"^(\s*- [^>]*?)>>.*(->.*)$")
SEPARATORS = re.compile(r"\||/~|/|>>|->|: |; |\{[^}]*\}|<[^>]*>|\*|~|…|\[[^\]]*\] | \+ | \((?:goes on|landscape)\)$")
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
