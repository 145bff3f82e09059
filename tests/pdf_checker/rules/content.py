"""Content: what is painted, and inside what."""

from ..rule import A, HOUSE, UA, at, rule

# The running header and footer of a pack, in points from the top and the foot of the page.
BAND = 45
ARTIFACT_TYPES = frozenset(("/Pagination", "/Layout", "/Page", "/Background"))


def _problems(document, kind):
    for content in document.contents:
        for found, words in content.problems:
            if found == kind:
                yield at(words, content.number)


@rule("01-003", UA, "No artifact stands inside tagged content", "ISO 14289-1, 7.1; Matterhorn 01-003")
def artifact_in_tagged(document):
    yield from _problems(document, "artifact in tagged")


@rule("01-004", UA, "No tagged content stands inside an artifact", "ISO 14289-1, 7.1; Matterhorn 01-004")
def tagged_in_artifact(document):
    yield from _problems(document, "tagged in artifact")


@rule("01-005", UA, "Everything painted is tagged content or an artifact", "ISO 14289-1, 7.1; Matterhorn 01-005")
def untagged(document):
    for content in document.contents:
        for item in content.painted:
            if not item.is_tagged and item.artifact is None:
                what = f"the text '{item.text[:40]}'" if item.kind == "text" else f"a {item.kind}"
                yield at(f"{what} ({item.operator}) at {item.box[0]:.0f}, {item.box[1]:.0f} is neither", content.number)


@rule("BP-22-balance", HOUSE, "Marks, text objects and saved states begin and end, and do not cross", "ISO 32000-1, 14.6; rule PDF-22")
def balance(document):
    yield from _problems(document, "balance")


@rule("BP-22-unique", HOUSE, "No number is given to two sequences of a page", "ISO 32000-1, 14.7.4.2; rule PDF-22")
def unique(document):
    for content in document.contents:
        seen = set()
        for owner, mcid, tag in content.mcids:
            if (owner, mcid) in seen:
                yield at(f"{tag} has the MCID {mcid} of another", content.number)
            seen.add((owner, mcid))


def _running(document):
    """(page number, item) of the text in the bands of the running header and footer."""
    for content, page in zip(document.contents, document.pages):
        foot, head = float(page.MediaBox[1]) + BAND, float(page.MediaBox[3]) - BAND
        for item in content.painted:
            if item.kind == "text" and item.text.strip() and (item.box[3] < foot or item.box[1] > head):
                yield content.number, item


def _marking(document):
    """The words at the top of every page: the protective marking; "" if the pages do not agree."""
    tops = {}
    for number, item in _running(document):
        if item.box[1] > float(document.pages[number - 1].MediaBox[3]) - BAND and item.artifact is not None:
            tops.setdefault(item.text.strip(), set()).add(number)
    everywhere = set(range(2, len(document.pages) + 1))
    return next((words for words, numbers in tops.items() if everywhere and everywhere <= numbers), "")


@rule("BP-23", HOUSE, "What stands in the running header and footer is an artifact, but for the marking of the first page", "rules PDF-23, PDF-24")
def running(document):
    marking = _marking(document)
    for number, item in _running(document):
        if item.artifact is None and (number, item.text.strip()) != (1, marking):
            yield at(f"'{item.text}' is not", number)


@rule("BP-24", HOUSE, "The marking is read out once: it is content on the first page alone", "rule PDF-24")
def marking(document):
    words = _marking(document)
    if not words:
        yield at("no words stand at the top of every page")
        return
    tagged = [content.number for content in document.contents for item in content.painted
              if item.kind == "text" and item.is_tagged and item.text.strip() == words]
    if tagged != [1]:
        yield at(f"'{words}' is content {len(tagged)} times", tagged[-1] if tagged else 1)


@rule("BP-23-pagination", HOUSE, "The running header and footer say that they are pagination", "ISO 32000-1, 14.8.2.2.2; rule PDF-23")
def pagination(document):
    for number, item in _running(document):
        if item.artifact is not None and item.artifact.property("/Type") != "/Pagination":
            yield at(f"the artifact of '{item.text}' has the Type {item.artifact.property('/Type')}", number)


@rule("BP-23-types", HOUSE, "An artifact's kind is one of the four", "ISO 32000-1, table 330")
def artifact_types(document):
    for content in document.contents:
        for mark in content.sequences:
            value = mark.property("/Type")
            if mark.is_artifact and value is not None and str(value) not in ARTIFACT_TYPES:
                yield at(f"the Type {value}", content.number)


@rule("A-6.2.2-1", A, "Content has only operators of ISO 32000-1", "ISO 19005-2, 6.2.2")
def operators(document):
    yield from _problems(document, "operator")


@rule("A-6.2.2-2", A, "A page or form names its own resources", "ISO 19005-2, 6.2.2")
def resources(document):
    yield from _problems(document, "resource")


@rule("30-002", UA, "A form with tagged content is drawn once", "ISO 14289-1, 7.20; Matterhorn 30-002")
def form_once(document):
    drawn = {}
    for content in document.contents:
        for form, is_marked, has_numbers in content.forms:
            drawn.setdefault(form, []).append((content.number, is_marked, has_numbers))
    for form, uses in drawn.items():
        if len(uses) > 1 and any(has_numbers for _, _, has_numbers in uses):
            yield at(f"it is drawn {len(uses)} times", uses[1][0], f"object {form[0]} {form[1]}")
        for number, is_marked, has_numbers in uses:
            if is_marked and has_numbers:
                yield at("it has tagged content and stands in some", number, f"object {form[0]} {form[1]}")
