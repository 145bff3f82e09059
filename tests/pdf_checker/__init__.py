"""Reads a finished PDF from outside and says where it breaks PDF/UA-1, PDF/A-2a or this project's own rules for packs.

It shares no code and no knowledge with the program that makes the packs: all it sees is the file.
    python3 -m pdf_checker FILE…        (from the folder tests)
"""

from .checker import check
from .rule import Finding, Rule, all_rules

__all__ = ["Finding", "Rule", "all_rules", "check"]
