"""What must stand nowhere in a pack: scripts, forms, embedded files that say too little, transparency, foreign objects."""

import pikepdf

from ..rule import A, BOTH, HOUSE, UA, at, rule

ACTIONS = frozenset(("/GoTo", "/GoToR", "/GoToE", "/Thread", "/URI", "/Named", "/SubmitForm"))
NAMED_ACTIONS = frozenset(("/NextPage", "/PrevPage", "/FirstPage", "/LastPage"))
BLEND_MODES = frozenset("Normal Compatible Multiply Screen Overlay Darken Lighten ColorDodge ColorBurn HardLight SoftLight Difference Exclusion Hue "
                        "Saturation Color Luminosity".split())
INTENTS = frozenset(("/RelativeColorimetric", "/AbsoluteColorimetric", "/Perceptual", "/Saturation"))


@rule("25-001", UA, "There is no dynamic XFA form", "ISO 14289-1, 7.15; Matterhorn 25-001")
def dynamic_forms(document):
    form = document.root.get("/AcroForm")
    xfa = form.get("/XFA") if form is not None else None
    parts = list(xfa) if isinstance(xfa, pikepdf.Array) else [xfa]
    for part in parts:
        if isinstance(part, pikepdf.Stream) and b"dynamicRender" in part.read_bytes() and b"required" in part.read_bytes():
            yield at("XFA asks for dynamic rendering")


@rule("A-6.4.2-1", A, "There is no XFA form", "ISO 19005-2, 6.4.2")
def forms(document):
    for key in ("/XFA", "/NeedsRendering"):
        for place in document.scan.keys.get(key, []):
            yield at(f"{key} stands in it", place=place)


@rule("A-6.5.1-1", A, "Actions only go somewhere: none runs, plays, submits or changes anything", "ISO 19005-2, 6.5.1")
def actions(document):
    for action, place in document.scan.actions:
        kind = str(action.get("/S", ""))
        if kind not in ACTIONS:
            yield at(f"an action {kind}", place=place)
        elif kind == "/Named" and str(action.get("/N", "")) not in NAMED_ACTIONS:
            yield at(f"a named action {action.get('/N', '')}", place=place)


@rule("A-6.5.2-1", A, "Nothing happens by itself: no additional actions", "ISO 19005-2, 6.5.2")
def triggers(document):
    for place in document.scan.keys.get("/AA", []):
        yield at("/AA stands in it", place=place)


@rule("BP-12", HOUSE, "No script, no form, no outside action", "rule PDF-12")
def scripts(document):
    for key in ("/JS", "/JavaScript", "/AcroForm", "/XFA"):
        for place in document.scan.keys.get(key, []):
            yield at(f"{key} stands in it", place=place)
    for action, place in document.scan.actions:
        if action.get("/S") not in ("/GoTo", "/URI"):
            yield at(f"an action {action.get('/S')}", place=place)


@rule("21-001", BOTH, "An embedded file says its name twice, in F and in UF", "ISO 14289-1, 7.11; ISO 19005-2, 6.8; Matterhorn 21-001")
def embedded_files(document):
    for specification, place in document.scan.file_specifications:
        if "/EF" in specification:
            for key in ("/F", "/UF"):
                if not str(specification.get(key, "")):
                    yield at(f"{key} is missing or empty", place=place)


def _configurations(document):
    properties = document.root.get("/OCProperties")
    if properties is None:
        return []
    return ([properties.D] if "/D" in properties else []) + list(properties.get("/Configs", []))


@rule("20-001", BOTH, "A set of layers has a name", "ISO 14289-1, 7.10; ISO 19005-2, 6.9; Matterhorn 20-001, 20-002")
def layer_names(document):
    for configuration in _configurations(document):
        if not str(configuration.get("/Name", "")):
            yield at("an optional content configuration has no Name", place=configuration)


@rule("20-003", BOTH, "No set of layers switches itself", "ISO 14289-1, 7.10; ISO 19005-2, 6.9; Matterhorn 20-003")
def layer_switches(document):
    for configuration in _configurations(document):
        if "/AS" in configuration:
            yield at("an optional content configuration has AS", place=configuration)


@rule("BP-20-layers", HOUSE, "A pack has no layers: everybody sees the same", "rule PDF-42")
def layers(document):
    if "/OCProperties" in document.root:
        yield at("the catalogue has OCProperties")


@rule("30-001", BOTH, "No form refers to another file's page", "ISO 14289-1, 7.20; ISO 19005-2, 6.2.9; Matterhorn 30-001")
def reference_forms(document):
    for thing, place in document.scan.xobjects:
        if thing.get("/Subtype") == "/Form" and "/Ref" in thing:
            yield at("a reference XObject", place=place)


@rule("A-6.2.9-1", A, "No PostScript in forms", "ISO 19005-2, 6.2.9")
def postscript(document):
    for thing, place in document.scan.xobjects:
        if thing.get("/Subtype") == "/PS" or thing.get("/Subtype2") == "/PS" or "/PS" in thing or "/OPI" in thing:
            yield at("a PostScript or OPI XObject", place=place)


@rule("A-6.2.5-1", A, "No graphics state has transfer functions or halftone phases", "ISO 19005-2, 6.2.5")
def transfer_functions(document):
    for state, place in document.scan.graphics_states:
        for key in ("/TR", "/HTP"):
            if key in state:
                yield at(f"{key} stands in a graphics state", place=place)
        if "/TR2" in state and state.TR2 != "/Default":
            yield at("TR2 is not Default", place=place)


@rule("A-6.2.6-1", A, "A rendering intent is one of the four", "ISO 19005-2, 6.2.6")
def rendering_intents(document):
    used = [(str(state.RI), 0, place) for state, place in document.scan.graphics_states if "/RI" in state]
    used += [(intent, content.number, "") for content in document.contents for intent in content.intents]
    used += [(str(thing.Intent), 0, place) for thing, place in document.scan.xobjects if "/Intent" in thing]
    for intent, page, place in used:
        if intent not in INTENTS:
            yield at(f"the rendering intent {intent}", page, place)


@rule("A-6.2.10-1", A, "Blend modes are those of ISO 32000-1", "ISO 19005-2, 6.2.10")
def blend_modes(document):
    for state, place in document.scan.graphics_states:
        mode = state.get("/BM")
        for name in list(mode) if isinstance(mode, pikepdf.Array) else [mode] if mode is not None else []:
            if str(name).lstrip("/") not in BLEND_MODES:
                yield at(f"the blend mode {name}", place=place)


@rule("BP-54-transparency", HOUSE, "Nothing is transparent: what is painted has the contrast that was chosen", "rule PDF-54")
def transparency(document):
    for state, place in document.scan.graphics_states:
        for key in ("/ca", "/CA"):
            if float(state.get(key, 1)) < 1:
                yield at(f"{key} is {float(state[key]):g}", place=place)
        if state.get("/SMask", "/None") != "/None":
            yield at("a soft mask", place=place)
        if state.get("/BM", "/Normal") not in ("/Normal", "/Compatible"):
            yield at(f"the blend mode {state.BM}", place=place)


@rule("BP-42-images", HOUSE, "Text stays text and charts stay lines: there are no images", "WCAG 1.4.5; rule PDF-42")
def images(document):
    for thing, place in document.scan.xobjects:
        if thing.get("/Subtype") == "/Image":
            yield at("an image", place=place)
    for content in document.contents:
        if any(kind == "inline image" for kind, _ in content.problems):
            yield at("an inline image", content.number)
