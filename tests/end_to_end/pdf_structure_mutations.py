"""Mutations of the structure tree, and of what hangs on it: pages and annotations."""

from pikepdf import Array, Dictionary, Name, String

from pdf_mutation import (add_element, annotation, attribute, content, elements, find, first, has_number, kids, mutation, operator, page_row,
                          parent_entry, retype)

# ---- the tree

@mutation("UA-7.1-11", "no structure tree")
def no_tree(pdf):
    del pdf.Root.StructTreeRoot


@mutation("BP-20", "a Part at the top")
def other_top(pdf):
    retype(pdf, "Document", "Part")


@mutation("BP-20", "two at the top")
def two_tops(pdf):
    root = pdf.Root.StructTreeRoot
    root.K = Array([*kids(root), pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))])


@mutation("UA-7.1-12", "no parent")
def no_parent(pdf):
    del first(pdf, "H1")["/P"]


@mutation("UA-7.1-12", "another parent")
def other_parent(pdf):
    first(pdf, "H1").P = first(pdf, "TR")


@mutation("UA-7.1-12", "an element in two places")
def shared(pdf):
    document = first(pdf, "Document")
    document.K = Array([*kids(document), first(pdf, "H1")])


@mutation("02-001", "a type of its own")
def own_type(pdf):
    retype(pdf, "P", "Words")


@mutation("02-003", "types that lead to one another")
def circle(pdf):
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Words=Name.Text, Text=Name.Words)


@mutation("02-004", "a heading that is a paragraph")
def remapped(pdf):
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(H1=Name.P)


@mutation("BP-25", "a role map")
def role_map(pdf):
    pdf.Root.StructTreeRoot.RoleMap = Dictionary(Words=Name.P)


@mutation("BP-25-blocks", "a paragraph in a heading")
def block(pdf):
    heading = first(pdf, "H2")
    inner = add_element(pdf, heading, "P")
    inner.K, heading.K = Array([kids(heading)[0]]), Array([inner])


@mutation("BP-20-empty", "a paragraph of nothing")
def empty(pdf):
    add_element(pdf, first(pdf, "Document"), "P")


@mutation("BP-22-unclaimed", "content of nobody")
def unclaimed(pdf):
    first(pdf, "H1").K = Array()


@mutation("BP-22-dangling", "an element of no content")
def dangling(pdf):
    first(pdf, "H1").K = Array([*kids(first(pdf, "H1")), Dictionary(Type=Name.MCR, Pg=pdf.pages[0].obj, MCID=9000)])


@mutation("BP-22-once", "content of two elements")
def claimed_twice(pdf):
    first(pdf, "H2").K = Array([*kids(first(pdf, "H2")), *content_of(pdf, first(pdf, "H1"))])


def content_of(pdf, element):
    """An element's content as references that are good anywhere."""
    page = element.get("/Pg", pdf.pages[0].obj)
    return [kid if isinstance(kid, Dictionary) else Dictionary(Type=Name.MCR, Pg=page, MCID=kid) for kid in kids(element)]


@mutation("BP-22-tag", "a heading whose content is marked as a quotation")
def other_tag(pdf):
    def change(instructions):
        place = find(instructions, "BDC", has_number)
        instructions[place] = ([Name.BlockQuote, instructions[place][0][1]], operator("BDC"))

    content(pdf, change)


@mutation("BP-20-pages", "a page of no entry")
def no_entry(pdf):
    del pdf.pages[0].obj["/StructParents"]


@mutation("BP-20-pages", "two pages of one entry")
def same_entry(pdf):
    pdf.pages[1].obj.StructParents = pdf.pages[0].obj.StructParents


@mutation("BP-20-pages", "a next key that is taken")
def next_key(pdf):
    pdf.Root.StructTreeRoot.ParentTreeNextKey = 1


@mutation("BP-20-parent-tree", "content of another element in the parent tree")
def wrong_row(pdf):
    row = page_row(pdf, pdf.pages[0])
    row[0], row[1] = row[1], row[0]


