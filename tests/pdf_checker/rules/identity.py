"""The catalogue: what the file says it is."""

import pikepdf

from ..rule import BOTH, HOUSE, UA, at, rule


@rule("01-007", BOTH, "The file says that it is tagged", "ISO 14289-1, 6.2; ISO 19005-2, 6.7.2.2; Matterhorn 01-007")
def marked(document):
    information = document.root.get("/MarkInfo")
    if information is None or information.get("/Marked") is not True:
        yield at("MarkInfo has no Marked true")


@rule("UA-7.1-4", UA, "Its tags are not suspect", "ISO 14289-1, 7.1")
def suspects(document):
    if document.root.get("/MarkInfo", {}).get("/Suspects") is True:
        yield at("MarkInfo has Suspects true")


@rule("07-001", UA, "A reader's window shows the title, not the file name", "ISO 14289-1, 7.1; Matterhorn 07-001, 07-002; WCAG 2.4.2")
def window_title(document):
    if document.root.get("/ViewerPreferences", {}).get("/DisplayDocTitle") is not True:
        yield at("ViewerPreferences has no DisplayDocTitle true")


@rule("BP-2", HOUSE, "The title in the properties is not empty and not the file name", "Matterhorn 06-003; WCAG 2.4.2; rule PDF-2")
def title(document):
    words = str(document.pdf.docinfo.get("/Title", ""))
    if not words.strip():
        yield at("Info has no Title")
    elif words.lower().endswith(".pdf") or words == document.path.stem:
        yield at(f"the Title is a file name: {words}")


@rule("BP-40", HOUSE, "There are bookmarks", "WCAG technique PDF2; rule PDF-40")
def bookmarks(document):
    if not any(str(entry.get("/Title", "")).strip() for entry, _ in document.outline_entries()):
        yield at("no bookmark has words")


@rule("BP-40-destinations", HOUSE, "Every bookmark leads to a page of the pack", "WCAG technique PDF2; rule PDF-40")
def bookmark_destinations(document):
    for entry, _ in document.outline_entries():
        destination = entry.get("/Dest")
        if destination is None and "/A" in entry:
            destination = entry.A.get("/D")
        if not isinstance(destination, pikepdf.Array) or destination[0].objgen not in document.page_numbers:
            yield at(f"'{entry.get('/Title', '')}' leads nowhere", place=entry)
