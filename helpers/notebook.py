"""Tell whether this is a notebook, and say or show something in it."""

import sys


def shell() -> object | None:
    """Return IPython's shell, or None outside it."""
    if "IPython" not in sys.modules:
        return None
    from IPython import get_ipython

    return get_ipython()


def say(sentence: str) -> None:
    """Print a sentence in a notebook; a program has its log for that."""
    if shell():
        print(sentence)


def show(shown: object) -> None:
    """Show an object where a notebook can show more than text, else print it."""
    if shell():
        from IPython.display import display

        display(shown)
    else:
        print(shown)
