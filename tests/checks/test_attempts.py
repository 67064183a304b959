"""A check knows what a learner tried and how it ended, so it never answers "not started yet" to a
try."""

import os
import re
import threading

import pytest

from helpers.checks.attempt import EXECUTE
from helpers.checks.lessons import exercises, find, lessons
from helpers.checks.verdict import HINT, NEARLY, SOLVED, UNTOUCHED, examine
from helpers.connection import connect, evidence
from helpers.connection.cells import without_comments, written
from helpers.grading.witness import Witness
from helpers.streams import clean_slate, is_done
from helpers.waiting import wait_until
from tests.kernels import Kernel
from tests.learners import Learner, filled, solution, stub

ALL = [e for lesson in lessons() for e in exercises(lesson)]
STAGED = [e for e in ALL if "clean_slate(" in stub(e)]


@pytest.fixture
def attempt(r, url, monkeypatch):
    """Fill in a stub as a learner whose client notes its commands; return the verdict."""
    monkeypatch.setenv("REDIS_URL", url)
    lessons_used = set()

    def make(name: str, code: str, *later: str):
        learner = Learner(r, find(name))
        lessons_used.add(name[:2])
        learner.run(filled(learner.exercise, code))
        for cell in later:
            learner.run(cell)
        passed = [learner.names.get(value) for value in learner.exercise.values]
        with evidence.cell(learner.exercise.call):
            return examine(name, learner.names["r"], *passed)

    with evidence.record():
        yield make
    for late in [each for each in threading.enumerate() if isinstance(each, threading.Timer)]:
        late.cancel()
        late.join()
    for lesson in lessons_used:
        clean_slate(r, lesson + ":")


@pytest.mark.parametrize("exercise", STAGED, ids=lambda e: e.name)
def test_the_stage_is_what_the_stub_sends(r, url, monkeypatch, exercise):
    """Each exercise has the right number, so no command of the stub passes for the learner's, and
    none of the learner's is overlooked; the same holds for commands seen by the server."""
    monkeypatch.setenv("REDIS_URL", url)
    with evidence.record() as book:
        learner = Learner(r, exercise)
        learner.run(stub(exercise))
        assert book.attempts[exercise.prefix].count == exercise.stage
        assert evidence.of(exercise.prefix, exercise.stage).sent == ()
    with Witness(url) as witness:
        monkeypatch.setenv("REDIS_URL", witness.url)
        with connect() as seen:
            learner.names["r"] = seen
            learner.run(stub(exercise))
            for late in threading.enumerate():
                if isinstance(late, threading.Timer):
                    late.cancel()
                    late.join()
        assert witness.evidence(exercise.prefix, exercise.stage, ()).sent == ()
    clean_slate(r, exercise.name[:2] + ":")


def test_every_stub_sets_its_stage_or_needs_none():
    """An exercise that sets no stage asks for no command."""
    assert [e.name for e in ALL if e not in STAGED] == ["01.patience", "01.address", "16.cases"]


@pytest.mark.parametrize("exercise", ALL, ids=lambda e: e.name)
def test_nothing_in_a_stub_passes_for_the_learners(exercise):
    """Each exercise has the right number of statements below the learner's code."""
    assert len(written(stub(exercise))) == exercise.after


@pytest.mark.parametrize("exercise", ALL, ids=lambda e: e.name)
def test_no_word_of_a_stub_passes_for_the_learners(exercise):
    """Each exercise has the right number of the words that it looks for in the code; no stub has
    those of a pipeline, which every exercise looks for."""
    code = without_comments(stub(exercise))
    assert {words: len(re.findall(words, code)) for words in exercise.given} == exercise.given
    assert "pipeline(" not in code and not re.search(EXECUTE, code)


ZERO = [
    ("r.xack(FINISH, entries[0][0], GROUP)", "the second argument is the group"),
    ("r.xack(FINISH, 'alice', *[i for i, _ in entries])", "the second argument is the group"),
    ("r.xack('00:dataStream', GROUP, entries[0][0])", "you worked on `00:dataStream`"),
    ("r.xack(FINISH, GROUP, '1-1')", "none of these IDs is pending"),
]


@pytest.mark.parametrize(("code", "told"), ZERO, ids=lambda part: part[:24])
def test_an_xack_that_answered_0_is_named_with_its_reason(attempt, code, told):
    """The hint shows the command and what was wrong with it."""
    found = attempt("00.finish", code)
    assert found.state == HINT and "`XACK " in found.lines[1] and told in found.lines[1]