@mutation("BP-20-parent-tree", "a parent tree too short")
def short_row(pdf):
    del page_row(pdf, pdf.pages[0])[-1]


@mutation("13-004", "a figure without words")
def silent_figure(pdf):
    del first(pdf, "Figure")["/Alt"]


@mutation("17-002", "a formula without words", on_packs=False)
def silent_formula(pdf):
    del first(pdf, "Formula")["/Alt"]


@mutation("BP-33", "a figure that is called figure")
def named_figure(pdf):
    first(pdf, "Figure").Alt = String("figure")


@mutation("BP-33", "a figure that is called as its file")
def filed_figure(pdf):
    first(pdf, "Figure").Alt = String("statuses-by-area.png")


@mutation("BP-34", "a figure of no place")
def placeless(pdf):
    attribute(first(pdf, "Figure"), "/Layout", "/BBox", None)


@mutation("BP-34", "a figure beside the page")
def off_page(pdf):
    attribute(first(pdf, "Figure"), "/Layout", "/BBox", Array([0, 0, 9000, 10]))


@mutation("19-003", "a note without identifier", on_packs=False)
def nameless_note(pdf):
    del first(pdf, "Note")["/ID"]


@mutation("19-003", "two notes of one identifier", on_packs=False)
def same_note(pdf):
    add_element(pdf, first(pdf, "Document"), "Note", ID=first(pdf, "Note").ID)


# ---- headings

@mutation("14-002", "a level left out")
def skipped(pdf):
    retype(pdf, "H2", "H4")


@mutation("14-002", "H2 first")
def second_first(pdf):
    retype(pdf, "H1", "H2")


@mutation("14-006", "two headings of one element")
def two_headings(pdf):
    section = first(pdf, "Sect", "Part", "Document")
    add_element(pdf, section, "H")
    add_element(pdf, section, "H")


@mutation("14-007", "plain and numbered headings")
def mixed_headings(pdf):
    add_element(pdf, first(pdf, "Document"), "H")


@mutation("BP-26", "two titles")
def two_titles(pdf):
    retype(pdf, "H2", "H1")


@mutation("BP-26-words", "a heading without words")
def wordless_heading(pdf):
    first(pdf, "H2").K = Array()


# ---- lists and contents

mutation("UA-7.2-17", "an item outside a list")(lambda pdf: retype(pdf, "L", "Div"))
mutation("UA-7.2-17", "a body outside an item")(lambda pdf: retype(pdf, "LI", "Div"))
mutation("UA-7.2-19", "a paragraph in a list")(lambda pdf: retype(pdf, "LI", "P"))
mutation("UA-7.2-19", "a paragraph in an item")(lambda pdf: retype(pdf, "LBody", "P"))
mutation("UA-7.2-26", "an entry outside contents")(lambda pdf: retype(pdf, "TOC", "Div"))
mutation("UA-7.2-27", "a paragraph in contents")(lambda pdf: retype(pdf, "TOCI", "P"))


@mutation("UA-7.2-40", "a caption after a list")
def late_caption(pdf):
    add_element(pdf, first(pdf, "L"), "Caption")


@mutation("BP-27", "a list of no numbering")
def unnumbered(pdf):
    attribute(first(pdf, "L"), "/List", "/ListNumbering", None)


@mutation("BP-27", "a list of nothing")
def empty_list(pdf):
    first(pdf, "L").K = Array()


mutation("BP-27-body", "an item without body")(lambda pdf: retype(pdf, "LBody", "Lbl"))


@mutation("BP-27-body", "a bullet in the body", on_packs=False)
def bullet(pdf):
    item = first(pdf, "LI")
    first(pdf, "LBody").K = Array([*content_of(pdf, first(pdf, "Lbl")), *content_of(pdf, first(pdf, "LBody"))])
    item.K = Array([first(pdf, "LBody")])


@mutation("BP-28", "contents that lead nowhere")
def unlinked_contents(pdf):
    for link in elements(pdf, "Link"):
        link.S = Name.Span


