"""The live picture: its contents, and that nothing of it is left behind or gets in the way."""

import sys
import threading

import nbformat
import pytest
import redis
from nbformat.v4 import new_code_cell, new_notebook

from helpers.handout import recording
from helpers.streams import ensure_group
from helpers.views import picture, watch
from helpers.views.live import BROWSER
from helpers.waiting import wait_until
from tests import scenes
from tests.notebook_runs import run
from tests.scenes import GROUP, add, read

CELLS = [
    """from helpers.connection import connect
from helpers.streams import clean_slate, ensure_group
from helpers.views import watch
from helpers.waiting import wait_until
r = connect()
deleted = clean_slate(r, "test:watch:")
created = ensure_group(r, "test:watch:s", "consumerGroup")""",
    """with watch(r, "test:watch:s", every=0.02) as live:
    for number in range(10):
        stored = r.xadd("test:watch:s", {"value": number})
    wait_until(lambda: live.looks > 3, 10, "three looks")""",
    """with watch(r, "test:watch:s", every=0.02):
    r.xadd("test:watch:s", {"value": 10})
    raise KeyboardInterrupt""",
    """import threading
[thread.name for thread in threading.enumerate() if thread.name.startswith("watch")], r.ping()""",
    """deleted = clean_slate(r, "test:watch:")""",
]
INTERRUPTED = 2
"""The number of the cell that raises."""


@pytest.fixture
def shown(monkeypatch):
    """Make watch believe that it is in a notebook, and collect its displays; a widget works without
    a kernel, too."""
    found = []
    module = sys.modules[watch.__module__]
    monkeypatch.setattr(module, "_in_notebook", lambda: True)
    monkeypatch.setattr(module.notebook, "show", found.append)
    return found


def watching() -> list[str]:
    """The live threads of watch."""
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("watch")]


def test_it_moves_and_ends_with_a_still_picture(r, stream, shown):
    """The widget follows the server; afterward, the thread is gone, the widget hidden, and the end
    state shown."""
    scenes.ten_undelivered(r, stream)
    with watch(r, stream, GROUP, every=0.01):
        assert "before the first entry" in shown[0].svg
        read(r, stream, "alice", 4, ack=2)
        wait_until(lambda: shown[0].svg == picture(r, stream).svg, 5, "the live picture to follow")
        assert "2 and 3 pending for alice" in shown[0].sentence and watching()
    assert shown[0].over and watching() == []
    assert shown[1].svg == picture(r, stream).svg


def test_an_interrupt_comes_through_and_leaves_nothing(r, stream, shown):
    """After ■ while the cell runs, the end state is shown all the same."""
    ensure_group(r, stream, GROUP)
    with pytest.raises(KeyboardInterrupt), watch(r, stream, every=0.01):
        raise KeyboardInterrupt
    assert watching() == [] and len(shown) == 2 and r.ping()


def test_it_ends_at_its_limit(r, stream, shown):
    """A forgotten cell doesn't watch forever, and says so."""
    ensure_group(r, stream, GROUP)
    with watch(r, stream, every=0.01, limit=0.05):
        wait_until(lambda: not watching(), 5, "the limit")
        assert "the run goes on" in shown[0].note


@pytest.mark.parametrize("name", ["every", "limit"])
@pytest.mark.parametrize("wrong", [float("nan"), float("inf"), 1e10, -1, -0.1, "1", True, None])
def test_a_wrong_time_is_refused(r, stream, shown, name, wrong):
    """With NaN, it would poll without a pause and never end."""
    with pytest.raises(ValueError, match=f"{name} must be a number of seconds from 0 up"):
        watch(r, stream, **{name: wrong})
    assert watching() == [] and not shown


def test_stop_ends_it(r, stream, shown):
    """The button sets `stopped`; the block keeps running."""
    ensure_group(r, stream, GROUP)
    with watch(r, stream, every=0.01):
        shown[0].stopped = True
        wait_until(lambda: not watching(), 5, "the thread to end")


def test_a_server_that_is_away_does_not_end_it(r, stream, shown, monkeypatch):
    """It says so, and continues when the server answers again."""
    ensure_group(r, stream, GROUP)
    get = r.connection_pool.get_connection

    def away():
        raise redis.ConnectionError("gone")

    with watch(r, stream, every=0.01):
        monkeypatch.setattr(r.connection_pool, "get_connection", away)
        wait_until(lambda: "doesn't answer" in shown[0].note, 5, "the note")
        monkeypatch.setattr(r.connection_pool, "get_connection", get)
        add(r, stream, ["back"])
        wait_until(lambda: ">back<" in shown[0].svg and not shown[0].note, 5, "the picture")


def test_our_own_error_is_raised_where_the_learner_waits(r, stream, shown, monkeypatch):
    """If the thread failed unseen, it would look as if nothing happened."""
    ensure_group(r, stream, GROUP)
    with pytest.raises(ZeroDivisionError), watch(r, stream, every=0.01):
        monkeypatch.setattr(sys.modules[watch.__module__], "picture", lambda *_: 1 / 0)
        wait_until(lambda: not watching(), 5, "the thread to fail")


def test_outside_a_notebook_only_the_end_state_is_shown(r, stream, capsys):
    """No thread, no widget; a terminal gets the text."""
    scenes.ten_undelivered(r, stream)
    with watch(r, stream):
        assert watching() == []
    assert capsys.readouterr().out.strip() == picture(r, stream).text


def test_what_it_displays_has_words_for_every_reader(r, stream, shown):
    """The stored output has no model ID and no address, and the page gets an image, never a value's
    markup."""
    ensure_group(r, stream, "<b>&")
    with watch(r, stream):
        pass
    data, _ = shown[0]._repr_mimebundle_()
    assert (
        f"Live picture of {stream} › <b>&" in data["text/plain"] and "0x" not in data["text/plain"]
    )
    assert "&lt;b>&amp;" in data["text/html"]
    assert "innerHTML" not in BROWSER and '"img"' in BROWSER


def test_a_notebook_with_it_is_compared_strictly(tmp_path):
    """Recorded once and rerun under nbval: the same outputs, though one of the cells was
    interrupted."""
    cells = [new_code_cell(source) for source in CELLS]
    cells[INTERRUPTED].metadata.tags = ["raises-exception"]
    nb = new_notebook(
        cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    )
    recording.run(nb, tmp_path / "lesson.ipynb")
    nb.metadata.pop("widgets", None)
    nbformat.write(nb, tmp_path / "lesson.ipynb")
    assert [len(cell.outputs) for cell in nb.cells] == [0, 2, 3, 1, 0] and nb.cells[3].outputs[
        0
    ].data["text/plain"] == "([], True)"
    # Outside the checkout, it isn't found automatically
    result = run([tmp_path / "lesson.ipynb"], "-p", "conftest")
    assert result.passed == 5, result.text
