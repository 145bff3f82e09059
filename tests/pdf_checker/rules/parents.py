"""What may stand in what."""

from ..rule import at


def inside(document, types, allowed):
    """Elements of these types whose parent is of no allowed type."""
    for element in document.structure.of_type(*types):
        parent = element.parent.standard if element.parent is not None else "the root"
        if parent not in allowed:
            yield at(f"{element.standard} stands in {parent}", document.page_of(element), element)


def holding(document, kind, allowed):
    """Elements of this type with a kid of no allowed type."""
    for element in document.structure.of_type(kind):
        for kid in element.elements:
            if kid.standard not in allowed:
                yield at(f"it holds {kid.standard}", document.page_of(kid), element)
