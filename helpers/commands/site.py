"""Build the course as pages to read in a browser: python3 -m helpers site DIR."""

import argparse
import subprocess
import sys
from pathlib import Path


def main(argv: list[str]) -> int:
    """Build the site into a folder; exit status 1 and one sentence if that can't be done."""
    from helpers.site import build

    parser = argparse.ArgumentParser("python3 -m helpers site", description=__doc__)
    parser.add_argument("dir", metavar="DIR", type=Path, help="an empty folder, or an older site")
    target = parser.parse_args(argv).dir.resolve()
    try:
        build(target)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except subprocess.CalledProcessError as error:
        print(f"The site was not built: {error.cmd[2]} said why above.", file=sys.stderr)
        return 1
    print(f"The site is in {target}: open index.html there.")
    return 0
