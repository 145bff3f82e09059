"""Reads a finished PDF back with other people's tools (poppler, pikepdf); each file once, as packs that stand are never written again."""

import functools
import html
import re
import subprocess

import pikepdf


@functools.cache
def words(path):
    """Pages of words with their boxes: [(width, height, [(x0, y0, x1, y1, text), …]), …], from `pdftotext -bbox`."""
    out = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True).stdout
    pages = []
    for line in out.splitlines():
        page = re.search(r'<page width="([\d.]+)" height="([\d.]+)"', line)
        if page:
            pages.append((float(page[1]), float(page[2]), []))
        word = re.search(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*)</word>', line)
        if word:
            box = tuple(float(part) for part in word.groups()[:4])
            pages[-1][2].append((*box, html.unescape(word[5])))
    return pages


@functools.cache
def text(path, *options):
    return subprocess.run(["pdftotext", *options, str(path), "-"], capture_output=True, text=True, check=True).stdout


def lines(page_words, tolerance=2.0):
    """Groups a page's words into rows of text: [(y, [word, …]), …], top down, left to right."""
    rows = []
    for word in sorted(page_words, key=lambda w: (w[3], w[0])):
        if rows and abs(rows[-1][0] - word[3]) <= tolerance:
            rows[-1][1].append(word)
        else:
            rows.append((word[3], [word]))
    return [(y, sorted(row, key=lambda w: w[0])) for y, row in rows]


def overlaps(page_words):
    """Pairs of words whose boxes overlap by more than a hair (boxes are font boxes: the middle 60% of the height counts)."""
    boxes = []
    for x0, y0, x1, y1, word in page_words:
        inset = (y1 - y0) * 0.2
        boxes.append((x0 + 0.3, y0 + inset, x1 - 0.3, y1 - inset, word))
    boxes.sort()
    found = []
    for index, (x0, y0, x1, y1, word) in enumerate(boxes):
        for other in boxes[index + 1:]:
            if other[0] >= x1:
                break
            if other[1] < y1 and y0 < other[3]:
                found.append((word, other[4]))
    return found


def marked_texts(page):
    """Words of each marked sequence of a page: {MCID: text}. Codes are UTF-16, as the fonts' maps say."""
    texts, mcid = {}, None
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "BDC":
            properties = operands[1]
            mcid = int(properties["/MCID"]) if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties else None
            if mcid is not None:
                texts[mcid] = ""
        elif str(operator) == "EMC":
            mcid = None
        elif str(operator) == "Tj" and mcid is not None:
            texts[mcid] += bytes(operands[0]).decode("utf-16-be")
    return texts


@functools.cache
def heard(path):
    """Every element with its own words, in reading order: [(type, text), …]."""
    with pikepdf.open(path) as pdf:
        texts = {page.obj.objgen: marked_texts(page) for page in pdf.pages}
        found = []

        def walk(element):
            own = []
            found.append((str(element.S)[1:], own))
            for kid in element.K if isinstance(element.get("/K"), pikepdf.Array) else [element.K]:
                if isinstance(kid, int):
                    own.append(texts[element.Pg.objgen][int(kid)])
                elif kid.get("/Type") == "/MCR":
                    own.append(texts[kid.Pg.objgen][int(kid.MCID)])
                elif "/S" in kid:
                    walk(kid)

        for root in pdf.Root.StructTreeRoot.K:
            walk(root)
        return [(kind, " ".join("".join(words).split())) for kind, words in found]
