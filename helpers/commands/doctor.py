"""Say which Python and which server are used, why, and what to do about anything missing; a URL may
be given."""

import importlib
import shutil
import sys

from helpers import options
from helpers.setup import environment


def main(argv: list[str]) -> int:
    """Print what was found; return 1 if something keeps the course from running."""
    parser = options.parser("doctor", __doc__)
    parser.add_argument("url", nargs="?", help="a server to look at, such as redis://host:6379")
    wanted = parser.parse_args(argv)
    lacking = environment.missing()
    line("Python", f"{sys.version.split()[0]} in {sys.prefix}")
    if lacking:
        line("Packages", f"missing: {', '.join(lacking)}. Delete .venv, then run this again.")
    else:
        line("Packages", "as in requirements.txt")
    answers = say_server(wanted.url)
    more = "alone; Debian's package redis-server would add another"
    if installed := shutil.which("redis-server"):
        more = f"and {installed}"
    line("Tests", f"use the embedded server {more}")
    return int(not answers or bool(lacking))


def line(subject: str, text: str) -> None:
    """Print one finding."""
    print(f"{subject:<10}{text}", flush=True)


def say_server(url: str | None = None) -> bool:
    """Say which server is used, why, and what lacks; tell whether the lessons run on it."""
    try:
        server = importlib.import_module("helpers.connection.findings")
    except ImportError as error:  # A package that connecting needs
        line("Server", f"not looked for, because {error.name} can't be imported.")
        return False
    fine = True
    for subject, text, good in server.findings(url):
        line(subject, text)
        fine &= good
    return fine
