"""Open JupyterLab on the first lesson, with --present for a projector; further arguments go to
jupyter lab (--no-browser, --port 9000, …)."""

import argparse
import os
import signal
import sys

from helpers.options import whole
from helpers.pauses import SLOWER_VARIABLE
from helpers.setup import jupyter_home, lab_settings

PRESENT = "--present"

TIMES_SLOWER = 4
"""How many times slower things move on a projector: an entry in lesson 04 then takes 0.4 s."""


def check_ports(argv: list[str]) -> None:
    """End with status 2 and a sentence if a port is not one.

    Jupyter would take 99999, and print an address that leads nowhere.
    """
    parser = argparse.ArgumentParser(
        "python3 -m helpers lab", usage="%(prog)s [arguments]", add_help=False, allow_abbrev=False
    )
    for name in ("port", "port_retries"):
        flag = f"--{name.replace('_', '-')}"
        spellings = (flag, f"--ServerApp.{name}", f"--LabApp.{name}")
        parser.add_argument(*spellings, type=whole(0, 65_535))
    parser.parse_known_args(argv)


def main(argv: list[str]) -> int:
    """Run JupyterLab until Ctrl-C."""
    present = PRESENT in argv
    argv = [word for word in argv if word != PRESENT]
    check_ports(argv)
    course = lab_settings.write_settings(jupyter_home.settle(), present=present)
    if present:
        os.environ.setdefault(SLOWER_VARIABLE, str(TIMES_SLOWER))
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(
        filter(None, [str(course), os.environ.get("JUPYTER_CONFIG_PATH")])
    )
    # Without a terminal Jupyter leaves these two to Python, and kernels would outlive it.
    for name in ("SIGINT", "SIGHUP"):
        if number := getattr(signal, name, None):  # Windows has no SIGHUP
            signal.signal(number, lambda *_: signal.raise_signal(signal.SIGTERM))
    from jupyter_server.serverapp import ServerApp
    from jupyterlab.labapp import LabApp

    # Of our style; it is no setting in jupyter-server 2.21
    ServerApp.static_custom_path = [str(course / "custom")]
    if not lab_settings.has_browser():
        # Print the address alone; it is no setting in jupyter-server 2.21
        ServerApp.no_browser_open_file = True
    lab_settings.trust_lessons()
    if warning := lab_settings.read_only():
        print(warning, file=sys.stderr, flush=True)
    print("Starting JupyterLab on the first lesson; Ctrl-C here ends it.", flush=True)
    LabApp.launch_instance(argv)
    return 0
