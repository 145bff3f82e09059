"""Colours: the output intent, and the device colours that it gives a meaning to."""

import struct

import pikepdf

from ..rule import A, HOUSE, at, rule

# ICC.1:2004-10, 8.3 to 8.5: what a reader needs to turn the colours into others.
ALWAYS = {"desc", "cprt", "wtpt"}
MATRIX = {"rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"}
COMPONENTS = {"RGB ": "RGB", "GRAY": "Gray", "CMYK": "CMYK"}


def _intents(document):
    return [intent for intent in document.root.get("/OutputIntents", []) if isinstance(intent, pikepdf.Dictionary)]


def _profile(document):
    """(device class, colour space, major version) of the PDF/A output intent's profile, or None."""
    for intent in _intents(document):
        if intent.get("/S") == "/GTS_PDFA1" and isinstance(intent.get("/DestOutputProfile"), pikepdf.Stream):
            data = intent.DestOutputProfile.read_bytes()
            if len(data) >= 128:
                return data[12:16].decode("latin-1"), data[16:20].decode("latin-1"), data[8]
            return "", "", 0
    return None


@rule("BP-54-intent", HOUSE, "An output intent says which red the red is", "ISO 19005-2, 6.2.3")
def intent(document):
    found = [entry for entry in _intents(document) if entry.get("/S") == "/GTS_PDFA1"]
    if len(found) != 1:
        yield at(f"there are {len(found)} PDF/A output intents")
    for entry in found:
        if not str(entry.get("/OutputConditionIdentifier", "")):
            yield at("it has no OutputConditionIdentifier", place=entry)


@rule("A-6.2.3-1", A, "The profile of the output intent is one for printers or screens, of RGB, grey or CMYK, before version 5", "ISO 19005-2, 6.2.3")
def profile(document):
    found = _profile(document)
    if found is not None:
        kind, space, version = found
        if kind not in ("prtr", "mntr") or space not in COMPONENTS or version >= 5:
            yield at(f"its class is '{kind}', its colours '{space}', its version {version}")
        for entry in _intents(document):
            stream = entry.get("/DestOutputProfile")
            if isinstance(stream, pikepdf.Stream) and space in COMPONENTS and int(stream.get("/N", 0)) != {"RGB": 3, "Gray": 1, "CMYK": 4}[COMPONENTS[space]]:
                yield at(f"N is {stream.get('/N')} for '{space}'", place=stream)
            if isinstance(stream, pikepdf.Stream):
                yield from (at(words, place=stream) for words in _wrong_in(stream.read_bytes()))


def _wrong_in(data):
    """What is wrong with the frame of an ICC profile."""
    if len(data) < 132 or struct.unpack_from(">L", data, 0)[0] != len(data) or data[36:40] != b"acsp":
        return ["the profile is not as long as it says, or no profile"]
    count = struct.unpack_from(">L", data, 128)[0]
    entries = [struct.unpack_from(">4sLL", data, 132 + 12 * index) for index in range(min(count, (len(data) - 132) // 12))]
    names = {name.decode("latin-1") for name, _, __ in entries}
    wrong = [f"the profile has no {name}" for name in sorted(ALWAYS - names)]
    if data[16:20] == b"RGB " and "A2B0" not in names:
        wrong += [f"the profile has no {name}" for name in sorted(MATRIX - names)]
    return wrong + [f"{name.decode('latin-1')} lies outside the profile" for name, offset, size in entries if offset + size > len(data)]


@rule("A-6.2.3-2", A, "All output intents have one profile", "ISO 19005-2, 6.2.3")
def one_profile(document):
    profiles = {entry.DestOutputProfile.objgen for entry in _intents(document) if "/DestOutputProfile" in entry}
    if len(profiles) > 1:
        yield at(f"they have {len(profiles)}")


@rule("A-6.2.4.3-2", A, "Device colours are those of the output intent", "ISO 19005-2, 6.2.4.3")
def device_colours(document):
    found = _profile(document)
    meant = COMPONENTS.get(found[1]) if found else None
    for content in document.contents:
        for space in sorted(content.spaces):
            if meant is None or (space != "Gray" and space != meant):
                yield at(f"Device{space} is used, the output intent is {meant}", content.number)