# ---- tables

def rows(pdf):
    """The rows of the first table whose first row is of header cells."""
    for table in elements(pdf, "Table"):
        found = [row for part in kids(table) if part.S in ("/THead", "/TBody", "/TR") for row in ([part] if part.S == "/TR" else kids(part))]
        if len(found) > 2 and all(cell.S == "/TH" for cell in kids(found[0])):
            return found
    raise AssertionError("no table has a row of header cells")


mutation("UA-7.2-3", "a paragraph in a table")(lambda pdf: retype(pdf, "TR", "P"))
mutation("UA-7.2-3", "a paragraph in a row")(lambda pdf: retype(pdf, "TD", "P"))
mutation("UA-7.2-4", "rows outside a table")(lambda pdf: retype(pdf, "Table", "Div"))
mutation("UA-7.2-4", "cells outside a row")(lambda pdf: retype(pdf, "TR", "Div"))


@mutation("UA-7.2-11", "two heads")
def two_heads(pdf):
    add_element(pdf, first(pdf, "Table"), "THead")


@mutation("UA-7.2-11", "a head without a body", on_packs=False)
def bodyless(pdf):
    table = first(pdf, "Table")
    for part in kids(table):
        if part.S == "/TBody":
            part.S = Name.TFoot


@mutation("UA-7.2-16", "two captions")
def two_captions(pdf):
    add_element(pdf, first(pdf, "Table"), "Caption")
    add_element(pdf, first(pdf, "Table"), "Caption")


@mutation("UA-7.2-16", "a caption in the middle")
def middle_caption(pdf):
    table = first(pdf, "Table")
    caption = next((part for part in kids(table) if part.S == "/Caption"), None)
    rest = [part for part in kids(table) if part.S != "/Caption"]
    if caption is None:
        caption = add_element(pdf, table, "Caption")
    table.K = Array([rest[0], caption, *rest[1:]])


@mutation("UA-7.2-15", "a cell on another")
def overlapping(pdf):
    head, below = rows(pdf)[0], rows(pdf)[1]
    # the second cell reaches down where the first of the next row, made two wide, lies too
    attribute(kids(head)[1], "/Table", "/RowSpan", 2)
    attribute(kids(below)[0], "/Table", "/ColSpan", 2)


@mutation("UA-7.2-41", "a cell that reaches below the table")
def deep_cell(pdf):
    attribute(kids(rows(pdf)[-1])[0], "/Table", "/RowSpan", 9)


@mutation("UA-7.2-42", "a row too short")
def short_row_of_table(pdf):
    row = rows(pdf)[1]
    row.K = Array(kids(row)[:-1])


@mutation("15-003", "headers of nothing")
@mutation("BP-29", "headers of nothing")
def scopeless(pdf):
    for table in elements(pdf, "Table"):
        for cell in elements(pdf, "TH"):
            if "/A" in cell:
                attribute(cell, "/Table", "/Scope", None)
        break


@mutation("BP-29", "a table without headers")
def headless(pdf):
    for cell in elements(pdf, "TH"):
        cell.S = Name.TD


@mutation("BP-29", "a header of rows in the head")
def row_header_above(pdf):
    attribute(kids(rows(pdf)[0])[0], "/Table", "/Scope", Name.Row)


@mutation("BP-29-both-ways", "a column without a header")
def unheaded_column(pdf):
    attribute(kids(rows(pdf)[0])[1], "/Table", "/Scope", Name.Row)


@mutation("BP-32", "a header of no words")
def empty_header(pdf):
    first(pdf, "TH").K = Array()


@mutation("BP-32-cells", "a cell of colour alone")
def coloured_cell(pdf):
    """The first cell gets the content of a new sequence that paints a square."""
    cell = first(pdf, "TD")

    def change(instructions):
        for operands, name in (([Name.TD, Dictionary(MCID=9000)], "BDC"), ([60, 300, 5, 5], "re"), ([], "f"), ([], "EMC")):
            instructions.append((operands, operator(name)))

    content(pdf, change)
    cell.K = Array([Dictionary(Type=Name.MCR, Pg=pdf.pages[0].obj, MCID=9000)])


