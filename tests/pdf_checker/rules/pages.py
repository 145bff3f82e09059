"""Pages: size, rotation, labels."""

import re

from ..rule import A, HOUSE, at, rule
from .content import BAND

A4 = (595.276, 841.890)
SMALLEST, LARGEST = 3, 14400


@rule("A-6.1.13-11", A, "No page is under 3 or over 14,400 units", "ISO 19005-2, 6.1.13")
def sizes(document):
    for number, page in enumerate(document.pages, 1):
        for key in ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox"):
            if key in page.obj or key == "/MediaBox":
                left, bottom, right, above = (float(part) for part in (page.MediaBox if key == "/MediaBox" else page.obj[key]))
                if not all(SMALLEST <= abs(length) <= LARGEST for length in (right - left, above - bottom)):
                    yield at(f"{key[1:]} is {abs(right - left):g} by {abs(above - bottom):g}", number)


@rule("BP-15", HOUSE, "Every page is A4, upright or across, and not turned", "rule PDF-15")
def paper(document):
    for number, page in enumerate(document.pages, 1):
        left, bottom, right, above = (float(part) for part in page.MediaBox)
        if any(abs(one - other) > 1 for one, other in zip(sorted((right - left, above - bottom)), A4)):
            yield at(f"it is {right - left:g} by {above - bottom:g} points", number)
        if int(page.get("/Rotate", 0)) != 0:
            yield at(f"it is turned by {int(page.Rotate)} degrees", number)


@rule("BP-37", HOUSE, "On every page the keyboard follows the structure", "rule PDF-37")
def tabs(document):
    for number, page in enumerate(document.pages, 1):
        if page.obj.get("/Tabs") != "/S":
            yield at(f"Tabs is {page.obj.get('/Tabs')}", number)


@rule("BP-41", HOUSE, "A reader's page number is the printed one", "WCAG technique PDF17; rule PDF-41")
def labels(document):
    if "/PageLabels" not in document.root:
        yield at("there are no page labels")
        return
    ranges = sorted(document.number_tree(document.root.PageLabels).items())
    for number, (content, page) in enumerate(zip(document.contents, document.pages), 1):
        foot = " ".join(item.text for item in content.painted if item.kind == "text" and item.box[3] < float(page.MediaBox[1]) + BAND)
        printed = re.search(r"Page (\d+) of (\d+)", foot)
        label = _label(ranges, number - 1)
        if printed and (printed[1] != label or int(printed[2]) != len(document.pages)):
            yield at(f"it says '{printed[0]}', its label is {label}, the pack has {len(document.pages)}", number)
        elif not printed:
            yield at("its foot does not say which page it is", number)


def _label(ranges, index):
    entries = [(start, entry) for start, entry in ranges if start <= index]
    if not entries:
        return ""
    start, entry = entries[-1]
    number = int(entry.get("/St", 1)) + index - start
    return str(entry.get("/P", "")) + (str(number) if entry.get("/S") == "/D" else "")