ELSEWHERE = [
    ("02.start", "r.xgroup_create('02:early', 'readers', id='0', mkstream=True)", "`02:early`"),
    ("03.numbers", "for n in range(10):\n    r.xadd('03:nummbers', {'value': n})", "`03:nummbers`"),
    ("02.start", "r.xgroup_create(EARLY_BIRD, 'reader', id='0')", "but you gave `reader`"),
    (
        "04.turns",
        "r.xreadgroup('Team', 'ann', {DEAL: '>'})",
        "the group is `team` here, but you gave `Team`",
    ),
    ("04.handover", "r.xreadgroup('team', 'Ann', {EVEN: '>'}, count=5)", "`Ann`"),
]


@pytest.mark.parametrize(("name", "code", "told"), ELSEWHERE, ids=lambda part: part[:24])
def test_work_elsewhere_is_named(attempt, name, code, told):
    """Another key, another group, another consumer's name."""
    found = attempt(name, code)
    assert found.state == HINT and told in found.lines[1], found.lines


def test_an_error_is_told_with_its_meaning(attempt):
    """Even if nothing reached the server."""
    found = attempt("02.start", "r.xgroup_create(EARLY_BRD, 'readers', id='0')")
    assert found.state == HINT and "NameError: name 'EARLY_BRD'" in found.lines[1]
    assert "check its spelling above" in found.lines[1]


KEY_ERROR = """
while True:
    reply = r.xreadgroup("team", "ann", {LOOP: ">"}, count=10)
    for entry_id, fields in reply[LOOP]:
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)"""


def test_a_right_state_after_an_error_is_nearly_solved(attempt):
    """The loop did its work and then failed on the empty reply."""
    found = attempt("04.loop", KEY_ERROR)
    assert found.state == NEARLY and found.lines[0].startswith("nearly: all 25 entries")
    assert "KeyError: '04:loop'" in found.lines[1] and "reply.get(stream, [])" in found.lines[1]


def test_an_error_that_the_lesson_announces_spoils_nothing(attempt):
    """The hint to 01.address says that "nothing listens" means a right address; another error
    counts."""
    right = 'address = "redis://:tea%234@localhost:6379/2"'
    assert attempt("01.address", f"{right}\nconnect(address)").state == SOLVED
    assert attempt("01.address", f"{right}\n1 / 0").state == NEARLY


def test_a_later_cell_that_ends_well_makes_up_for_an_error(attempt):
    """A cell that only looks doesn't."""
    looked = attempt("00.finish", "1 / 0", "r.xlen(FINISH)")
    assert looked.state == HINT and "ZeroDivisionError" in looked.lines[1]
    fixed = attempt("00.finish", "1 / 0", "r.xack(FINISH, GROUP, *[i for i, _ in entries])")
    assert fixed.state == SOLVED


@pytest.mark.parametrize("code", ["r.xlen(FINISH)", "r.xinfo_groups(FINISH)", "entries"])
def test_looking_around_is_no_attempt(attempt, code):
    """A learner who only looks hasn't started, and is told that the check saw it."""
    found = attempt("00.finish", code)
    assert found.state == UNTOUCHED and "so far your code changes nothing" in found.lines[0]


TRIED = [
    ("00.finish", "done = [entry_id for entry_id, fields in entries]"),
    ("02.repeat", "if not r.xinfo_groups(AGAIN):\n    r.xgroup_create(AGAIN, 'workers', id='0')"),
    ("08.pay", "script = look"),
    ("09.loss", "info = r.xinfo_stream(LOSS)"),
    ("10.store", "pipe = r.pipeline()"),
]


@pytest.mark.parametrize(("name", "code"), TRIED, ids=lambda part: part[:24])
def test_code_that_does_not_reach_the_server_is_an_attempt(attempt, name, code):
    """A learner who wrote code is told what the check saw and what it wants; a comment isn't
    enough."""
    assert attempt(name, code).state != UNTOUCHED
    assert attempt(name, "# " + code.splitlines()[0]).state == UNTOUCHED


def test_a_refusal_that_was_caught_is_told(attempt):
    """The check reports an error that the learner's own code hid."""
    code = (
        "from contextlib import suppress\nwith suppress(Exception):\n"
        "    r.xgroup_create('02:start', 'readers', id='first')"
    )
    assert "this isn't an entry ID" in attempt("02.start", code).lines[1]


