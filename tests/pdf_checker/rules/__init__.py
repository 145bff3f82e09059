"""The rules, one module for each family. Importing a module registers its rules."""

from . import annotations, colours, content, file, fonts, forbidden, headings, identity, language, lists, look, metadata, pages, structure, syntax, tables

__all__ = ["annotations", "colours", "content", "file", "fonts", "forbidden", "headings", "identity", "language", "lists", "look", "metadata",
           "pages", "structure", "syntax", "tables"]
