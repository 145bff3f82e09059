"""A PDF as the rules see it: its bytes, its objects, and what the other readers of this package make of them, each read once."""

import functools
import pathlib

import pikepdf

from .font import Font
from .grid import Grid
from .object_scan import ObjectScan
from .page_content import PageContent
from .structure_tree import StructureTree
from .xmp import Xmp


class Document:
    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.bytes = self.path.read_bytes()
        self.pdf = pikepdf.open(self.path, suppress_warnings=True)
        self.root = self.pdf.Root
        # before the pages are asked for: that hands down to them what they inherit
        self.without_resources = frozenset(page.objgen for page in _leaves(self.root.get("/Pages")) if "/Resources" not in page)
        self.pages = list(self.pdf.pages)
        self.page_numbers = {page.obj.objgen: number for number, page in enumerate(self.pages, 1)}
        self._fonts = {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.pdf.close()

    @functools.cached_property
    def structure(self):
        return StructureTree(self.root)

    @functools.cached_property
    def contents(self):
        """What each page paints, in the order of the pages."""
        return [PageContent(self, page.obj, number) for number, page in enumerate(self.pages, 1)]

    @functools.cached_property
    def scan(self):
        return ObjectScan(self.pdf)

    @functools.cached_property
    def xmp(self):
        """The metadata of the document, or None if there are none."""
        stream = self.root.get("/Metadata")
        return Xmp(stream.read_bytes()) if isinstance(stream, pikepdf.Stream) else None

    @functools.cached_property
    def marked_text(self):
        """The painted items of every marked-content sequence that has a number: {(objgen of the page or form, MCID): [Painted, …]}."""
        found = {}
        for content in self.contents:
            for item in content.painted:
                for mark in item.marks:
                    if mark.mcid is not None:
                        found.setdefault((mark.owner, mark.mcid), []).append(item)
        return found

    @functools.cached_property
    def grids(self):
        """Every table with the places of its cells: [(Element, Grid), …]."""
        return [(table, Grid(table)) for table in self.structure.of_type("Table")]

    def font(self, dictionary):
        """The Font of a font dictionary; one for each indirect object."""
        key = dictionary.objgen
        if key == (0, 0):
            return Font(dictionary)
        if key not in self._fonts:
            self._fonts[key] = Font(dictionary)
        return self._fonts[key]

    @functools.cached_property
    def fonts(self):
        """Every font that text is shown in: {Font: set of codes shown}."""
        used = {}
        for content in self.contents:
            for item in content.painted:
                if item.kind == "text" and item.font is not None:
                    used.setdefault(item.font, set()).update(item.codes)
        return used

    def text_of(self, element):
        """The text of an element and all below it, in the order of the structure tree."""
        parts = []
        for reference in element.marked_references():
            for item in self.marked_text.get((reference.owner, reference.mcid), []):
                parts.append(item.text)
        return "".join(parts)

    def page_of(self, element):
        """The page on which an element's first content stands, or 0."""
        for reference in element.marked_references():
            if reference.owner in self.page_numbers:
                return self.page_numbers[reference.owner]
        return 0

    def annotations(self):
        """(page number, annotation) of every annotation."""
        for number, page in enumerate(self.pages, 1):
            for annotation in page.obj.get("/Annots", []):
                if isinstance(annotation, pikepdf.Dictionary):
                    yield number, annotation

    def number_tree(self, root):
        """The entries of a number tree (ParentTree, PageLabels) as a dictionary."""
        entries = {}
        nodes = [root] if root is not None else []
        seen = set()
        while nodes:
            node = nodes.pop()
            if node.objgen != (0, 0) and node.objgen in seen:
                continue
            seen.add(node.objgen)
            nodes += list(node.get("/Kids", []))
            numbers = list(node.get("/Nums", []))
            entries.update((int(numbers[index]), numbers[index + 1]) for index in range(0, len(numbers) - 1, 2))
        return entries

    @functools.cached_property
    def parent_tree(self):
        tree = self.root.get("/StructTreeRoot")
        return self.number_tree(tree.get("/ParentTree")) if tree is not None else {}

    def outline_entries(self):
        """Every bookmark as (dictionary, depth)."""
        outlines = self.root.get("/Outlines")
        stack = [(outlines.First, 1)] if outlines is not None and "/First" in outlines else []
        seen = set()
        while stack:
            entry, depth = stack.pop()
            if entry.objgen in seen:
                continue
            seen.add(entry.objgen)
            yield entry, depth
            if "/Next" in entry:
                stack.append((entry.Next, depth))
            if "/First" in entry:
                stack.append((entry.First, depth + 1))


def _leaves(node):
    """The pages below a node of the page tree."""
    stack, seen = [node], set()
    while stack:
        node = stack.pop()
        if not isinstance(node, pikepdf.Dictionary) or node.objgen in seen:
            continue
        seen.add(node.objgen)
        if "/Kids" in node:
            stack.extend(node.Kids)
        else:
            yield node
