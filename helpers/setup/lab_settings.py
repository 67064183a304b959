"""What JupyterLab is started with, and how it shows the lessons."""

import json
import os
import sys
from pathlib import Path

from helpers.setup.environment import ROOT

FIRST_LESSON = "notebooks/00_start_here.ipynb"

LAB_SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
    # Room for the lessons' names
    "@jupyterlab/filebrowser-extension:browser": {"showLastModifiedColumn": False},
    # A long line is never cut off
    "@jupyterlab/notebook-extension:tracker": {"codeCellConfig": {"lineWrap": True}},
}
"""Lab's own settings: room to read, and no request for news or updates leaves the machine."""

STYLE = """.jp-Notebook .jp-RenderedText pre { word-break: normal; overflow-wrap: anywhere; }
.jp-Notebook .jp-OutputArea-output:has(img) { overflow-x: auto; }
.jp-Notebook .jp-OutputArea-output img { max-width: max(100%, 680px); height: auto; }
body[data-jp-theme-light="false"] .jp-Notebook .jp-OutputArea-output img
  { filter: invert(1) hue-rotate(180deg); }
.jp-Notebook .jp-OutputPlaceholder .jp-PlaceholderText { display: none; }
.jp-Notebook .jp-CodeCell:has(.jp-OutputPlaceholder) + .jp-MarkdownCell:not(.jp-mod-active)
  .jp-MarkdownOutput { filter: blur(5px); }
"""
"""JupyterLab breaks a long line of output in the middle of a word, and cuts off a picture in a
narrow window; ours scrolls before its captions get too small. On a dark page it leaves a picture
bright; ours turns dark and keeps its colors. For a folded output it shows the first line, and our
explanation stands below: both would give away the answer to a prediction. So the line is hidden,
and the explanation blurred until the output is opened or the explanation is clicked.

Its own style is loaded after this one, so ours names one class more."""


def server_settings() -> dict:
    """Return what JupyterLab is started with; any argument of the command line overrides it."""
    return {
        "ServerApp": {
            "ip": "127.0.0.1",
            "root_dir": str(ROOT),
            "default_url": f"/lab/tree/{FIRST_LESSON}",
            "allow_root": hasattr(os, "geteuid") and os.geteuid() == 0,
            "open_browser": has_browser(),
            "answer_yes": True,  # One Ctrl-C ends it
            # jupyter-server's pings make tornado warn, and loopback needs none
            "tornado_settings": {"ws_ping_interval": 0},
        },
        "Application": {"log_level": "WARN"},
        "LabApp": {
            "default_url": f"/lab/tree/{FIRST_LESSON}",
            "custom_css": True,
            "extension_manager": "readonly",
            "news_url": None,
            "check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        },
        # Else each kernel warns in the terminal
        "MappingKernelManager": {"transport_encryption": "auto"},
        # Its search runs npm, which writes into the home
        "LanguageServerManager": {"autodetect": False},
    }


def has_browser() -> bool:
    """Tell whether a window can open here: a text browser would only take the terminal away."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    return sys.platform in ("darwin", "win32") or any(os.environ.get(name) for name in names)


def write_settings(home: Path) -> Path:
    """Write the settings into a folder that Jupyter reads below the user's own; return it."""
    course = home / "course"
    for name, content in (
        ("jupyter_server_config.json", json.dumps(server_settings(), indent=1)),
        ("labconfig/default_setting_overrides.json", json.dumps(LAB_SETTINGS, indent=1)),
        ("custom/custom.css", STYLE),
    ):
        (course / name).parent.mkdir(parents=True, exist_ok=True)
        (course / name).write_text(content)
    return course


def trust_lessons() -> None:
    """Sign the lessons, as `jupyter trust` does: else text stands in the place of each picture."""
    import nbformat
    from nbformat.sign import NotebookNotary

    with NotebookNotary() as notary:
        for path in (ROOT / "notebooks").glob("*.ipynb"):
            try:
                notary.sign(nbformat.read(path, as_version=4))
            except Exception:
                continue  # JupyterLab says what is wrong with the file when it is opened


def read_only() -> str:
    """Say who can't save notebooks here, and what to do; empty if they can be saved."""
    folder = ROOT / "notebooks"
    if all(os.access(path, os.W_OK) for path in [folder, *folder.glob("*.ipynb")]):
        return ""
    owner = folder.stat()
    who = f"user {os.getuid()} may not write to {folder}, which belongs to user {owner.st_uid}"
    way = f"with Docker: COURSE_USER={owner.st_uid}:{owner.st_gid} docker compose up"
    return f"Notebooks can't be saved: {who}. Start it as that user; {way}"
