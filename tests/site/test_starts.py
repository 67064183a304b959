"""Starting the course elsewhere: the parts of Binder, Codespaces and a fork's links that can be
tested here."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from helpers.setup.environment import ROOT
from helpers.site.starts import FIRST_PAGE, starts


def test_a_fork_names_itself_and_every_link_leads_there():
    """One variable does it, which GitHub's own workflow sets."""
    line = starts("somebody/a.fork")
    assert line.count("somebody/a.fork") == 3 and FIRST_PAGE in line
    assert (ROOT / FIRST_PAGE).exists() and starts("") == ""


@pytest.mark.parametrize("name", ["fork", "a/b/c", "a/b)](http://evil", "a b/c"])
def test_a_wrong_name_is_refused(name):
    """It would become part of a link."""
    with pytest.raises(ValueError, match="owner/name"):
        starts(name)


def test_binder_has_the_courses_settings(tmp_path):
    """Its start script starts JupyterLab with the course's settings folder."""
    path = (
        f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # There, Python has it all
    )
    env = os.environ | {"PATH": path, "HOME": str(tmp_path), "JUPYTER_CONFIG_PATH": "/before"}
    show = ["bash", str(ROOT / "binder" / "start"), "printenv", "JUPYTER_CONFIG_PATH"]
    said = subprocess.run(show, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    ours, before = said.stdout.strip().split(":")
    settings = json.loads((Path(ours) / "jupyter_server_config.json").read_text())
    assert settings["ServerApp"]["root_dir"] == str(ROOT) and before == "/before"


def test_what_the_configurations_name_is_there():
    """Binder's requirements are the course's, and the container installs them with an existing
    command."""
    folder = ROOT / "binder"
    [line] = [
        line
        for line in (folder / "requirements.txt").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    assert (folder / line.removeprefix("-r ")).resolve() == ROOT / "requirements.txt"
    container = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
    *_, command = container["postCreateCommand"].split()
    assert (ROOT / "helpers" / "commands" / f"{command}.py").exists()
    assert (folder / "start").stat().st_mode & 0o111
