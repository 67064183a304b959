"""Lessons 05 to 16, each cell twice in place, as with Shift+Enter on the same cell again."""

import re
from pathlib import Path

import nbformat
import pytest

from tests.kernels import Kernel

pytestmark = pytest.mark.long
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
LESSONS = sorted(each for each in NOTEBOOKS.glob("[01]?_*.ipynb") if "05" <= each.name[:2] < "17")

ONCE = {
    "22875797": "a second bomb needs three more processes, and the lesson says to run this once",
}
"""Cells that aren't run a second time, by their IDs."""

MOVES_ON = {
    # 05
    "efe45066": "the consumer has a name in the group by then",
    "2d2abb18": "the program runs once more, and seven are still stranded, as the text says",
    "bdb53112": "the program comes back for nothing, as the text says",
    # 06
    "d20afd8d": "Bob asks again, and gets what comes next",
    "5d9476b5": "each look counts as a delivery, as the text says",
    "48d1a18f": "a claim counts as a delivery, as the text says",
    "1c1baa51": "the cursor is at the end",
    "faaf36b8": "Erin handles the order once more",
    "c6ba83dd": "Carol has handled everything",
    # 07
    "34f40ed8": "each restart counts as a delivery, as the text says",
    "eacbe32d": "three more entries come, and the first two poison entries are gone",
    "3c3192dd": "the fourth process has come through, and the next find nothing",
    # 08
    "822b5516": "the payment is sent once more",
    "f53a0de2": "only what is new is left to handle",
    "f8a1581c": "number 3 is stored by then",
    "67cc09dc": "one more entry is lost in the same way",
    # 09
    "897d5783": "the entries that are gone are named once, as the text says",
    "80584014": "ten entries were handled before",
    # 12
    "fe49590d": "Bob has read everything",
    # 13
    "79784e27": "five more orders come; the text says where to begin again",
    "d35d7b81": "Berlin has thrown its own orders away, as the text says",
    "ed0ebc53": "the producer has sent everything",
    # 15
    "c15-24": "no entry is left for the new worker",
}
"""Cells whose second run rightly shows something else, by their IDs."""

SECONDS = 90.0
"""For one cell, on a busy machine: the longest takes four on an idle one."""

MASKED = re.compile(r"\b\d{13}-\d+\b|the handler failed \d+ times(?: \(\d+ by)?")


def ended(kernel, cell) -> tuple[str, list[str]]:
    """What a cell shows as text, and its errors."""
    shown = kernel.shown(cell.source, SECONDS)
    texts = [each.get("text") or each.get("data", {}).get("text/plain", "") for each in shown]
    errors = [f"{each['ename']}: {each['evalue']}" for each in shown if "ename" in each]
    return MASKED.sub("…", "".join(texts)), errors


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_a_cell_can_be_run_again_in_place(lesson, embedded_url, monkeypatch):
    """No error, and the same output as before, unless time has rightly moved on."""
    monkeypatch.setenv("REDIS_URL", embedded_url)
    monkeypatch.chdir(lesson.parent)
    failed, differing = [], set()
    cells = [c for c in nbformat.read(lesson, as_version=4).cells if c.cell_type == "code"]
    kernel = Kernel()
    try:
        kernel.wait()
        for cell in cells:
            runs = [ended(kernel, cell) for _ in range(1 if cell.id in ONCE else 2)]
            failed += [(cell.id, errors) for _, errors in runs if errors]
            differing |= {cell.id for text, _ in runs if text != runs[0][0]}
    finally:
        kernel.end()
    assert failed == []
    assert differing == {cell.id for cell in cells} & MOVES_ON.keys()
