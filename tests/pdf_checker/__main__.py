"""python3 -m pdf_checker [--standard NAME]… [--rules] FILE…     Ends 1 if anything was found."""

import argparse
import collections
import sys

from . import all_rules, check
from .rule import A, HOUSE, UA

NAMES = {"ua": UA, "a": A, "boardpack": HOUSE}
SHOWN_PER_RULE = 5


def main():
    parser = argparse.ArgumentParser(prog="pdf_checker", description="Checks finished PDFs against PDF/UA-1, PDF/A-2a and the rules for packs.")
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--standard", action="append", choices=NAMES, help="only the rules of this standard; may be given again (default: all)")
    parser.add_argument("--all", action="store_true", help=f"every finding, not the first {SHOWN_PER_RULE} of each rule")
    parser.add_argument("--rules", action="store_true", help="list the rules and end")
    options = parser.parse_args()
    rules = all_rules()
    if options.rules:
        for rule in rules.values():
            print(f"{rule.id:16} {' '.join(rule.standards):18} {rule.title} [{rule.source}]")
        return 0
    if not options.files:
        parser.error("no file")
    standards = {NAMES[name] for name in options.standard} if options.standard else None
    failed = False
    for path in options.files:
        found = collections.defaultdict(list)
        for finding in check(path, standards):
            found[finding.rule].append(finding)
        print(f"{path}: {sum(map(len, found.values())) or 'no'} findings")
        for identifier, findings in found.items():
            failed = True
            print(f"  {identifier} {rules[identifier].title} [{', '.join(rules[identifier].standards)}: {rules[identifier].source}]")
            shown = findings if options.all else findings[:SHOWN_PER_RULE]
            for finding in shown:
                print(f"    {str(finding).removeprefix(identifier + ': ')}")
            if len(findings) > len(shown):
                print(f"    … and {len(findings) - len(shown)} more")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