def test_a_stub_that_was_changed_is_told(attempt):
    """In 05.behind, a group that starts at 0 has nothing behind its bookmark."""
    answer = solution(find("05.behind")).read_text("utf-8")
    assert attempt("05.behind", "", answer).state == SOLVED
    moved = 'r.xgroup_setid(BEHIND, GROUP, id="0")\n'
    changed = answer.replace(moved, "").replace('start="$"', 'start="0"')
    found = attempt("05.behind", "", changed)
    assert found.state == NEARLY and "restore `start=" in found.lines[1]


def test_a_client_that_notes_nothing_is_judged_by_its_code(r):
    """A cluster's client notes no commands, so XACK and INCR apart show only in the cell."""
    code = """
for stream in STREAMS:
    keys[stream] = stream + ":n"
    for entry in read_group(r, stream, GROUP, "ann"):
        r.incr(keys[stream])
        r.xack(stream, GROUP, entry.id)
total = sum(int(r.get(key)) for key in keys.values())
"""
    with evidence.record():
        learner = Learner(r, find("14.count"))
        learner.names["r"] = r
        learner.run(filled(learner.exercise, code))
        found = examine("14.count", r, learner.names["keys"], learner.names["total"])
    clean_slate(r, "14:")
    assert found.state == NEARLY
    assert found.lines[1].startswith(
        "but your code calls `r.incr(…)`: use `count(stream, key)`, which"
    )


@pytest.fixture(scope="module")
def kernel(tmp_path_factory):
    """A kernel as in JupyterLab, with the names of lessons 00 and 04."""
    os.environ["COURSE_PROGRESS"] = str(tmp_path_factory.mktemp("progress"))
    kernel = Kernel()
    del os.environ["COURSE_PROGRESS"]
    kernel.wait()
    kernel.run(
        "from helpers.connection import connect\nfrom helpers.checks import check, progress\n"
        "from helpers.streams import *\nfrom helpers.views import picture\nr = connect()\n"
        'GROUP = "consumerGroup"'
    )
    yield kernel
    kernel.run('clean_slate(r, "00:"); clean_slate(r, "04:"); clean_slate(r, "02:")')
    kernel.end()


def test_a_check_cell_without_its_variable_says_what_to_do(kernel):
    """By what the cell above did: it has deleted the name, couldn't be read, or set a similar
    one."""
    call = 'check("05.night", r, [], ended_by)'
    kernel.run("try:\n    1 / 0\nexcept ZeroDivisionError as ended_by:\n    pass")
    said = kernel.run(call)
    assert said.startswith("NameError") and "Python deletes this name" in said
    assert "isn't set" not in kernel.run("ended_by")
    for above, told in (
        ("ended_by = 4, unfinished = 3", "Python couldn't read the cell above"),
        ("endet_by = 4", "you set `endet_by`"),
        ("del endet_by", "run the cells above again"),
    ):
        kernel.run(above)
        said = kernel.run(call)
        assert f"`ended_by` isn't set: {told}" in said and "except" not in said


def test_a_kernel_knows_how_a_cell_ended(kernel):
    """An error, and a cell that fixes it."""
    kernel.run(filled(find("00.finish"), "r.xack(FINISH, 'alice', entries[0][0])"))
    assert "you gave `alice`" in kernel.run('check("00.finish", r)')
    kernel.run(filled(find("04.loop"), KEY_ERROR))
    kernel.run('picture(r, LOOP, "team")')
    assert "your cell ended with KeyError: '04:loop'" in kernel.run('check("04.loop", r)')
    kernel.run(stub(find("04.loop")))
    kernel.run("x =")
    assert "SyntaxError" in kernel.run('check("04.loop", r)')


def test_what_the_lesson_does_later_is_not_the_attempts(kernel):
    """An exercise may come in the middle of a lesson, before cells that fail on purpose; but a
    second try at it counts."""
    kernel.run(filled(find("00.finish"), "r.xack(FINISH, GROUP, *[i for i, _ in entries])"))
    assert kernel.run('check("00.finish", r)').startswith("✓ solved")
    kernel.run('x = r.xack("00:other", GROUP, "1-1")')
    kernel.run("x = 1 / 0")
    assert kernel.run('check("00.finish", r)').startswith("✓ solved")
    kernel.run("x = r.xlen(FINISH); 1 / 0")
    assert "ZeroDivisionError" in kernel.run('check("00.finish", r)')


