"""The XMP packet, and the properties beside it."""

import datetime
import re

import pikepdf

from .. import xmp as names
from ..rule import A, BOTH, HOUSE, UA, at, rule

# Namespaces whose properties ISO 19005-2, 6.6.2.3 knows without a description in the file.
PREDEFINED = frozenset((names.DC, names.PDF, names.XMP, names.PDFA_ID, names.PDFA_EXTENSION, "http://ns.adobe.com/xap/1.0/mm/",
                        "http://ns.adobe.com/xap/1.0/rights/", "http://ns.adobe.com/xap/1.0/bj/", "http://ns.adobe.com/xap/1.0/t/pg/",
                        "http://ns.adobe.com/xmp/1.0/DynamicMedia/", "http://ns.adobe.com/photoshop/1.0/", "http://ns.adobe.com/tiff/1.0/",
                        "http://ns.adobe.com/exif/1.0/", "http://ns.adobe.com/exif/1.0/aux/", "http://ns.adobe.com/camera-raw-settings/1.0/"))
# The value types of the properties that packs have (XMP Specification 2005, 4; ISO 19005-2, tables 3 to 5).
KINDS = {(names.DC, "title"): "Alt", (names.DC, "description"): "Alt", (names.DC, "rights"): "Alt", (names.DC, "creator"): "Seq",
         (names.DC, "date"): "Seq", (names.DC, "subject"): "Bag", (names.DC, "language"): "Bag", (names.DC, "publisher"): "Bag",
         (names.DC, "format"): "text", (names.DC, "identifier"): "text", (names.PDF, "Producer"): "text", (names.PDF, "Keywords"): "text",
         (names.PDF, "PDFVersion"): "text", (names.XMP, "CreateDate"): "date", (names.XMP, "ModifyDate"): "date",
         (names.XMP, "MetadataDate"): "date", (names.XMP, "CreatorTool"): "text", (names.PDFA_ID, "part"): "integer",
         (names.PDFA_ID, "conformance"): "text", (names.PDFUA_ID, "part"): "integer"}
XMP_DATE = r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?"
SCHEMA_FIELDS = {"schema", "namespaceURI", "prefix"}
PROPERTY_FIELDS = {"name", "valueType", "category", "description"}


def _xmp(document):
    """The packet if it can be read; what cannot be read is the finding of A-6.6.2.1-4 alone."""
    packet = document.xmp
    return packet if packet is not None and packet.error is None else None


@rule("06-001", BOTH, "The catalogue has a metadata stream", "ISO 14289-1, 7.1; ISO 19005-2, 6.6.2.1; Matterhorn 06-001")
def present(document):
    stream = document.root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        yield at("there is no metadata stream")
    elif stream.get("/Type") != "/Metadata" or stream.get("/Subtype") != "/XML":
        yield at("its Type is not Metadata or its Subtype not XML", place=stream)


@rule("BP-6", HOUSE, "The metadata stream is plain, for programs that know no PDF", "rule PDF-6")
def plain(document):
    stream = document.root.get("/Metadata")
    if isinstance(stream, pikepdf.Stream) and "/Filter" in stream:
        yield at(f"its Filter is {stream.Filter}", place=stream)


@rule("A-6.6.2.1-2", A, "The packet's header has neither bytes nor encoding", "ISO 19005-2, 6.6.2.1")
def packet_header(document):
    if document.xmp is not None:
        for key in ("bytes", "encoding"):
            if re.search(rf"\s{key}\s*=", document.xmp.header):
                yield at(f"it has {key}: {document.xmp.header}")


@rule("A-6.6.2.1-4", A, "The packet is well-formed XML and RDF", "ISO 19005-2, 6.6.2.1")
def well_formed(document):
    if document.xmp is not None and document.xmp.error is not None:
        yield at(document.xmp.error)


