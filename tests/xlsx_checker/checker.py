"""Runs the rules over a file."""

from .rule import Finding, all_rules
from .workbook import Unreadable, Workbook

UNREADABLE = "BP-1"


def _everything(path, kind):
    try:
        workbook = Workbook(path, kind)
    except Unreadable as error:
        return [Finding(UNREADABLE, str(error))]
    return [finding for rule in all_rules().values() for finding in rule.findings(workbook)]


def check(path, kind=None):
    """Everything that is wrong with the file, in the order of the rules. A file that does not open is one finding.

    kind is "published", "working" or "update"; without it, what the file says of itself, and "published" if it says nothing."""
    return [finding for finding in _everything(path, kind) if not finding.departs]


def departures(path, kind=None):
    """Where the file departs from the guidance as its kind may."""
    return [finding for finding in _everything(path, kind) if finding.departs]
