"""Walks a page's content: what it paints, where, in which colour, and inside which marked-content sequences."""

import dataclasses
import decimal

import pikepdf

from .paths import Path, concat, transform

OPERATORS = frozenset(
    "b B b* B* BDC BI BMC BT BX c cm CS cs d d0 d1 Do DP EI EMC ET EX f F f* G g gs h i ID j J K k l m M MP n q Q re RG rg ri s S SC sc SCN scn sh "
    "T* Tc Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"".split()) | {"INLINE IMAGE"}
FILLS = frozenset(("f", "F", "f*", "b", "b*", "B", "B*"))
STROKES = frozenset(("S", "s", "b", "b*", "B", "B*"))
DEVICE_OPERATORS = {"rg": "RGB", "RG": "RGB", "g": "Gray", "G": "Gray", "k": "CMYK", "K": "CMYK"}
IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
DEEPEST_FORM = 12


@dataclasses.dataclass(frozen=True)
class Mark:
    """A marked-content sequence that is open."""

    tag: str
    mcid: object  # int or None
    owner: tuple  # objgen of the page or form whose content it is in
    properties: object  # pikepdf.Dictionary or None
    outer: tuple = ()  # the sequences that it stands in

    @property
    def is_artifact(self):
        return self.tag == "/Artifact"

    def property(self, key):
        return self.properties.get(key) if self.properties is not None else None


@dataclasses.dataclass
class Painted:
    """One thing painted. Positions are in the page's default space, in points from its bottom left corner."""

    kind: str  # "text", "path", "image" or "shading"
    marks: tuple
    operator: str
    box: tuple = (0.0, 0.0, 0.0, 0.0)  # of a text: baseline to about the height of its letters
    font: object = None
    codes: tuple = ()
    text: str = ""
    size: float = 0.0
    fill: object = None  # (red, green, blue) from 0 to 1, or None where that is not known
    stroke: object = None
    mode: int = 0
    shape: object = None  # the Path of a filled path

    @property
    def artifact(self):
        return next((mark for mark in self.marks if mark.is_artifact), None)

    @property
    def is_tagged(self):
        return any(mark.mcid is not None for mark in self.marks)


@dataclasses.dataclass
class State:
    matrix: tuple = IDENTITY
    fill: object = (0.0, 0.0, 0.0)
    stroke: object = (0.0, 0.0, 0.0)
    font: object = None
    size: float = 0.0
    char_space: float = 0.0
    word_space: float = 0.0
    scale: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0


class PageContent:
    """`painted`; `mcids`: [(owner, MCID, tag)] in the order of the content; `problems`: [(kind, words)] where kind is "balance", "artifact in
    tagged", "tagged in artifact", "operator", "resource", "depth" or "inline image"; `spaces`: device colour spaces used; `forms`: [(objgen, inside
    tagged content or artifact, has numbered marks)] of each form drawn."""

    def __init__(self, document, page, number):
        self.document = document
        self.number = number
        self.painted = []
        self.mcids = []
        self.sequences = []
        self.problems = []
        self.spaces = set()
        self.intents = set()
        self.forms = []
        self.deepest = 0
        self._walk(page, page, page.objgen, State(), (), 0)

    def _problem(self, kind, words):
        self.problems.append((kind, words))

    def _walk(self, stream, holder, owner, state, marks, depth):
        try:
            instructions = pikepdf.parse_content_stream(stream)
        except pikepdf.PdfError as error:
            self._problem("operator", f"the content cannot be read: {error}")
            return
        _ContentWalk(self, holder, owner, state, marks, depth).run(instructions)


class _ContentWalk:
    """The walk of one content stream: a page's, or a form's drawn on it."""

    def __init__(self, content, holder, owner, state, marks, depth):
        self.content = content
        self.holder = holder
        own = holder.get("/Resources")
        self.own_resources = own if own is not None and owner not in content.document.without_resources else {}
        self.resources = own if own is not None else {}
        self.owner = owner
        self.state = state
        self.outer_marks = marks
        self.marks = marks
        self.depth = depth
        self.saved = []
        self.in_text = False
        self.text_depth = 0
        self.text_matrix = self.line_matrix = IDENTITY
        self.path = Path()
        self.fonts = {}
        self.mark_texts = ()  # whether each open sequence began inside a text object
        self.handlers = {name: getattr(self, "_do_" + spelled) for name, spelled in HANDLERS.items()}

    def run(self, instructions):
        for instruction in instructions:
            operator = str(instruction.operator)
            if operator not in OPERATORS:
                self.content._problem("operator", f"'{operator}' is no operator of ISO 32000-1")
                continue
            handler = self.handlers.get(operator)
            if handler is not None:
                handler(operator, instruction.operands if operator != "INLINE IMAGE" else [instruction.iimage])
        if len(self.marks) != len(self.outer_marks):
            self.content._problem("balance", f"{len(self.marks) - len(self.outer_marks)} marked-content sequences do not end")
        if self.saved:
            self.content._problem("balance", f"{len(self.saved)} q without Q")
        if self.in_text:
            self.content._problem("balance", "BT without ET")

    def _resource(self, category, name):
        """The resource of that name; a name that the page or form does not itself have is a problem."""
        own = self.own_resources.get(category)
        if own is not None and name in own:
            return own[name]
        inherited = self.resources.get(category)
        found = inherited[name] if inherited is not None and name in inherited else None
        where = "only inherited" if found is not None else "missing"
        self.content._problem("resource", f"{category} {name} is {where}")
        return found

    # ---- graphics state

    def _do_save(self, _, __):
        self.saved.append(dataclasses.replace(self.state))
        self.content.deepest = max(self.content.deepest, len(self.saved))

    def _do_restore(self, _, __):
        if self.saved:
            self.state = self.saved.pop()
        else:
            self.content._problem("balance", "Q without q")

    def _do_matrix(self, _, operands):
        self.state.matrix = concat(tuple(map(float, operands)), self.state.matrix)

    def _do_graphics_state(self, _, operands):
        dictionary = self._resource("/ExtGState", operands[0])
        if dictionary is not None and "/Font" in dictionary:
            self.state.font, self.state.size = self.content.document.font(dictionary.Font[0]), float(dictionary.Font[1])

    def _do_intent(self, _, operands):
        self.content.intents.add(str(operands[0]))

    def _do_device_colour(self, operator, operands):
        space = DEVICE_OPERATORS[operator]
        self._use_device(space)
        values = [float(value) for value in operands]
        self._set_colour(operator.islower(), _rgb(space, values))

    def _use_device(self, space):
        defaults = self.resources.get("/ColorSpace")
        if defaults is None or f"/Default{space}" not in defaults:
            self.content.spaces.add(space)

    def _do_colour_space(self, operator, operands):
        name = str(operands[0])
        if name in ("/DeviceRGB", "/DeviceGray", "/DeviceCMYK"):
            self._use_device(name[len("/Device"):])
            self._set_colour(operator == "cs", (0.0, 0.0, 0.0))
        else:
            if name != "/Pattern":
                space = self._resource("/ColorSpace", operands[0])
                self._use_named_space(space)
            self._set_colour(operator == "cs", None)

    def _use_named_space(self, space):
        """A colour space may rest on a device space: Indexed, Separation and DeviceN do."""
        stack = [space]
        while stack:
            part = stack.pop()
            if isinstance(part, pikepdf.Name) and str(part) in ("/DeviceRGB", "/DeviceGray", "/DeviceCMYK"):
                self._use_device(str(part)[len("/Device"):])
            elif isinstance(part, pikepdf.Array) and len(part) > 1:
                kind = str(part[0])
                if kind == "/Indexed":
                    stack.append(part[1])
                elif kind in ("/Separation", "/DeviceN") and len(part) > 2:
                    stack.append(part[2])

    def _do_colour(self, operator, operands):
        values = [float(value) for value in operands if not isinstance(value, pikepdf.Object)]
        space = {1: "Gray", 3: "RGB", 4: "CMYK"}.get(len(values))
        self._set_colour(operator.islower(), _rgb(space, values) if space else None)

    def _set_colour(self, is_fill, colour):
        if is_fill:
            self.state.fill = colour
        else:
            self.state.stroke = colour

    # ---- marked content

    def _do_mark(self, operator, operands):
        tag = str(operands[0])
        properties = None
        if operator == "BDC" and len(operands) > 1:
            properties = operands[1]
            if isinstance(properties, pikepdf.Name):
                properties = self._resource("/Properties", properties)
        mcid = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
        mark = Mark(tag, int(mcid) if mcid is not None else None, self.owner, properties, self.marks)
        content = self.content
        if mark.is_artifact and any(outer.mcid is not None for outer in self.marks):
            content._problem("artifact in tagged", f"an Artifact inside {self.marks[-1].tag}")
        if mark.mcid is not None:
            if any(outer.is_artifact for outer in self.marks):
                content._problem("tagged in artifact", f"{tag} with MCID {mark.mcid} inside an Artifact")
            content.mcids.append((self.owner, mark.mcid, tag))
        content.sequences.append(mark)
        self.marks += (mark,)
        self.mark_texts += (self.in_text,)

    def _do_end_mark(self, _, __):
        if len(self.marks) == len(self.outer_marks):
            self.content._problem("balance", "EMC without BDC or BMC")
            return
        self.marks = self.marks[:-1]
        began_in_text, self.mark_texts = self.mark_texts[-1], self.mark_texts[:-1]
        if began_in_text != self.in_text:
            self.content._problem("balance", "a marked-content sequence and a text object cross")

    # ---- text

    def _do_begin_text(self, _, __):
        if self.in_text:
            self.content._problem("balance", "BT inside a text object")
        self.in_text = True
        self.text_matrix = self.line_matrix = IDENTITY

    def _do_end_text(self, _, __):
        if not self.in_text:
            self.content._problem("balance", "ET without BT")
        self.in_text = False

    def _do_font(self, _, operands):
        dictionary = self.fonts.get(operands[0])
        if dictionary is None:
            dictionary = self._resource("/Font", operands[0])
            self.fonts[operands[0]] = dictionary
        self.state.font = self.content.document.font(dictionary) if dictionary is not None else None
        self.state.size = float(operands[1])

    def _do_text_state(self, operator, operands):
        value = float(operands[0])
        if operator == "Tc":
            self.state.char_space = value
        elif operator == "Tw":
            self.state.word_space = value
        elif operator == "Tz":
            self.state.scale = value / 100
        elif operator == "TL":
            self.state.leading = value
        elif operator == "Ts":
            self.state.rise = value
        else:
            self.state.mode = int(value)

    def _move(self, x, y):
        self.line_matrix = self.text_matrix = concat((1, 0, 0, 1, x, y), self.line_matrix)

    def _do_move(self, operator, operands):
        x, y = float(operands[0]), float(operands[1])
        if operator == "TD":
            self.state.leading = -y
        self._move(x, y)

    def _do_text_matrix(self, _, operands):
        self.line_matrix = self.text_matrix = tuple(map(float, operands))

    def _do_next_line(self, _, __):
        self._move(0, -self.state.leading)

    def _do_show(self, operator, operands):
        if operator in ("'", '"'):
            if operator == '"':
                self.state.word_space, self.state.char_space = float(operands[0]), float(operands[1])
            self._move(0, -self.state.leading)
        if not self.in_text:
            self.content._problem("balance", f"{operator} outside a text object")
        shown = operands[0] if operator == "TJ" else [operands[-1]]
        state = self.state
        font = state.font
        codes, texts, advance, end = [], [], 0.0, 0.0  # end: of the last character that is seen
        for part in shown:
            if isinstance(part, (int, decimal.Decimal)):
                advance -= float(part) / 1000 * state.size * state.scale
            elif font is not None:
                for code in font.decode(bytes(part)):
                    width, text = font.shown(code)
                    codes.append(code)
                    texts.append(text or "\ufffd")
                    width *= state.size / 1000 * state.scale
                    if text != " ":
                        end = advance + width
                    space = state.word_space if code == 32 and not font.is_composite else 0.0
                    advance += width + (state.char_space + space) * state.scale
        if codes:
            matrix = concat(self.text_matrix, state.matrix)
            corners = [transform(matrix, x, y + state.rise) for x in (0.0, end) for y in (0.0, 0.7 * state.size)]
            box = (min(x for x, _ in corners), min(y for _, y in corners), max(x for x, _ in corners), max(y for _, y in corners))
            self._paint("text", operator, box=box, font=font, codes=tuple(codes), text="".join(texts), size=state.size * abs(matrix[3] or matrix[1]),
                        mode=state.mode)
        self.text_matrix = concat((1, 0, 0, 1, advance, 0), self.text_matrix)

    # ---- paths, images, forms

    def _do_path(self, operator, operands):
        self.path.add(operator, [float(value) for value in operands], self.state.matrix)

    def _do_paint(self, operator, _):
        if operator != "n" and not self.path.is_empty():
            self._paint("path", operator, box=self.path.box(), shape=self.path if operator in FILLS else None)
        self.path = Path()

    def _do_shading(self, operator, _):
        self._paint("shading", operator)

    def _do_inline_image(self, operator, operands):
        self.content._problem("inline image", "an image")
        self._paint("image", operator)

    def _do_object(self, operator, operands):
        thing = self._resource("/XObject", operands[0])
        if thing is None:
            return
        if thing.get("/Subtype") != "/Form":
            if "/ColorSpace" in thing:
                self._use_named_space(thing.ColorSpace)
            self._paint("image", operator)
            return
        content = self.content
        is_marked = any(mark.mcid is not None or mark.is_artifact for mark in self.marks)
        before = len(content.mcids)
        if self.depth < DEEPEST_FORM:
            state = dataclasses.replace(self.state)
            state.matrix = concat(tuple(float(value) for value in thing.get("/Matrix", IDENTITY)), state.matrix)
            content._walk(thing, thing, thing.objgen, state, self.marks, self.depth + 1)
        content.forms.append((thing.objgen, is_marked, len(content.mcids) > before))

    def _paint(self, kind, operator, **more):
        fill = self.state.fill if kind == "text" or operator in FILLS else None
        stroke = self.state.stroke if operator in STROKES else None
        self.content.painted.append(Painted(kind, self.marks, operator, fill=fill, stroke=stroke, **more))


HANDLERS = {"q": "save", "Q": "restore", "cm": "matrix", "gs": "graphics_state", "ri": "intent", "cs": "colour_space", "CS": "colour_space",
            "BDC": "mark", "BMC": "mark", "EMC": "end_mark", "BT": "begin_text", "ET": "end_text", "Tf": "font", "Tm": "text_matrix", "T*": "next_line",
            "sh": "shading", "Do": "object", "INLINE IMAGE": "inline_image", "Td": "move", "TD": "move"}
HANDLERS.update({name: "device_colour" for name in DEVICE_OPERATORS})
HANDLERS.update({name: "colour" for name in ("sc", "scn", "SC", "SCN")})
HANDLERS.update({name: "text_state" for name in ("Tc", "Tw", "Tz", "TL", "Ts", "Tr")})
HANDLERS.update({name: "show" for name in ("Tj", "TJ", "'", '"')})
HANDLERS.update({name: "path" for name in ("m", "l", "c", "v", "y", "re", "h")})
HANDLERS.update({name: "paint" for name in ("f", "F", "f*", "b", "b*", "B", "B*", "S", "s", "n")})


def _rgb(space, values):
    if space == "RGB" and len(values) == 3:
        return tuple(values)
    if space == "Gray" and len(values) == 1:
        return (values[0],) * 3
    if space == "CMYK" and len(values) == 4:
        return tuple((1 - value) * (1 - values[3]) for value in values[:3])
    return None