@rule("A-6.6.2.1-5", A, "The packet is UTF-8", "ISO 19005-2, 6.6.2.1")
def encoding(document):
    if document.xmp is not None and not document.xmp.is_utf8:
        yield at("it is not")


@rule("06-002", UA, "The metadata say PDF/UA-1", "ISO 14289-1, 5; Matterhorn 06-002")
def ua_part(document):
    packet = _xmp(document)
    if packet is not None:
        value = packet.text(names.PDFUA_ID, "part")
        if value != "1":
            yield at(f"pdfuaid:part is {value}" if value else "there is no pdfuaid:part")


@rule("UA-5-3", UA, "The PDF/UA properties have the prefix pdfuaid", "ISO 14289-1, 5")
def ua_prefix(document):
    packet = _xmp(document)
    for entry in packet.properties if packet else []:
        if entry.namespace == names.PDFUA_ID and entry.prefix != "pdfuaid":
            yield at(f"{entry.prefix}:{entry.name}")


@rule("A-6.6.4-1", A, "The metadata say PDF/A-2a", "ISO 19005-2, 6.6.4")
def a_part(document):
    packet = _xmp(document)
    if packet is None:
        return
    for name, wanted in (("part", "2"), ("conformance", "A")):
        value = packet.text(names.PDFA_ID, name)
        if value != wanted:
            yield at(f"pdfaid:{name} is {value}" if value else f"there is no pdfaid:{name}")


@rule("A-6.6.4-4", A, "The PDF/A properties have the prefix pdfaid", "ISO 19005-2, 6.6.4")
def a_prefix(document):
    packet = _xmp(document)
    for entry in packet.properties if packet else []:
        if entry.namespace == names.PDFA_ID and entry.prefix != "pdfaid":
            yield at(f"{entry.prefix}:{entry.name}")


@rule("06-003", UA, "The metadata have the document's title", "ISO 14289-1, 7.1; Matterhorn 06-003; WCAG 2.4.2")
def title(document):
    packet = _xmp(document)
    if packet is not None and not (packet.text(names.DC, "title") or "").strip():
        yield at("there is no dc:title")


def _described(packet):
    """What the extension schemas of the packet describe: {namespace: {property: value type}}."""
    found = {}
    container = packet.find(names.PDFA_EXTENSION, "schemas")
    for schema in names.items(container.node) if container and container.node is not None else []:
        parts = names.fields(schema, names.PDFA_SCHEMA)
        uri = parts.get("namespaceURI", ("", "", None))[1]
        found.setdefault(uri, {})
        holder = parts.get("property", ("", "", None))[2]
        for entry in names.items(holder) if holder is not None else []:
            described = names.fields(entry, names.PDFA_PROPERTY)
            found[uri][described.get("name", ("", "", None))[1]] = described.get("valueType", ("", "", None))[1]
    return found


@rule("A-6.6.2.3.1-1", A, "Every property is of a schema that PDF/A knows or that the file describes", "ISO 19005-2, 6.6.2.3.1")
def known_properties(document):
    packet = _xmp(document)
    if packet is None:
        return
    described = _described(packet)
    for entry in packet.properties:
        if entry.namespace not in PREDEFINED and entry.name not in described.get(entry.namespace, {}):
            yield at(f"{entry.prefix}:{entry.name} is described nowhere")


@rule("A-6.6.2.3.1-2", A, "Every property has the kind of value that its schema gives it", "ISO 19005-2, 6.6.2.3.1")
def value_kinds(document):
    packet = _xmp(document)
    for entry in packet.properties if packet else []:
        wanted = KINDS.get((entry.namespace, entry.name))
        if wanted is None:
            continue
        is_right = entry.kind == ("text" if wanted in ("date", "integer") else wanted)
        if is_right and wanted == "date":
            is_right = re.fullmatch(XMP_DATE, entry.text) is not None
        if is_right and wanted == "integer":
            is_right = re.fullmatch(r"[+-]?\d+", entry.text) is not None
        if not is_right:
            yield at(f"{entry.prefix}:{entry.name} is no {wanted}: {entry.kind} {entry.text!r}")


