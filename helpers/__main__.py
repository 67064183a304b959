"""python3 -m helpers COMMAND: makes the environment if necessary, then runs the command in it.

This file parses on any Python, however old, so that the user of an old one gets a sentence, not a
SyntaxError.
"""

import sys

OLDEST_PYTHON = (3, 11)


def refusal(version):
    """Return what to tell the user of this Python version, or None if it is new enough."""
    if tuple(version[:2]) >= OLDEST_PYTHON:
        return None
    sentence = (
        "The course needs Python {}.{} or newer, and this is {}.{}: run it with a newer one, "
        "such as python3.12."
    )
    return sentence.format(*(OLDEST_PYTHON + tuple(version[:2])))


def main():
    """Refuse too old a Python; else run the command and end with its exit status."""
    sentence = refusal(sys.version_info)
    if sentence:
        sys.exit(sentence)
    from helpers.commands import main as run  # Its syntax is too new for the Pythons refused above

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
