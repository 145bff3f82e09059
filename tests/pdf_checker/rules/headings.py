"""Headings."""

from ..rule import HOUSE, UA, at, rule

NUMBERED = {f"H{level}": level for level in range(1, 7)}


@rule("14-002", UA, "The first heading is H1, and no level is left out on the way down", "ISO 14289-1, 7.4.2; Matterhorn 14-002, 14-003")
def levels(document):
    above = 0
    for element in document.structure.of_type(*NUMBERED):
        level = NUMBERED[element.standard]
        if level > above + 1:
            yield at(f"{element.standard} follows {f'H{above}' if above else 'no heading'}", document.page_of(element), element)
        above = level


@rule("14-006", UA, "An element has at most one heading H of its own", "ISO 14289-1, 7.4.4; Matterhorn 14-006")
def single(document):
    for element in document.structure.elements:
        if sum(kid.standard == "H" for kid in element.elements) > 1:
            yield at("it has more than one H", document.page_of(element), element)


@rule("14-007", UA, "Headings are numbered or plain, not both", "ISO 14289-1, 7.4.4; Matterhorn 14-007")
def mixed(document):
    plain = document.structure.of_type("H")
    if plain and document.structure.of_type(*NUMBERED):
        yield at("there are H beside H1 to H6", document.page_of(plain[0]), plain[0])


@rule("BP-26", HOUSE, "A pack has one H1, its title", "rule PDF-26")
def one_title(document):
    found = document.structure.of_type("H1")
    if len(found) != 1:
        yield at(f"it has {len(found)}")


@rule("BP-26-words", HOUSE, "A heading has words", "WCAG 2.4.6; rule PDF-26")
def words(document):
    for element in document.structure.of_type("H", *NUMBERED):
        if not document.text_of(element).strip():
            yield at("it has none", document.page_of(element), element)
