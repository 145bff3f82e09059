"""An XMP packet: its header and its properties."""

import dataclasses
import re
import xml.dom.minidom
import xml.parsers.expat

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
DC = "http://purl.org/dc/elements/1.1/"
PDF = "http://ns.adobe.com/pdf/1.3/"
XMP = "http://ns.adobe.com/xap/1.0/"
PDFUA_ID = "http://www.aiim.org/pdfua/ns/id/"
PDFA_ID = "http://www.aiim.org/pdfa/ns/id/"
PDFA_EXTENSION = "http://www.aiim.org/pdfa/ns/extension/"
PDFA_SCHEMA = "http://www.aiim.org/pdfa/ns/schema#"
PDFA_PROPERTY = "http://www.aiim.org/pdfa/ns/property#"
XML = "http://www.w3.org/XML/1998/namespace"


@dataclasses.dataclass(frozen=True)
class Property:
    namespace: str
    name: str
    prefix: str
    kind: str  # "text", "Seq", "Bag", "Alt" or "struct"
    values: tuple  # texts; of an Alt (language, text) pairs
    node: object = None

    @property
    def text(self):
        """The one text: the value, the default of an Alt, or the first of a list."""
        if self.kind == "Alt":
            return dict(self.values).get("x-default", self.values[0][1] if self.values else "")
        return self.values[0] if self.values else ""


class Xmp:
    """`error` is what is wrong with the XML, or None; `properties` are then all properties of the packet."""

    def __init__(self, data):
        self.data = data
        self.error = None
        self.properties = []
        header = re.search(rb"<\?xpacket\s.*?\?>", data, re.S)
        self.header = header[0].decode("latin-1") if header else ""
        try:
            self.is_utf8 = data.decode("utf-8") is not None
        except UnicodeDecodeError:
            self.is_utf8 = False
        try:
            tree = xml.dom.minidom.parseString(data)
        except (xml.parsers.expat.ExpatError, ValueError) as error:
            self.error = str(error)
            return
        roots = tree.getElementsByTagNameNS(RDF, "RDF")
        if len(roots) != 1:
            self.error = f"{len(roots)} rdf:RDF elements"
            return
        for description in _children(roots[0]):
            if (description.namespaceURI, description.localName) != (RDF, "Description"):
                self.error = f"{description.tagName} stands where rdf:Description must"
                return
            for attribute in description.attributes.values():
                if attribute.namespaceURI not in (RDF, XML, "http://www.w3.org/2000/xmlns/", None):
                    self.properties.append(Property(attribute.namespaceURI, attribute.localName, attribute.prefix or "", "text", (attribute.value,)))
            self.properties += [_property(node) for node in _children(description)]

    def find(self, namespace, name):
        """The property, or None."""
        for entry in self.properties:
            if (entry.namespace, entry.name) == (namespace, name):
                return entry
        return None

    def text(self, namespace, name):
        entry = self.find(namespace, name)
        return entry.text if entry else None


def _children(node):
    return [child for child in node.childNodes if child.nodeType == child.ELEMENT_NODE]


def text_of(node):
    return "".join(child.data for child in node.childNodes if child.nodeType in (child.TEXT_NODE, child.CDATA_SECTION_NODE)).strip()


def _property(node):
    inner = _children(node)
    kind, values = "text", (text_of(node),)
    if inner and inner[0].namespaceURI == RDF and inner[0].localName in ("Seq", "Bag", "Alt"):
        kind = inner[0].localName
        items = _children(inner[0])
        values = tuple((item.getAttributeNS(XML, "lang"), text_of(item)) if kind == "Alt" else text_of(item) for item in items)
    elif inner or node.getAttributeNS(RDF, "parseType"):
        kind, values = "struct", ()
    return Property(node.namespaceURI, node.localName, node.prefix or "", kind, values, node)


def fields(node, namespace):
    """The fields of a structure by name, whether they are elements or attributes: {name: (prefix, text, element or None)}."""
    holder = node
    inner = _children(node)
    if len(inner) == 1 and (inner[0].namespaceURI, inner[0].localName) == (RDF, "Description"):
        holder = inner[0]
    found = {}
    for attribute in (holder.attributes or {}).values():
        if attribute.namespaceURI == namespace:
            found[attribute.localName] = (attribute.prefix, attribute.value, None)
    for child in _children(holder):
        if child.namespaceURI == namespace:
            found[child.localName] = (child.prefix, text_of(child), child)
    return found


def items(node):
    """The items of the array in a property."""
    arrays = _children(node)
    return _children(arrays[0]) if arrays and arrays[0].namespaceURI == RDF else []
