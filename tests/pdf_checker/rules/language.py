"""Natural language."""

import re

import pikepdf

from ..rule import HOUSE, UA, at, rule

# ISO 32000-1, 14.9.2
TAG = re.compile(r"[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*")


@rule("BP-4", HOUSE, "The catalogue says which language the pack is in", "WCAG 3.1.1; rule PDF-4")
def catalogue(document):
    if not str(document.root.get("/Lang", "")):
        yield at("the catalogue has no Lang")


@rule("UA-7.2-29", UA, "Every language is a language tag", "ISO 14289-1, 7.2; ISO 19005-2, 6.7.4")
def tags(document):
    places = [(str(document.root.Lang), 0, "the catalogue")] if "/Lang" in document.root else []
    places += [(element.language, 0, element) for element in document.structure.elements if element.language is not None]
    places += [(str(mark.properties.Lang), content.number, mark.tag) for content in document.contents for mark in content.sequences
               if mark.property("/Lang") is not None]
    for language, page, place in places:
        if not TAG.fullmatch(language):
            yield at(f"the language '{language}'", page, place)


@rule("11-001", UA, "The language of every text is known", "ISO 14289-1, 7.2; Matterhorn 11-001 to 11-007; WCAG 3.1.2")
def determined(document):
    if "/Lang" in document.root:
        return
    for entry, _ in document.outline_entries():
        yield at("a bookmark's language is not known", place=entry)
        break
    if document.xmp is not None and document.xmp.error is None:
        for entry in document.xmp.properties:
            if entry.kind == "Alt" and all(language == "x-default" for language, _ in entry.values):
                yield at(f"the language of {entry.prefix}:{entry.name} is not known")
    for number, annotation in document.annotations():
        entry = document.parent_tree.get(int(annotation.get("/StructParent", -1)))
        if str(annotation.get("/Contents", "")) and "/Lang" not in annotation and not (isinstance(entry, pikepdf.Dictionary) and "/Lang" in entry):
            yield at("the language of its Contents is not known", number, annotation)
    languages = {}
    for element in document.structure.elements:
        language = element.inherited_language()
        for reference in element.kids:
            if hasattr(reference, "mcid"):
                languages[(reference.owner, reference.mcid)] = language
        if language is None:
            for key in ("/Alt", "/ActualText", "/E"):
                if key in element.object:
                    yield at(f"the language of its {key[1:]} is not known", document.page_of(element), element)
    for content in document.contents:
        for item in content.painted:
            if item.kind == "text" and item.artifact is None and not _known(item.marks, languages):
                yield at(f"the language of '{item.text[:30]}' is not known", content.number)
        for mark in content.sequences:
            described = [key for key in ("/ActualText", "/Alt", "/E") if mark.property(key) is not None]
            if described and not _known(mark.outer + (mark,), languages):
                yield at(f"the language of the {described[0][1:]} of {mark.tag} is not known", content.number)


def _known(marks, languages):
    return any(mark.property("/Lang") is not None or languages.get((mark.owner, mark.mcid)) for mark in marks)
