"""Other things that people do in JupyterLab than run cells one by one: each ends as they expect."""

from pathlib import Path

import nbformat
import pytest

from helpers.waiting import wait_until
from tests.browser import lab as labs
from tests.browser.page import SCREEN, Sheet

CONNECT = """from helpers.connection import connect
r = connect(timeout=60)"""

PATIENT = 'r.xread({"99:silent": "$"}, block=50_000)'

CONSUMING = """import threading
from helpers.consumer import Consumer
from helpers.streams import ensure_group
ensure_group(r, "99:s", "g")
with Consumer(r, "99:s", "g", "consumer1", print) as consumer:
    consumer.wait(handled=1, seconds=50)"""

STEPS = """r.delete("99:steps")
for n in range(60):
    r.xread({"99:silent": "$"}, block=250)
    r.incr("99:steps")"""

ALIVE = "'alive' if r.ping() else 'dead'"


@pytest.fixture
def write(lab):
    """Provide a function that saves a notebook with these cells in the learner's folder and returns
    its name."""

    path = lab.folder / "notebooks" / "99_habits.ipynb"

    def write(*sources: str, after: str = "") -> str:
        first = nbformat.read(lab.folder / "notebooks" / after, as_version=4).cells if after else []
        notebook = nbformat.v4.new_notebook(
            cells=first + [nbformat.v4.new_code_cell(source) for source in sources]
        )
        notebook.metadata.kernelspec = {
            "name": "python3",
            "display_name": "Python 3 (ipykernel)",
            "language": "python",
        }
        nbformat.write(notebook, path)
        return path.name

    yield write
    path.unlink()


def agree(sheet: Sheet) -> None:
    """Confirm JupyterLab's dialog."""
    sheet.page.locator(".jp-Dialog .jp-mod-accept").click()


def interrupt(sheet: Sheet) -> str:
    """Run the second cell, press ■ while it waits; return its result."""
    sheet.run(sheet.code.nth(0))
    sheet.begin(sheet.code.nth(1))
    sheet.press("Interrupt the kernel")
    wait_until(sheet.failed, 60, "the interrupted cell to end")
    sheet.wait_idle()
    return sheet.failed()[0]


def test_interrupt_ends_a_read_that_waits(sheet, write):
    """■ ends it with KeyboardInterrupt, and the same client still works."""
    sheet.open(write(CONNECT, PATIENT, ALIVE))
    assert "KeyboardInterrupt" in interrupt(sheet)
    assert "alive" in sheet.run(sheet.code.nth(2))


def test_interrupt_ends_a_consumer_with_its_thread(sheet, write):
    """■ in `wait` leaves no thread behind that would keep taking entries."""
    sheet.open(
        write(
            CONNECT,
            CONSUMING,
            "[t.name for t in threading.enumerate() if 'consumer1' in t.name], "
            "threading.active_count() > 0",
        )
    )
    assert "KeyboardInterrupt" in interrupt(sheet)
    assert "([], True)" in sheet.run(sheet.code.nth(2))


def test_a_slip_is_read_without_scrolling(sheet, write):
    """In the first exercise, Lab shows the learner's line and one sentence that names the
    argument."""
    sheet.open(write(CONNECT, 'r.xack("99:s", "g", [("1-1", {"value": "a"})])'))
    sheet.run(sheet.code.nth(0))
    shown = sheet.run(sheet.code.nth(1))
    assert (
        "XACK's argument 3, after 'g', is a list, [('1-1', {'value': 'a'})]: an entry ID is text"
        in shown
    )
    assert len(shown.splitlines()) <= 12 and "connection.py" not in shown


def test_restart_forgets_names_and_keeps_the_data(sheet, write):
    """After a restart `r` is unknown, and the embedded server still has the stream."""
    sheet.open(
        write(
            f'{CONNECT}\nr.delete("99:kept")\nr.xadd("99:kept", {{"value": 1}})',
            "r.ping()",
            f'{CONNECT}\nr.xlen("99:kept")',
        )
    )
    sheet.run(sheet.code.nth(0))
    sheet.menu("Kernel", "Restart Kernel…")
    agree(sheet)
    wait_until(
        lambda: "NameError" in sheet.run(sheet.code.nth(1)), 60, "the kernel to be a new one"
    )
    assert sheet.run(sheet.code.nth(2)).endswith("1")


