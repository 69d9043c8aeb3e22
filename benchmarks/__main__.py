"""`make bench`: every benchmark one after the other, each in a process of its own; fails if one missed its goal."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ALL = (("ranking.py",), ("pages.py",), ("assignment.py",), ("similarity.py",), ("letters.py", "--count", "1000"))
QUICK = {"ranking.py": ("--quick",), "pages.py": ("--requests", "40")}


def main() -> int:
    quick = "--quick" in sys.argv[1:]
    missed = []
    for name, *options in ALL:
        print(f"\n{name}", flush=True)
        more = QUICK.get(name, ()) if quick else ()
        if subprocess.run([sys.executable, HERE / name, *options, *more]).returncode:
            missed.append(name)
    print(f"\nMissed: {', '.join(missed)}" if missed else "\nEvery goal is met.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
