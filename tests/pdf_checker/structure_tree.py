"""The structure tree, read once into plain objects."""

import dataclasses

import pikepdf

STANDARD_TYPES = frozenset(
    "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead "
    "TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form".split())


@dataclasses.dataclass(frozen=True)
class MarkedReference:
    """An element's content: a marked-content sequence of a page, or of a form."""

    owner: tuple
    mcid: int
    page: tuple


@dataclasses.dataclass(frozen=True)
class ObjectReference:
    """An element's content: a whole object, such as an annotation."""

    object: pikepdf.Object
    page: tuple


class Element:
    """A structure element. `type` is the name that the file gives, `standard` what the role map makes of it."""

    __slots__ = ("object", "parent", "type", "standard", "kids", "language", "class_map", "attributes")

    def __init__(self, dictionary, parent, class_map):
        self.object = dictionary
        self.parent = parent
        self.class_map = class_map
        self.attributes = {}  # those that were asked for
        self.type = str(dictionary.get("/S", "/")).lstrip("/")
        self.standard = self.type
        self.kids = []
        self.language = str(dictionary.Lang) if "/Lang" in dictionary else None

    @property
    def elements(self):
        return [kid for kid in self.kids if isinstance(kid, Element)]

    def text_value(self, key):
        """The string under a key (/Alt, /ActualText, /E), or None."""
        return str(self.object[key]) if key in self.object else None

    def inherited_language(self):
        node = self
        while node is not None:
            if node.language:
                return node.language
            node = node.parent
        return None

    def attribute(self, owner, key):
        """The value of an attribute of this owner, from the element or from its classes; None if it has none."""
        if (owner, key) not in self.attributes:
            self.attributes[(owner, key)] = self._read_attribute(owner, key)
        return self.attributes[(owner, key)]

    def _read_attribute(self, owner, key):
        found = _attribute(self.object.get("/A"), owner, key)
        if found is None and self.class_map is not None and "/C" in self.object:
            names = self.object.C if isinstance(self.object.C, pikepdf.Array) else [self.object.C]
            for name in names:
                if isinstance(name, pikepdf.Name) and str(name) in self.class_map:
                    found = found if found is not None else _attribute(self.class_map[str(name)], owner, key)
        return found

    def walk(self):
        """This element and all below it, in the order of the tree."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(reversed(element.elements))

    def marked_references(self):
        """The marked-content sequences of this element and all below it, in the order of the tree."""
        stack = list(reversed(self.kids))
        while stack:
            kid = stack.pop()
            if isinstance(kid, Element):
                stack.extend(reversed(kid.kids))
            elif isinstance(kid, MarkedReference):
                yield kid

    def ancestors(self):
        node = self.parent
        while node is not None:
            yield node
            node = node.parent


def _attribute(value, owner, key):
    if value is None:
        return None
    for entry in value if isinstance(value, pikepdf.Array) else [value]:
        if isinstance(entry, (pikepdf.Dictionary, pikepdf.Stream)) and entry.get("/O") == owner and key in entry:
            return entry[key]
    return None


class StructureTree:
    """`top` are the elements under the root; `elements` all of them in the order of the tree."""

    def __init__(self, catalogue):
        self.root = catalogue.get("/StructTreeRoot")
        self.top = []
        self.shared = []
        self.wrong_parents = []
        self.elements = []
        self.role_map = {}
        if self.root is None:
            return
        self.role_map = {str(key).lstrip("/"): str(value).lstrip("/") for key, value in (self.root.get("/RoleMap") or {}).items()}
        self._read()

    def _read(self):
        class_map = self.root.get("/ClassMap")
        seen = set()
        stack = [(kid, None, (0, 0)) for kid in reversed(_as_list(self.root.get("/K")))]
        while stack:
            kid, parent, page = stack.pop()
            if isinstance(kid, int):
                parent.kids.append(MarkedReference(page, kid, page))
                continue
            if not isinstance(kid, pikepdf.Dictionary):
                continue
            own_page = kid.Pg.objgen if "/Pg" in kid else page
            kind = kid.get("/Type")
            if kind == "/MCR" or (kind is None and "/MCID" in kid):
                owner = kid.Stm.objgen if "/Stm" in kid else own_page
                parent.kids.append(MarkedReference(owner, int(kid.MCID), own_page))
                continue
            if kind == "/OBJR":
                parent.kids.append(ObjectReference(kid.get("/Obj"), own_page))
                continue
            if kid.objgen in seen:
                self.shared.append(kid)
                continue
            if kid.objgen != (0, 0):
                seen.add(kid.objgen)
            element = Element(kid, parent, class_map)
            element.standard = self.standard_type(element.type)
            (parent.kids if parent is not None else self.top).append(element)
            self.elements.append(element)
            above = parent.object if parent is not None else self.root
            # ISO 32000-1, table 323: P is required, and an indirect reference
            if "/P" not in kid or not _same(kid.P, above):
                self.wrong_parents.append(element)
            # kids are pushed after this element's own, so that `elements` is in the order of the tree
            stack.extend((child, element, own_page) for child in reversed(_as_list(kid.get("/K"))))

    def standard_type(self, name):
        """What the role map makes of a type; the type itself where it does not lead to a standard one."""
        seen = set()
        step = name
        while step not in STANDARD_TYPES and step in self.role_map and step not in seen:
            seen.add(step)
            step = self.role_map[step]
        return step if step in STANDARD_TYPES else name

    def is_circular(self, name):
        seen = set()
        while name in self.role_map:
            if name in seen:
                return True
            seen.add(name)
            name = self.role_map[name]
        return False

    def of_type(self, *names):
        return [element for element in self.elements if element.standard in names]


def _as_list(value):
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]


def _same(one, other):
    return one.objgen == other.objgen if one.objgen != (0, 0) else one == other
