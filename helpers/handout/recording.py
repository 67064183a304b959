"""Run a notebook in a clean kernel and store its outputs; its solutions get the stubs' stages."""

import atexit
import contextlib
import copy
import shutil
import signal
import sys
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path

from helpers.handout import stages
from helpers.handout.outputs import keep_equal_outputs, tidy
from helpers.servers.guard.paths import short

CELL_SECONDS = 60
"""Seconds that one cell may take, as in the tests."""

SOCKET_BYTES = len("/tmp01234567/kernel-5")
"""Bytes of the path of a kernel's socket below the directory for temporary files."""

WITH_IDS = 5
"""The minor version of nbformat 4 since which cells have IDs."""


def record(path: Path) -> int:
    """Run one notebook and write its outputs into its file; if it fails, leave the file as it
    was."""
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
        # RuntimeError: the kernel died, or didn't even start; OSError: a cell timed out, too
        print(f"{path.name} failed and is left as it was. {error}", file=sys.stderr)
        return 1
    return 0


def read(path: Path):
    """Read a notebook of any version as one whose cells have unique IDs.

    Raises ValueError with one sentence for a file that isn't a notebook.
    """
    import nbformat

    try:
        # Nbformat warns about what it fixes: missing and repeated IDs
        with warnings.catch_warnings(action="ignore"):
            notebook = nbformat.read(path, as_version=4)
            if notebook.nbformat_minor >= WITH_IDS:
                return notebook
            return nbformat.v4.upgrade(notebook, 4, notebook.nbformat_minor)
    except OSError:
        raise
    except Exception as error:  # Of many kinds, depending on what is wrong with the file
        said = str(error).partition("\n")[0][:200].rstrip(".")
        raise ValueError(
            f"It can't be read as a notebook: {said}. Save it again from JupyterLab."
        ) from None


def write(notebook, path: Path) -> None:
    """Replace the file with a notebook in one step: even a full disk leaves either the old or the
    new one."""
    import nbformat

    beside = path.with_name(f".{path.name}.new")
    try:
        nbformat.write(notebook, beside)
        shutil.copymode(path, beside)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


@contextlib.contextmanager
def signals_kept() -> Iterator[None]:
    """Put back what nbclient's event loop takes over, and keeps when no kernel starts: a later
    Ctrl-C would be lost, or end the next notebook."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        signal.set_wakeup_fd(-1)
        for number, handler in before.items():
            signal.signal(number, handler)


def run(notebook, path: Path) -> None:
    """Run the cells from top to bottom, with a progress bar."""
    from nbclient import NotebookClient
    from tqdm import tqdm
    from traitlets.config import Config

    total = sum(cell.cell_type == "code" for cell in notebook.cells)
    with (
        signals_kept(),
        tempfile.TemporaryDirectory(dir=short(SOCKET_BYTES)) as sockets,
        tqdm(total=total, desc=path.stem, unit="cell") as bar,
    ):
        # A port that Jupyter found free may be taken before the kernel binds it
        reach = {"transport": "ipc", "ip": f"{sockets}/kernel"}
        client = NotebookClient(
            notebook,
            timeout=CELL_SECONDS,
            kernel_name="python3",
            record_timing=False,
            coalesce_streams=True,
            resources={"metadata": {"path": str(path.parent)}},
            config=Config(KernelManager=reach),
            on_cell_executed=lambda **_: bar.update(),
        )
        try:
            client.execute()
        finally:
            # Nbclient forgets it when no kernel starts; it would fail at exit
            atexit.unregister(client._cleanup_kernel)