def test_restart_and_run_all_repeats_a_lesson(sheet, write):
    """In a new kernel, every cell runs again, counting from 1, on the first run's server."""
    sheet.open(write("import os; print('process', os.getpid())", after="02_create_the_group.ipynb"))
    sheet.run_all()
    before = sheet.output(sheet.code.last)
    sheet.menu("Kernel", "Restart Kernel and Run All Cells…")
    agree(sheet)
    wait_until(
        lambda: sheet.failed() or sheet.output(sheet.code.last) not in ("", before),
        90,
        "the second run's last cell",
    )
    sheet.wait_ran()
    assert sheet.failed() == [] and sheet.prompts() == [
        f"[{n}]:" for n in range(1, sheet.code.count() + 1)
    ]


def test_a_click_shows_a_blurred_explanation(sheet):
    """Readers who don't run the cell click on it; other explanations stay blurred."""
    sheet.open("00_start_here.ipynb")
    first, *others = sheet.blurred()
    sheet.cells.nth(first).click()
    assert sheet.blurred() == others


def test_two_notebooks_run_at_once(browser, lab):
    """Two lessons, each in a tab with its own kernel, on one server: neither disturbs the other."""
    names = ("03_produce.ipynb", "04_consume_and_ack.ipynb")
    with browser.new_context(viewport=SCREEN) as context:
        sheets = [Sheet(context.new_page(), lab).open(name) for name in names]
        for sheet in sheets:
            sheet.page.bring_to_front()
            sheet.menu("Run", "Run All Cells")
        for sheet in sheets:
            sheet.wait_ran()
            assert sheet.failed() == []
        assert len(lab.kernels()) == 2
    lab.end_kernels()


def test_closing_the_browser_in_mid_run_loses_nothing(browser, lab, write):
    """The kernel runs to the end; a learner who comes back finds it, not a second one, with all its
    results."""
    name = write(CONNECT, STEPS, 'r.get("99:steps")')
    with browser.new_context(viewport=SCREEN) as context:
        sheet = Sheet(context.new_page(), lab).open(name)
        sheet.run(sheet.code.nth(0))
        sheet.begin(sheet.code.nth(1))
    [kernel] = lab.kernels()
    assert kernel["execution_state"] == "busy"
    wait_until(
        lambda: lab.kernels()[0]["execution_state"] == "idle", 90, "the kernel to finish alone"
    )
    with browser.new_context(viewport=SCREEN) as context:
        sheet = Sheet(context.new_page(), lab).open(name)
        assert "'60'" in sheet.run(sheet.code.nth(2))
        assert [k["id"] for k in lab.kernels()] == [kernel["id"]]
    lab.end_kernels()


def test_a_second_lab_has_a_port_of_its_own_and_the_same_server(sheet, browser, lab, write):
    """It starts alongside the first, sees the same data, and its end harms neither the first one's
    kernels nor the data."""
    name = write(CONNECT, 'r.incr("99:labs")', ALIVE)
    sheet.open(name)
    first = int(sheet.run(sheet.code.nth(0)) or 0) + int(sheet.run(sheet.code.nth(1)).split()[-1])
    with (
        labs.lab(lab.folder, Path(lab.log).parent, log="second.log") as second,
        browser.new_context(viewport=SCREEN) as context,
    ):
        assert second.base != lab.base
        other = Sheet(context.new_page(), second).open(name)
        other.run(other.code.nth(0))
        assert int(other.run(other.code.nth(1)).split()[-1]) == first + 1
        assert second.quit() == 0
    assert "alive" in sheet.run(sheet.code.nth(2))
    assert int(sheet.run(sheet.code.nth(1)).split()[-1]) == first + 2