@rule("A-6.6.2.3.3-1", A, "A description of a schema is complete", "ISO 19005-2, 6.6.2.3.3")
def schema_descriptions(document):
    packet = _xmp(document)
    container = packet.find(names.PDFA_EXTENSION, "schemas") if packet else None
    if container is None:
        return
    if container.prefix != "pdfaExtension" or container.kind != "Bag":
        yield at(f"{container.prefix}:schemas is a {container.kind}")
    for schema in names.items(container.node) if container.node is not None else []:
        yield from _check_schema(schema)


def _check_schema(schema):
    parts = names.fields(schema, names.PDFA_SCHEMA)
    for name in sorted(SCHEMA_FIELDS - {name for name, part in parts.items() if part[1]}):
        yield at(f"a schema has no {name}")
    for name, (prefix, _, __) in parts.items():
        if prefix != "pdfaSchema":
            yield at(f"{prefix}:{name} does not have the prefix pdfaSchema")
    holder = parts.get("property", ("", "", None))[2]
    for entry in names.items(holder) if holder is not None else []:
        described = names.fields(entry, names.PDFA_PROPERTY)
        for name in sorted(PROPERTY_FIELDS - {name for name, part in described.items() if part[1]}):
            yield at(f"the property {described.get('name', ('', '?', None))[1]} has no {name}")
        for name, (prefix, value, __) in described.items():
            if prefix != "pdfaProperty":
                yield at(f"{prefix}:{name} does not have the prefix pdfaProperty")
            if name == "category" and value not in ("internal", "external"):
                yield at(f"a category '{value}'")


@rule("BP-2-same", HOUSE, "The properties and the metadata say the same", "rules PDF-2, PDF-7")
def same_as_properties(document):
    packet = _xmp(document)
    if packet is None:
        return
    information = document.pdf.docinfo
    pairs = (("/Title", names.DC, "title"), ("/Author", names.DC, "creator"), ("/Subject", names.DC, "description"),
             ("/Keywords", names.PDF, "Keywords"), ("/Producer", names.PDF, "Producer"), ("/Creator", names.XMP, "CreatorTool"))
    for key, namespace, name in pairs:
        here = str(information[key]) if key in information else None
        there = packet.text(namespace, name)
        if here != there:
            yield at(f"Info {key[1:]} is {here!r}, {name} is {there!r}")
    for key, name in (("/CreationDate", "CreateDate"), ("/ModDate", "ModifyDate")):
        here = _information_date(str(information[key])) if key in information else None
        there = _xmp_date(packet.text(names.XMP, name))
        if here != there:
            yield at(f"Info {key[1:]} is {here}, xmp:{name} is {there}")


def _information_date(value):
    match = re.fullmatch(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z(?:00'?00'?)?|([+-])(\d\d)'(\d\d)'?)?", value)
    return _moment(*match.groups()) if match else f"unreadable {value!r}"


def _xmp_date(value):
    if value is None:
        return None
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:Z|([+-])(\d\d):(\d\d))", value)
    return _moment(*match.groups()) if match else f"unreadable {value!r}"


def _moment(year, month, day, hour, minute, second, sign, hours, minutes):
    offset = datetime.timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) * (-1 if sign == "-" else 1)
    return datetime.datetime(*map(int, (year, month, day, hour, minute, second))) - offset


@rule("BP-7", HOUSE, "The metadata say who made the pack, what it is and when", "rule PDF-7")
def credits(document):
    packet = _xmp(document)
    if packet is None:
        return
    for namespace, name in ((names.DC, "creator"), (names.DC, "description"), (names.PDF, "Producer"), (names.XMP, "CreateDate")):
        if not (packet.text(namespace, name) or "").strip():
            yield at(f"there is no {name}")