# ---- pages

@mutation("A-6.1.13-11", "a page of two points")
def tiny(pdf):
    pdf.pages[0].MediaBox = Array([0, 0, 2, 2])


@mutation("BP-15", "American paper")
def letter(pdf):
    pdf.pages[0].MediaBox = Array([0, 0, 612, 792])


@mutation("BP-15", "a turned page")
def turned(pdf):
    pdf.pages[0].Rotate = 90


@mutation("BP-37", "a keyboard that follows the rows")
def row_tabs(pdf):
    pdf.pages[1].Tabs = Name.R


@mutation("BP-41", "no page labels")
def no_labels(pdf):
    del pdf.Root["/PageLabels"]


@mutation("BP-41", "labels that begin at 2")
def other_labels(pdf):
    pdf.Root.PageLabels = Dictionary(Nums=[0, Dictionary(S=Name.D, St=2)])


# ---- annotations

@mutation("28-002", "a remark that stands in a link")
def remark(pdf):
    annotation(pdf).Subtype = Name.Text


@mutation("28-004", "a link of no words")
@mutation("28-012", "a link of no words")
def wordless_link(pdf):
    link = annotation(pdf)
    del link["/Contents"]
    if "/Alt" in parent_entry(pdf, link):
        del parent_entry(pdf, link)["/Alt"]


@mutation("28-007", "a trap network")
def trap_network(pdf):
    annotation(pdf).Subtype = Name.TrapNet


@mutation("28-008", "a keyboard that follows nothing")
def no_tabs(pdf):
    for page in pdf.pages:
        if "/Annots" in page.obj:
            del page.obj["/Tabs"]


@mutation("28-011", "a link in a span")
def link_in_span(pdf):
    parent_entry(pdf, annotation(pdf)).S = Name.Span


@mutation("28-011", "a link in nothing")
def link_in_nothing(pdf):
    del annotation(pdf)["/StructParent"]


@mutation("BP-36", "a link that its element does not hold")
def unheld(pdf):
    element = parent_entry(pdf, annotation(pdf))
    element.K = Array([kid for kid in kids(element) if not (isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR")])


@mutation("BP-36", "two links of each other's elements")
def swapped(pdf):
    links = [each for page in pdf.pages for each in page.obj.get("/Annots", []) if each.Subtype == "/Link"]
    links[0].StructParent, links[1].StructParent = links[1].StructParent, links[0].StructParent


@mutation("BP-36-words", "a link element of no words")
def unspoken(pdf):
    element = parent_entry(pdf, annotation(pdf))
    element.K = Array([kid for kid in kids(element) if isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR"])


@mutation("BP-36-over-words", "a link beside its words")
def beside(pdf):
    annotation(pdf).Rect = Array([1, 1, 2, 2])


@mutation("BP-36-target", "a link to nowhere")
def lost_link(pdf):
    link = annotation(pdf)
    if "/A" in link:
        del link["/A"]
    link.Dest = Array([Dictionary(Type=Name.Page), Name.Fit])


@mutation("A-6.3.1-1", "a film")
def film(pdf):
    annotation(pdf).Subtype = Name.Movie


@mutation("A-6.3.2-1", "a link that says nothing of printing")
def flagless(pdf):
    del annotation(pdf)["/F"]


@mutation("A-6.3.2-1", "a hidden link")
def hidden(pdf):
    annotation(pdf).F = 2


@mutation("A-6.3.3-1", "a square that no program draws alike")
def undrawn(pdf):
    annotation(pdf).Subtype = Name.Square


@mutation("A-6.3.3-1", "an annotation that looks otherwise under the mouse")
def two_looks(pdf):
    look = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 1, 1], Resources=Dictionary())
    annotation(pdf).AP = Dictionary(N=look, R=look)
