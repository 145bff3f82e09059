"""Rules, and what they find."""

import dataclasses
import typing


@dataclasses.dataclass(frozen=True)
class Finding:
    """One breach: the rule, where it is, and what is there. No sheet is the workbook as a whole."""

    rule: str
    what: str
    sheet: str = ""
    cell: str = ""
    departs: bool = False

    def __str__(self):
        place = self.sheet + ("!" + self.cell if self.cell else "")
        return f"{self.rule}: {place + ': ' if place else ''}{self.what}"


@dataclasses.dataclass(frozen=True)
class Rule:
    """A condition that a workbook must keep. The function takes a Workbook and yields what breaks it, by `at`."""

    id: str
    title: str
    source: str
    function: typing.Callable

    def findings(self, workbook):
        try:
            for what, sheet, cell, departs in self.function(workbook):
                yield Finding(self.id, what, sheet, cell, departs)
        except Exception as error:  # what cannot be read is not right either
            yield Finding(self.id, f"the file cannot be read as this rule must: {type(error).__name__}: {error}")


def at(what, sheet=None, cell="", departs=False):
    """What a rule yields: words, the Sheet, and the cell as "B9" or as a cell of openpyxl. departs: the kind of workbook allows it here."""
    return what, sheet.name if sheet is not None else "", cell if isinstance(cell, str) else cell.coordinate, departs


_rules = {}


def rule(identifier, title, source):
    """Registers a function as a rule. XL-… are the numbers of the list of rules in docs/workbook-checker.md, BP-… this project's own."""

    def register(function):
        assert identifier not in _rules, f"two rules are called {identifier}"
        _rules[identifier] = Rule(identifier, title, source, function)
        return function

    return register


def all_rules():
    """Every rule by its identifier, XL-… first, by number."""
    from . import rules  # registers them

    assert rules
    return dict(sorted(_rules.items(), key=lambda item: (item[0].split("-")[0] != "XL", int(item[0].split("-")[1]))))
