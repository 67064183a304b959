"""Run notebooks in a clean kernel and store their outputs (record 02 04; without a number: all),
before each commit. Their solutions get the stages of their stubs."""

import atexit
import copy
import os
import shutil
import sys
import warnings
from pathlib import Path

from helpers.checks.marks import PROGRESS_VARIABLE
from helpers.handout import stages
from helpers.handout.outputs import keep_equal_outputs, tidy
from helpers.setup import jupyter_home
from helpers.setup.environment import ROOT

CELL_SECONDS = 60
"""Seconds that one cell may take, as in the tests."""

WITH_IDS = 5
"""The minor version of nbformat 4 since which cells have IDs."""


def main(argv: list[str]) -> int:
    """Record the notebooks whose numbers are given; a notebook that fails is left as it was."""
    # Whatever a profile of the author's own does at a kernel's start
    os.environ["IPYTHONDIR"] = str(jupyter_home.settle() / "ipython")
    os.environ[PROGRESS_VARIABLE] = os.path.join(
        os.devnull, "nothing"
    )  # As for somebody who has only begun
    paths = [
        path
        for number in argv or [""]
        for path in sorted((ROOT / "notebooks").glob(f"{number}*.ipynb"))
    ]
    unknown = [number for number in argv if not any(path.name.startswith(number) for path in paths)]
    if unknown or not paths:
        print(
            f"No notebook in notebooks/ begins with {', '.join(unknown) or 'a number'}.",
            file=sys.stderr,
        )
        return 2
    return max([record(path) for path in dict.fromkeys(paths)])


def record(path: Path) -> int:
    """Run one notebook and write its outputs into its file; one that can't be read, run or written
    is left as it was."""
    import nbformat
    from nbclient.exceptions import CellExecutionError

    try:
        old = read(path)
        new = copy.deepcopy(old)
        run(new, path)
        tidy(new)
        keep_equal_outputs(old, new)
        nbformat.validate(new)
        write(new, path.resolve())
        stages.renew(new, path.parent / "solutions")
    except (CellExecutionError, RuntimeError, ValueError, OSError) as error:
        # RuntimeError: the kernel died, or did not even start; OSError: a cell took too long, too
        print(f"{path.name} failed and is left as it was. {error}", file=sys.stderr)
        return 1
    return 0


def read(path: Path):
    """Read a notebook as one whose cells have IDs, each its own, whatever version it was saved in.

    Raises ValueError with a sentence for a file that is no notebook.
    """
    import nbformat

    try:
        # Nbformat warns of what it puts right: missing and repeated IDs
        with warnings.catch_warnings(action="ignore"):
            notebook = nbformat.read(path, as_version=4)
            if notebook.nbformat_minor >= WITH_IDS:
                return notebook
            return nbformat.v4.upgrade(notebook, 4, notebook.nbformat_minor)
    except OSError:
        raise
    except Exception as error:  # Of many kinds, by what is wrong with the file
        said = str(error).partition("\n")[0][:200].rstrip(".")
        raise ValueError(
            f"It can't be read as a notebook: {said}. Save it anew from JupyterLab."
        ) from None


def write(notebook, path: Path) -> None:
    """Write a notebook in place of the old file in one step, so that a full disk or an interrupt
    leaves one of the two."""
    import nbformat

    beside = path.with_name(f".{path.name}.new")
    try:
        nbformat.write(notebook, beside)
        shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def run(notebook, path: Path) -> None:
    """Run the cells from top to bottom, with a progress bar."""
    from nbclient import NotebookClient
    from tqdm import tqdm
    from traitlets.config import Config

    total = sum(cell.cell_type == "code" for cell in notebook.cells)
    with tqdm(total=total, desc=path.stem, unit="cell") as bar:
        client = NotebookClient(
            notebook,
            timeout=CELL_SECONDS,
            kernel_name="python3",
            record_timing=False,
            coalesce_streams=True,
            resources={"metadata": {"path": str(path.parent)}},
            config=Config(KernelManager={"transport_encryption": "auto"}),  # Else the kernel warns
            on_cell_executed=lambda **_: bar.update(),
        )
        try:
            client.execute()
        finally:
            # Forgotten by nbclient when no kernel starts; at exit it would fail
            atexit.unregister(client._cleanup_kernel)
