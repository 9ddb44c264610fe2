"""`python -m tests.structure [ROOT]`: what the rules find in a tree, one line each."""

import sys
from pathlib import Path

from tests.structure.rules import RULES
from tests.structure.tree import ROOT, Tree


def main() -> int:
    """Print every violation; 1 when there is any."""
    tree = Tree(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else ROOT)
    total = 0
    for name, rule in RULES.items():
        violations = rule(tree)
        total += len(violations)
        if violations:
            print(f"\n{name.replace('_', ' ')}:")
            print("\n".join(f"  {violation}" for violation in violations))
    print(f"\n{len(RULES)} rules, {total} violations")
    return 1 if total else 0


if __name__ == "__main__":
    sys.exit(main())
