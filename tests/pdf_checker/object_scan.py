"""One pass over every object of the file, for the rules that forbid something wherever it stands."""

import pikepdf

LONGEST_STRING = 32767
LONGEST_NAME = 127
LARGEST_INTEGER = 2147483647
class ObjectScan:
    """`streams`, `actions`, `fonts`, `graphics_states`, `xobjects`, `file_specifications`: [(object, place)]; `oversized`: [(words, place)] of
    what ISO 19005-2, 6.1.13 limits; `keys`: {name: [place]} of the keys that some rule looks for."""

    WATCHED_KEYS = frozenset({"/JS", "/JavaScript", "/XFA", "/AA", "/NeedsRendering", "/Alternates", "/OPI", "/AcroForm", "/OCProperties",
                              "/Perms", "/PresSteps", "/Encrypt"})

    def __init__(self, pdf):
        self.streams = []
        self.actions = []
        self.graphics_states = []
        self.xobjects = []
        self.file_specifications = []
        self.oversized = []
        self.keys = {}
        self.count = 0
        for thing in pdf.objects:
            self.count += 1
            self._visit(thing)

    def _visit(self, top):
        number = top.objgen if isinstance(top, pikepdf.Object) else (self.count, 0)
        place = f"object {number[0]} {number[1]}"
        stack = [top]
        while stack:
            thing = stack.pop()
            if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
                self._visit_dictionary(thing, place, stack)
            elif isinstance(thing, pikepdf.Array):
                stack.extend(value for value in thing if not _is_reference(value))
            else:
                self._visit_scalar(thing, place)

    def _visit_dictionary(self, thing, place, stack):
        is_stream = isinstance(thing, pikepdf.Stream)
        kind = thing.get("/Type")
        if is_stream:
            self.streams.append((thing, place))
            if thing.get("/Subtype") in ("/Image", "/Form", "/PS"):
                self.xobjects.append((thing, place))
        elif kind == "/Action":
            self.actions.append((thing, place))
        elif kind == "/ExtGState":
            self.graphics_states.append((thing, place))
        elif kind == "/Filespec" or "/EF" in thing:
            self.file_specifications.append((thing, place))
        for key, value in thing.items():
            if key in self.WATCHED_KEYS:
                self.keys.setdefault(key, []).append(place)
            if key in ("/A", "/OpenAction", "/AA"):
                self._note_actions(key, value, place)
            if len(key.encode()) - 1 > LONGEST_NAME:
                self.oversized.append((f"a name of {len(key.encode()) - 1} bytes", place))
            if key == "/ExtGState" and isinstance(value, pikepdf.Dictionary):
                self.graphics_states += [(state, place) for _, state in value.items() if state.get("/Type") is None]
            if not _is_reference(value):
                stack.append(value)

    def _note_actions(self, key, value, place):
        """Actions need not say that they are some: where they stand says it. (/A of a structure element is its attributes, without /S.)"""
        candidates = [entry for _, entry in value.items()] if key == "/AA" and isinstance(value, pikepdf.Dictionary) else [value]
        for entry in candidates:
            if isinstance(entry, pikepdf.Dictionary) and "/S" in entry and entry.get("/Type") != "/Action":
                self.actions.append((entry, place))

    def _visit_scalar(self, thing, place):
        if isinstance(thing, pikepdf.String):
            if len(bytes(thing)) > LONGEST_STRING:
                self.oversized.append((f"a string of {len(bytes(thing))} bytes", place))
        elif isinstance(thing, pikepdf.Name):
            if len(str(thing).encode()) - 1 > LONGEST_NAME:
                self.oversized.append((f"a name of {len(str(thing).encode()) - 1} bytes", place))
        elif isinstance(thing, int) and not isinstance(thing, bool):
            if not -LARGEST_INTEGER - 1 <= thing <= LARGEST_INTEGER:
                self.oversized.append((f"the integer {thing}", place))


def _is_reference(value):
    return isinstance(value, pikepdf.Object) and value.objgen != (0, 0)
