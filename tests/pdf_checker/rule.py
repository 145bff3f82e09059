"""Rules, and what they find."""

import dataclasses
import typing

UA = "PDF/UA-1"
A = "PDF/A-2a"
HOUSE = "boardpack"
BOTH = (UA, A)


@dataclasses.dataclass(frozen=True)
class Finding:
    """One breach: the rule, where it is, and what is there. A page of 0 is the document as a whole."""

    rule: str
    what: str
    page: int = 0
    object: str = ""

    def __str__(self):
        place = [f"page {self.page}"] if self.page else []
        if self.object:
            place.append(self.object)
        return f"{self.rule}: {', '.join(place) + ': ' if place else ''}{self.what}"


@dataclasses.dataclass(frozen=True)
class Rule:
    """A condition that a file must keep. The function takes a Document and yields what breaks it, by `at`."""

    id: str
    standards: tuple
    title: str
    source: str
    function: typing.Callable

    def findings(self, document):
        try:
            for what, page, place in self.function(document):
                yield Finding(self.id, what, page, place)
        except Exception as error:  # what cannot be read is not right either
            yield Finding(self.id, f"the file cannot be read as this rule must: {type(error).__name__}: {error}")


def at(what, page=0, place=""):
    """What a rule yields: words, the page (from 1; 0 for none) and the object, as a pikepdf object, an Element or words."""
    if place != "" and not isinstance(place, str):
        place = name_of(place)
    return what, page, place


def name_of(thing):
    """'object 12 0' for an indirect object, the type before it for an Element."""
    inner = getattr(thing, "object", thing)
    number = inner.objgen
    words = f"object {number[0]} {number[1]}" if number[0] else "a direct object"
    return f"{thing.type} ({words})" if hasattr(thing, "type") else words


_rules = {}


def rule(identifier, standards, title, source):
    """Registers a function as a rule. Identifiers: NN-NNN are conditions of the Matterhorn Protocol, UA-… clauses of ISO 14289-1 and A-… of
    ISO 19005-2 with the test number of the veraPDF profiles, BP-… are this project's own."""

    def register(function):
        assert identifier not in _rules, f"two rules are called {identifier}"
        _rules[identifier] = Rule(identifier, standards if isinstance(standards, tuple) else (standards,), title, source, function)
        return function

    return register


def all_rules():
    """Every rule by its identifier."""
    from . import rules  # registers them

    assert rules
    return dict(_rules)
