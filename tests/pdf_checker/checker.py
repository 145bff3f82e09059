"""Runs the rules over a file."""

import pikepdf

from .document import Document
from .rule import Finding, all_rules

UNREADABLE = "BP-1"


def check(path, standards=None):
    """Everything that is wrong with the file, in the order of the rules. A file that no reader opens is one finding."""
    try:
        document = Document(path)
    except (pikepdf.PdfError, ValueError) as error:
        return [Finding(UNREADABLE, f"the file does not open: {error}")]
    with document:
        return [finding for rule in all_rules().values() if standards is None or standards & set(rule.standards) for finding in rule.findings(document)]