def test_a_kernel_knows_of_a_cell_that_failed_before_it_began(kernel):
    """After a check, too: the previous verdict no longer holds."""
    kernel.run(filled(find("00.finish"), "r.xack(FINISH, 'alice', entries[0][0])"))
    assert "you gave `alice`" in kernel.run('check("00.finish", r)')
    kernel.run(filled(find("00.finish"), "r.xack(FINISH, GROUP, entries[0][0]"))
    assert "hint: your cell ended with SyntaxError" in kernel.run('check("00.finish", r)')
    kernel.run(stub(find("00.finish")))
    assert "not started yet" in kernel.run('check("00.finish", r)')
    kernel.run("for entry_id in entrys:\n    r.xack(FINISH, GROUP, entry_id)")
    assert "NameError: name 'entrys'" in kernel.run('check("00.finish", r)')


def test_after_run_all_a_cell_that_failed_belongs_to_the_exercise_that_it_names(kernel):
    """The last stage that was set is another exercise's then, open or closed by its check."""
    checks = {name: f'check("{name}", r)' for name in ("00.finish", "00.account")}
    for name, check in checks.items():
        kernel.run(stub(find(name)))
        kernel.run(check)
    broken = filled(find("00.finish"), "r.xack(FINISH, GROUP, entries[0][0]")
    kernel.run(broken)
    assert "hint: your cell ended with SyntaxError" in kernel.run(checks["00.finish"])
    assert "not started yet" in kernel.run(checks["00.account"])
    kernel.run(stub(find("00.finish")))
    kernel.run(stub(find("00.account")))
    kernel.run(broken)
    assert "not started yet" in kernel.run(checks["00.account"])
    assert "hint: your cell ended with SyntaxError" in kernel.run(checks["00.finish"])


def test_a_kernel_knows_of_an_interrupt(kernel, embedded_url):
    """In an endless loop, or a command that waits."""
    endless = KEY_ERROR.replace("reply[LOOP]", "reply.get(LOOP, [])") + "\n    turns += 1"
    cell = kernel.begin(filled(find("04.loop"), "turns = 0\n" + endless.strip()))
    with connect(embedded_url) as r:
        wait_until(lambda: r.xlen("04:loop:done") == 25, 20, "the loop's work")
        wait_until(lambda: is_done(r, "04:loop", "team"), 20, "the last acknowledgment")
    kernel.interrupt()
    kernel.result(cell)
    said = kernel.run('check("04.loop", r)')
    assert said.startswith("nearly: ") and "you interrupted your cell" in said


def test_a_kernel_knows_of_a_thread_at_work(kernel):
    """Such as a consumer that nobody has stopped."""
    kernel.run(
        filled(
            find("04.loop"),
            "import threading\nstop = threading.Event()\n"
            "thread = threading.Thread(target=lambda: stop.wait(60))\nthread.start()",
        )
    )
    assert "is still running" in kernel.run('check("04.loop", r)')
    kernel.run("stop.set(); thread.join()")
    assert "is still running" not in kernel.run('check("04.loop", r)')


def test_a_kernel_notes_nothing_of_other_threads(kernel):
    """Commands of producers and consumers cost nothing, and aren't the learner's."""
    kernel.run(stub(find("00.finish")))
    said = kernel.run(
        "import threading\nfrom helpers.connection import evidence\n"
        "thread = threading.Thread(target=r.xlen, args=(FINISH,)); thread.start(); thread.join()\n"
        'r.xlen(FINISH)\nprint([c.command for c in evidence.of("00:finish", 4).sent])'
    )
    assert said == "['XLEN']"


def test_what_is_solved_is_kept(kernel):
    """The check tells how far the learner has come, and progress() what comes next."""
    assert "0 of " in kernel.run("print(progress())")
    kernel.run(solution(find("00.finish")).read_text("utf-8"))
    assert "1 of 2 exercises of lesson 00 are solved, 1 of" in kernel.run('check("00.finish", r)')
    said = kernel.run("print(progress())")
    assert "00  ●○" in said and "Next: lesson 00, exercise 2, “Read the picture”" in said
    kernel.run(stub(find("00.finish")))
    assert kernel.run('check("00.finish", r)').startswith("not started yet")
    assert "00  ●○" in kernel.run("print(progress())")
