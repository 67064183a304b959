"""Where a reader of the site can start the course with one click."""

import re

VARIABLE = "COURSE_REPOSITORY"
"""The environment variable that names the repository on GitHub, as owner/name; a fork's own
workflow sets it to the fork."""

FIRST_PAGE = "notebooks/00_start_here.ipynb"


def starts(repository: str) -> str:
    """Return the line with the ways to start; "" where no repository is named.

    Raises ValueError for a name that is no owner/name.
    """
    if not repository:
        return ""
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+", repository):
        raise ValueError(f"{VARIABLE} must be owner/name, not {repository!r}.")
    ways = {
        "on Binder": f"https://mybinder.org/v2/gh/{repository}/HEAD?urlpath=lab/tree/{FIRST_PAGE}",
        "in a Codespace": f"https://codespaces.new/{repository}",
        "on your own machine": f"https://github.com/{repository}",
    }
    return "Start it: " + " · ".join(f"[{way}]({url})" for way, url in ways.items()) + "\n"
