"""What is seen: sizes, contrast, margins, words on words."""

from ..rule import HOUSE, at, rule

SMALLEST = 9
# WCAG 1.4.3: large text is of 18 points, or bold and of 14.
LARGE, LARGE_BOLD = 18, 14
ENOUGH, ENOUGH_LARGE = 4.5, 3.0
SIDE_MARGIN, END_MARGIN = 40, 10
WHITE = (1.0, 1.0, 1.0)


def _texts(document):
    """(content, item) of every text that is seen."""
    for content in document.contents:
        for item in content.painted:
            if item.kind == "text" and item.text.strip():
                yield content, item


@rule("BP-51", HOUSE, "No text is smaller than 9 points", "rule PDF-51")
def sizes(document):
    for content, item in _texts(document):
        if item.size < SMALLEST - 0.01:
            yield at(f"'{item.text}' is of {item.size:g} points", content.number)


def luminance(colour):
    """The relative luminance of an sRGB colour (WCAG 2.2)."""
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _grounds(fills, item):
    """The colours under a text: at its start, middle and end, what was filled there last, or paper."""
    left, bottom, right, above = item.box
    middle = (bottom + above) / 2
    for share in (0.1, 0.5, 0.9):
        x = left + share * (right - left)
        for fill in reversed(fills):
            box = fill.box
            if box[0] <= x <= box[2] and box[1] <= middle <= box[3] and fill.shape.contains(x, middle):
                yield fill.fill
                break
        else:
            yield WHITE


@rule("BP-54", HOUSE, "Text stands out from what is painted behind it: 4.5 to 1, large text 3 to 1", "WCAG 1.4.3; rule PDF-54")
def text_contrast(document):
    for content in document.contents:
        fills = []
        for item in content.painted:
            if item.shape is not None and item.fill is not None:
                fills.append(item)
            if item.kind != "text" or not item.text.strip() or item.fill is None:
                continue
            is_large = item.size >= LARGE or (item.size >= LARGE_BOLD and "Bold" in item.font.name)
            worst = min(contrast(item.fill, ground) for ground in _grounds(fills, item) if ground is not None)
            if worst < (ENOUGH_LARGE if is_large else ENOUGH):
                yield at(f"'{item.text}' has {worst:.2f} to 1", content.number)


@rule("BP-50-margins", HOUSE, "Every word lies inside the margins of its page", "rule PDF-50")
def margins(document):
    boxes = [tuple(float(part) for part in page.MediaBox) for page in document.pages]
    for content, item in _texts(document):
        left, bottom, right, above = boxes[content.number - 1]
        x0, y0, x1, y1 = item.box
        if x0 < left + SIDE_MARGIN - 0.5 or x1 > right - SIDE_MARGIN + 0.5 or y0 < bottom + END_MARGIN or y1 > above - END_MARGIN:
            yield at(f"'{item.text}' at {x0:.0f}, {y0:.0f} does not", content.number)


@rule("BP-50-overlaps", HOUSE, "No words lie on others", "rule PDF-50")
def overlaps(document):
    for content in document.contents:
        boxes = sorted((item.box[0] + 0.3, item.box[1] + 0.5, item.box[2] - 0.3, item.box[3] - 0.5, item.text)
                       for item in content.painted if item.kind == "text" and item.text.strip())
        for index, (_, bottom, right, above, text) in enumerate(boxes):
            for other in boxes[index + 1:]:
                if other[0] >= right:
                    break
                if other[1] < above and bottom < other[3]:
                    yield at(f"'{text}' and '{other[4]}'", content.number)
