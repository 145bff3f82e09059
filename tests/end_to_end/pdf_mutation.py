"""Ways to break a good PDF, and what finds the part to break. Everything here works on the sample and on a pack alike."""

import dataclasses
import re
import typing

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator


@dataclasses.dataclass(frozen=True)
class Mutation:
    """Breaks what the rule keeps. `on_packs` is False where a pack has nothing of the kind."""

    rule: str
    title: str
    function: typing.Callable
    works_on_bytes: bool = False
    on_packs: bool = True
    encryption: object = None

    def __str__(self):
        return f"{self.rule}: {self.title}"

    def apply(self, source, target):
        if self.works_on_bytes:
            data = source.read_bytes()
            changed = self.function(data)
            assert changed != data, "the bytes to change are not there"
            target.write_bytes(changed)
            return
        with pikepdf.open(source) as pdf:
            self.function(pdf)
            # the rest as it is; above all the metadata, which pikepdf would mend
            how = {"encryption": self.encryption} if self.encryption else {"stream_decode_level": pikepdf.StreamDecodeLevel.none}
            pdf.save(target, compress_streams=False, fix_metadata_version=False, **how)


mutations = []


def mutation(rule, title, **more):
    def register(function):
        mutations.append(Mutation(rule, title, function, **more))
        return function

    return register


# ---- finding

def elements(pdf, *kinds):
    """The structure elements of these types, in the order of the tree."""
    found = []
    stack = [pdf.Root.StructTreeRoot.K[0] if isinstance(pdf.Root.StructTreeRoot.K, Array) else pdf.Root.StructTreeRoot.K]
    while stack:
        element = stack.pop()
        if "/" + kinds[0] == str(element.S) or str(element.S)[1:] in kinds:
            found.append(element)
        stack.extend(kid for kid in reversed(kids(element)) if isinstance(kid, Dictionary) and "/S" in kid)
    assert found, f"there is no {' or '.join(kinds)}"
    return found


def first(pdf, *kinds):
    return elements(pdf, *kinds)[0]


def kids(element):
    value = element.get("/K")
    return [] if value is None else list(value) if isinstance(value, Array) else [value]


def retype(pdf, kind, other):
    first(pdf, kind).S = Name("/" + other)


def annotation(pdf, subtype="/Link"):
    return next(each for page in pdf.pages for each in page.obj.get("/Annots", []) if each.Subtype == subtype)


def parent_entry(pdf, link):
    """The element that the parent tree has for an annotation."""
    def search(node):
        numbers = list(node.get("/Nums", []))
        for key, value in zip(numbers[::2], numbers[1::2]):
            if int(key) == int(link.StructParent):
                return value
        for kid in node.get("/Kids", []):
            found = search(kid)
            if found is not None:
                return found
        return None

    return search(pdf.Root.StructTreeRoot.ParentTree)


def page_row(pdf, page):
    """The row of the parent tree of a page."""
    return parent_entry(pdf, Dictionary(StructParent=page.obj.StructParents))


def attribute(element, owner, key, value):
    """Sets an attribute; None takes it away."""
    value_of = element.get("/A")
    holders = [] if value_of is None else [each for each in value_of if isinstance(each, Dictionary)] if isinstance(value_of, Array) else [value_of]
    for holder in holders:
        if holder.O == owner:
            break
    else:
        holder = Dictionary(O=Name(owner))
        holders.append(holder)
    if value is None:
        assert key in holder
        del holder[key]
    else:
        holder[key] = value
    element.A = Array(holders)


def add_element(pdf, parent, kind, **more):
    made = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + kind), P=parent, K=Array(), **more))
    parent.K = Array(kids(parent) + [made])
    return made


def shown_font(pdf):
    """The font of the first text of the first page, and the first code shown in it."""
    font = None
    for instruction in pikepdf.parse_content_stream(pdf.pages[0]):
        operator = str(instruction.operator)
        if operator == "Tf":
            font = pdf.pages[0].Resources.Font[str(instruction.operands[0])]
        if operator in ("Tj", "TJ"):
            operand = instruction.operands[0]
            data = bytes(operand[0] if operator == "TJ" else operand)
            return font, int.from_bytes(data[:2], "big")
    raise AssertionError("no text")


def map_glyph(pdf, glyph):
    """Gives the first code shown another glyph."""
    font, code = shown_font(pdf)
    stream = font.DescendantFonts[0].CIDToGIDMap
    data = bytearray(stream.read_bytes())
    data[2 * code:2 * code + 2] = glyph.to_bytes(2, "big")
    stream.write(bytes(data))


def map_unicode(pdf, value):
    """Gives the first code shown another meaning."""
    font, code = shown_font(pdf)
    block = f"1 beginbfchar <{code:04X}> <{value:04X}> endbfchar\n".encode()
    font.ToUnicode.write(font.ToUnicode.read_bytes().replace(b"endcmap", block + b"endcmap"))


# ---- content

def content(pdf, change, page=0):
    """Rewrites a page's content: `change` is given its instructions as a list and changes them."""
    instructions = [(list(each.operands), each.operator) for each in pikepdf.parse_content_stream(pdf.pages[page])]
    change(instructions)
    pdf.pages[page].obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))


def append(pdf, data, page=0):
    def change(instructions):
        instructions.extend((list(each.operands), each.operator) for each in pikepdf.parse_content_stream(pikepdf.Stream(pdf, data)))

    content(pdf, change, page)


def find(instructions, operator, accept=lambda operands: True):
    return next(index for index, (operands, each) in enumerate(instructions) if str(each) == operator and accept(operands))


def is_artifact(operands):
    return operands[0] == "/Artifact"


def has_number(operands):
    return len(operands) > 1 and isinstance(operands[1], Dictionary) and "/MCID" in operands[1]


def xmp(old, new):
    """A mutation of the metadata: `old` is a regular expression."""
    def function(pdf):
        stream = pdf.Root.Metadata
        data = stream.read_bytes()
        changed = re.sub(old.encode(), new if isinstance(new, bytes) else new.encode(), data, count=1, flags=re.S)
        assert changed != data, f"the metadata have no {old}"
        pdf.Root.Metadata = pdf.make_stream(changed, Type=Name.Metadata, Subtype=Name.XML)

    return function


def operator(name):
    return Operator(name)
