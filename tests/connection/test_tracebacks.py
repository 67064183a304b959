"""A failing cell in a real kernel shows the learner's own lines and one sentence."""

import re
import subprocess
import sys
import textwrap

import pytest

from conftest import embedded
from helpers.connection import connect
from helpers.connection.tracebacks import NOTE
from helpers.waiting import wait_until
from tests.kernels import REPLY, Kernel

COLOR = re.compile(r"\x1b\[[0-9;]*m")
NUMBER = re.compile(r"Cell In\[\d+\]")
OURS = re.compile(r"File .*(/redis/|/hiredis|/helpers/|/threading\.py|/contextlib\.py|/socket\.py)")

STAGE = """
import contextlib, json, redis, redis.asyncio
from conftest import embedded
from helpers.connection import connect
from helpers.consumer import Consumer
from helpers.producer import Producer
from helpers.streams import clean_slate
r = connect({url!r})
clean_slate(r, "99:")
FINISH, GROUP = "99:finish", "consumerGroup"
r.xgroup_create(FINISH, GROUP, id="0", mkstream=True)
for value in ("a", "b"):
    r.xadd(FINISH, {{"value": value}})
entries = r.xreadgroup(GROUP, "alice", {{FINISH: ">"}})[FINISH]
"""

SLIPS = {
    "a list where an ID goes": "r.xack(FINISH, GROUP, entries)",
    "no ID": "r.xack(FINISH, GROUP, *[])",
    "a dict as a value": "r.xadd(FINISH, {'value': {'a': 1}})",
    "no dict": "r.xadd(FINISH, 'value')",
    "no such group": "r.xreadgroup('nobody', 'alice', {FINISH: '>'})",
    "a group twice": "r.xgroup_create(FINISH, GROUP, id='0')",
    "a key of another type": "r.set('99:text', 'x'); r.xlen('99:text')",
    "an error in a pipeline": "r.pipeline().set('99:text', 1).xlen('99:text').execute()",
    "an address where nobody listens": "connect('redis://localhost:1')",
    "an address that can't be meant": "connect('localhost:6379')",
    "a BLOCK beyond the time-out": "connect(r.url, timeout=0.2).xread({FINISH: '$'}, block=1000)",
    "a field that can't be stored": "with Producer(r, FINISH) as p: p.send({'value': None})",
    "an argument that a helper refuses": "Consumer(r, FINISH, GROUP, 'alice', 7)",
    "an asyncio client": "await a.xack(FINISH, GROUP, entries)",
}

PLAIN = {
    "a name": "def f():\n    return nam\nf()",
    "a library's function": "import json\njson.loads('x')",
    "a cause": "try:\n    1 / 0\nexcept Exception as e:\n    raise RuntimeError('mine') from e",
    "a note": "e = ValueError('mine'); e.add_note('a note'); raise e",
    "an error without ==": "class E(Exception):\n    __hash__ = None\nraise E(1)",
    "a function called with too much": "len(1, 2)",
    "a cell that isn't Python": "def (:",
    "an indentation": "if True:\npass",
    "code that isn't Python, in a string": "import ast\nast.parse('def (:')",
    "an end": "raise SystemExit(3)",
    "a group": "raise ExceptionGroup('two', [ValueError(1), TypeError(2)])",
}


def fail(kernel: Kernel, code: str) -> str:
    """Run a cell; return its traceback and what it printed, without colors."""
    parts = [
        "\n".join(content.get("traceback", [])) + content.get("text", "")
        for content in kernel.shown(code)
    ]
    return COLOR.sub("", "".join(parts))


@pytest.fixture(scope="module")
def bare():
    """A kernel in which nobody has connected."""
    kernel = Kernel()
    kernel.wait()
    yield kernel
    kernel.end()


@pytest.fixture(scope="module")
def kernel():
    """A kernel with a client `r`, alice's pending entries in `entries`, an asyncio client `a`."""
    kernel = Kernel()
    kernel.wait()
    assert fail(kernel, STAGE.format(url=embedded())) == ""
    assert fail(kernel, f"r.url = {embedded()!r}; a = redis.asyncio.Redis.from_url(r.url)") == ""
    yield kernel
    fail(kernel, 'clean_slate(r, "99:")')
    kernel.end()


@pytest.mark.parametrize("code", SLIPS.values(), ids=SLIPS)
def test_a_slip_shows_the_line_and_the_sentence(kernel, code):
    """At most ten lines: the learner's own, none of our frames, the error, and how to see
    everything."""
    lines = fail(kernel, code).splitlines()
    assert len(lines) <= 10 and lines[-1] == NOTE
    assert [line for line in lines if OURS.search(line)] == []
    assert [line for line in lines if line.startswith("---->") and line[7:].strip()] != []
    assert re.match(r"\w+: .+", lines[-2])


def test_the_first_exercises_slip_names_the_argument(kernel):
    """`r.xack(FINISH, GROUP, entries)`: which argument it is, what it contains, and what to
    write."""
    shown = fail(kernel, "r.xack(FINISH, GROUP, entries)")
    assert "\nDataError: XACK's argument 3, after 'consumerGroup', is a list, [('" in shown
    assert "send entry[0] of one entry, or *[entry[0] for entry in entries] for all." in shown


@pytest.mark.parametrize("code", PLAIN.values(), ids=PLAIN)
def test_an_error_of_the_learners_own_looks_as_always(kernel, bare, code):
    """The text is that of a kernel without the course, except for the cell's number."""
    ours, always = (
        re.sub(r"ipykernel_\d+/\d+\.py|\d{6,}\.py", "CELL", NUMBER.sub("Cell", fail(each, code)))
        for each in (kernel, bare)
    )
    assert ours == always != ""


