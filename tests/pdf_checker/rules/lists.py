"""Lists and tables of contents."""

from ..rule import HOUSE, UA, at, rule
from .parents import inside, holding

NUMBERINGS = frozenset(("/None", "/Disc", "/Circle", "/Square", "/Decimal", "/UpperRoman", "/LowerRoman", "/UpperAlpha", "/LowerAlpha"))


@rule("UA-7.2-17", UA, "A list item stands in a list, its label and body in an item", "ISO 14289-1, 7.2; Matterhorn 09-005")
def list_parents(document):
    yield from inside(document, ("LI",), ("L",))
    yield from inside(document, ("LBody",), ("LI",))


@rule("UA-7.2-19", UA, "A list holds items, lists and a caption; an item a label and a body", "ISO 14289-1, 7.2; Matterhorn 09-005")
def list_kids(document):
    yield from holding(document, "L", ("L", "LI", "Caption"))
    yield from holding(document, "LI", ("Lbl", "LBody"))


@rule("UA-7.2-40", UA, "The caption of a list or of contents comes first, and is one", "ISO 14289-1, 7.2")
def captions(document):
    for element in document.structure.of_type("L", "TOC"):
        if any(kid.standard == "Caption" for kid in element.elements[1:]):
            yield at("its Caption is not its first part", document.page_of(element), element)


@rule("UA-7.2-26", UA, "An entry of contents stands in contents", "ISO 14289-1, 7.2; Matterhorn 09-006")
def contents_parents(document):
    yield from inside(document, ("TOCI",), ("TOC",))


@rule("UA-7.2-27", UA, "Contents hold entries, contents and a caption", "ISO 14289-1, 7.2; Matterhorn 09-006")
def contents_kids(document):
    yield from holding(document, "TOC", ("TOC", "TOCI", "Caption"))


@rule("BP-27", HOUSE, "A list says how it is numbered, and has items", "ISO 32000-1, 14.8.5.5; rule PDF-27")
def numbering(document):
    for element in document.structure.of_type("L"):
        value = element.attribute("/List", "/ListNumbering")
        if value is None or str(value) not in NUMBERINGS:
            yield at(f"its ListNumbering is {value}", document.page_of(element), element)
        if not any(kid.standard == "LI" for kid in element.elements):
            yield at("it has no items", document.page_of(element), element)


@rule("BP-27-body", HOUSE, "A list item has one body, and its bullet or number is a label", "rule PDF-27")
def bodies(document):
    for element in document.structure.of_type("LI"):
        kinds = [kid.standard for kid in element.elements]
        if kinds.count("LBody") != 1:
            yield at(f"it has {kinds.count('LBody')} bodies", document.page_of(element), element)
            continue
        if document.text_of(element.elements[kinds.index("LBody")]).lstrip().startswith(("•", "–", "▪")):
            yield at("its bullet is in its body", document.page_of(element), element)


@rule("BP-28", HOUSE, "Every entry of contents is a link", "rule PDF-28")
def linked_contents(document):
    for element in document.structure.of_type("TOCI"):
        if not any(part.standard == "Link" for part in element.walk()):
            yield at("it holds no Link", document.page_of(element), element)
