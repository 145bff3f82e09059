"""The rules, one module for each family. Importing a module registers its rules."""

from . import front, tables, sheets, look, values, package, house

__all__ = ["front", "tables", "sheets", "look", "values", "package", "house"]