def test_tb_shows_the_whole_traceback(kernel):
    """It is one call away, with redis-py's frames."""
    short, whole = fail(kernel, "r.xack(FINISH, GROUP, None)"), fail(kernel, "%tb")
    assert (
        "redis/client.py" not in short
        and "redis/client.py" in whole
        and "DataError: XACK's argument 3" in whole
        and NOTE not in whole
    )


def test_an_error_is_left_as_it_was(kernel):
    """It still has its chain and its frames, and no note of ours."""
    fail(kernel, "connect(r.url, timeout=0.2).xread({FINISH: '$'}, block=1000)")
    assert (
        fail(
            kernel,
            "import sys, traceback; e = sys.last_value; print(type(e.__context__).__name__)",
        )
        != ""
    )
    whole = fail(kernel, "traceback.print_exception(e)")
    assert "redis/connection.py" in whole and "During handling" in whole and NOTE not in whole


def test_a_handlers_error_shows_the_handler_and_keeps_its_note(kernel):
    """For an error in a thread: the waiting line, the failing line, the note, then ours."""
    shown = fail(
        kernel,
        textwrap.dedent("""
        def picky(entry):
            raise ValueError("no")
        with Consumer(r, FINISH, GROUP, "alice", picky) as consumer:
            consumer.drain()"""),
    )
    assert "consumer.drain()" in shown and re.search(r'-> \d +raise ValueError\("no"\)', shown)
    assert shown.endswith(
        f"ValueError: no\nThis happened in the thread of consumer 'alice'.\n{NOTE}"
    )
    assert not OURS.search(shown)


def test_a_library_that_a_handler_calls_is_shown(kernel):
    """Only frames between the learner's lines are hidden: json's own frames say where it failed."""
    shown = fail(
        kernel,
        textwrap.dedent("""
        def parse(entry):
            json.loads("x")
        with Consumer(r, FINISH, GROUP, "alice", parse) as consumer:
            consumer.drain()"""),
    )
    assert "json/decoder.py" in shown and not OURS.search(shown)


def test_an_error_behind_one_of_redis_py_stays_visible(kernel):
    """The first error, from the learner's block, is still shown if leaving the block fails, too."""
    shown = fail(
        kernel,
        textwrap.dedent("""
        @contextlib.contextmanager
        def tidy():
            try:
                yield
            finally:
                r.xack(FINISH, GROUP, None)
        with tidy():
            raise ValueError("the first one")"""),
    )
    assert (
        "ValueError: the first one" in shown
        and "During handling" in shown
        and "DataError: XACK" in shown
    )
    assert not re.search("/redis/|/helpers/", shown)


def test_members_of_a_group_keep_their_notes_and_lose_our_frames(kernel):
    """An asyncio task group: IPython prints it as Python does, each member with its sentence."""
    shown = fail(
        kernel,
        textwrap.dedent("""
        import asyncio
        async def ack(ids):
            try:
                await a.xack(FINISH, GROUP, ids)
            except redis.DataError as error:
                error.add_note("a note")
                raise
        async with asyncio.TaskGroup() as group:
            group.create_task(ack(None))
            group.create_task(ack([1]))"""),
    )
    assert shown.count("DataError: ") == 2 and shown.count("a note") == 2 + shown.count('"a note"')
    assert "2 sub-exceptions" in shown and "/redis/" not in shown and NOTE in shown


def test_an_interrupt_in_a_wait_is_short(kernel, embedded_url):
    """■ while XREAD waits: KeyboardInterrupt, with the line that was waiting."""
    cell = kernel.begin("r.xread({FINISH: '$'}, block=4_000)")
    with connect(embedded_url) as other:
        wait_until(lambda: other.info("clients")["blocked_clients"], REPLY, "the cell to wait")
    kernel.interrupt()
    assert kernel.result(cell) == "KeyboardInterrupt"
    assert (
        fail(kernel, "import sys; print(type(sys.last_value).__name__)").strip()
        == "KeyboardInterrupt"
    )


def test_connecting_twice_changes_nothing(kernel):
    """The handler is set once; an existing one, ours or another's, stays."""
    shown = fail(
        kernel,
        "before = get_ipython().CustomTB; connect(r.url); print(before == get_ipython().CustomTB)",
    )
    assert shown.strip() == "True"


def test_somebody_elses_handler_stays(bare):
    """An extension that shows errors in its own way keeps doing so."""
    fail(
        bare,
        "show = lambda *error, tb_offset=None: print('theirs')\n"
        "get_ipython().set_custom_exc((ValueError,), show)",
    )
    fail(bare, "import helpers.connection.tracebacks; helpers.connection.tracebacks.shorten()")
    assert "theirs" in fail(bare, "raise ValueError('x')")
    fail(bare, "get_ipython().set_custom_exc((), None)")


def test_outside_a_notebook_nothing_changes(embedded_url):
    """A program that connects loads no IPython, and its tracebacks are Python's."""
    code = (
        f"import sys; from helpers.connection import connect; connect({embedded_url!r}); "
        "print('IPython' in sys.modules); 1 / 0"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (
        done.stdout.strip() == "False"
        and done.stderr.splitlines()[-1] == "ZeroDivisionError: division by zero"
        and NOTE not in done.stderr
    )
