"""python3 -m xlsx_checker [--kind KIND] [--departures] [--rules] FILE…     Ends 1 if anything was found."""

import argparse
import collections
import sys

from . import all_rules, check, departures
from .exceptions import ELSEWHERE, LIMITS
from .workbook import KINDS

SHOWN_PER_RULE = 5


def list_rules():
    for rule in all_rules().values():
        print(f"{rule.id:6} {rule.title} [{rule.source}]")
    for title, table in (("checked elsewhere", ELSEWHERE), ("what no program can tell from the file", LIMITS)):
        print(f"\n{title}:")
        for identifier, reason in table.items():
            print(f"{identifier:6} {reason}")


def show(path, findings, shown_per_rule, words):
    rules = all_rules()
    by_rule = collections.defaultdict(list)
    for finding in findings:
        by_rule[finding.rule].append(finding)
    print(f"{path}: {len(findings) or 'no'} {words}")
    for identifier, found in by_rule.items():
        print(f"  {identifier} {rules[identifier].title} [{rules[identifier].source}]")
        for finding in found[:shown_per_rule]:
            print(f"    {str(finding).removeprefix(identifier + ': ')}")
        if len(found) > shown_per_rule:
            print(f"    … and {len(found) - shown_per_rule} more")


def main():
    parser = argparse.ArgumentParser(prog="xlsx_checker", description="Checks finished workbooks against the rules for accessible spreadsheets.")
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--kind", choices=KINDS, help="what the workbook is (default: what its properties say; published if they say nothing)")
    parser.add_argument("--departures", action="store_true", help="list as well where it departs from the guidance as its kind may")
    parser.add_argument("--all", action="store_true", help=f"every finding, not the first {SHOWN_PER_RULE} of each rule")
    parser.add_argument("--rules", action="store_true", help="list the rules and end")
    options = parser.parse_args()
    if options.rules:
        list_rules()
        return 0
    if not options.files:
        parser.error("no file")
    shown = sys.maxsize if options.all else SHOWN_PER_RULE
    failed = False
    for path in options.files:
        findings = check(path, options.kind)
        failed = failed or bool(findings)
        show(path, findings, shown, "findings")
        if options.departures:
            show(path, departures(path, options.kind), shown, "departures that its kind allows")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
