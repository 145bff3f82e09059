"""Reads a finished workbook from outside and says where it breaks the rules for accessible, publishable spreadsheets (XL-1 to XL-32).

It shares no code and no knowledge with the program that makes the workbooks: all it sees is the file.
    python3 -m xlsx_checker FILE…        (from the folder tests)
"""

from .checker import check, departures
from .rule import Finding, Rule, all_rules

__all__ = ["Finding", "Rule", "all_rules", "check", "departures"]
