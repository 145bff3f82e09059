"""Sets the content of a pack with ReportLab, as a plain document: the same words, headings, lists and tables.

    python3 reportlab_pdf.py CONTENT FONT-FOLDER OUT.pdf      (the dump of bench_content_dup)

Prints "peer_reportlab <CPU milliseconds> <peak kilobytes> <pages> pages, <bytes> bytes". Reading the dump is not counted."""

import os
import resource
import sys
import time
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, LongTable, NextPageTemplate, PageBreak, PageTemplate, Paragraph, TableStyle

MARGIN = 48


def draw_foot(canvas, document):
    canvas.setFont("Sans", 9)
    canvas.drawCentredString(canvas._pagesize[0] / 2, 24, f"Page {document.page}")


def page_template(name, size):
    frame = Frame(MARGIN, MARGIN, size[0] - 2 * MARGIN, size[1] - 2 * MARGIN, 0, 0, 0, 0)
    return PageTemplate(name, [frame], onPage=draw_foot, pagesize=size)


def main(content, fonts, out):
    with open(content, encoding="utf-8") as stream:
        lines = [line.rstrip("\n").split("\t") for line in stream]
    start = time.process_time()
    pdfmetrics.registerFont(TTFont("Sans", os.path.join(fonts, "LiberationSans-Regular.ttf")))
    pdfmetrics.registerFont(TTFont("Sans-Bold", os.path.join(fonts, "LiberationSans-Bold.ttf")))
    body = ParagraphStyle("body", fontName="Sans", fontSize=10, leading=13)
    bold = ParagraphStyle("bold", body, fontName="Sans-Bold")
    headings = {f"h{level}": ParagraphStyle(f"h{level}", bold, fontSize=20 - 3 * level, leading=24 - 3 * level, spaceBefore=8)
                for level in (1, 2, 3)}
    sizes = {"portrait": A4, "landscape": landscape(A4)}
    story, rows, groups, width = [], None, [], A4[0] - 2 * MARGIN

    def close():
        nonlocal rows, groups
        if rows:
            columns = len(rows[0])
            style = [("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey), ("VALIGN", (0, 0), (-1, -1), "TOP")]
            style += [("SPAN", (0, row), (-1, row)) for row in groups]
            story.append(LongTable(rows, colWidths=[width / columns] * columns, repeatRows=1, style=TableStyle(style)))
        rows, groups = None, []

    def cell(text, style=body):
        return Paragraph(escape(text).replace("␤", "<br/>"), style)

    for kind, *fields in lines:
        if kind not in ("th", "tr", "tg"):
            close()
        if kind == "page":
            width = sizes[fields[0]][0] - 2 * MARGIN
            story += [NextPageTemplate(fields[0]), PageBreak()] if story else [NextPageTemplate(fields[0])]
        elif kind in headings:
            story.append(cell(fields[0], headings[kind]))
        elif kind == "p":
            story.append(cell(fields[0]))
        elif kind == "li":
            story.append(Paragraph(escape(fields[0]), body, bulletText="•"))
        elif kind == "table":
            rows = []
        elif kind == "th":
            rows.append([cell(field, bold) for field in fields])
        elif kind == "tg":
            groups.append(len(rows))
            rows.append([cell(fields[0], bold)] + [""] * (len(rows[0]) - 1))
        else:
            rows.append([cell(field) for field in fields])
    close()
    document = BaseDocTemplate(out, pageTemplates=[page_template(name, size) for name, size in sizes.items()])
    document.build(story)
    used = (time.process_time() - start) * 1000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"peer_reportlab {used:.1f} {peak} {document.page} pages, {os.path.getsize(out)} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
