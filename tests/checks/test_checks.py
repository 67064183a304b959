"""Every exercise: its stub is "not started", right answers are solved, and each wrong one gets the
hint for its idea."""

import re
import threading

import pytest
import redis

from helpers import checks
from helpers.checks import NotSolved, check
from helpers.checks.lessons import exercises, lessons
from helpers.checks.misconceptions import BY_ID, CATALOG, find
from helpers.checks.plain_data import to_plain
from helpers.checks.verdict import FAILED, HINT, NEARLY, OPEN, SOLVED, UNTOUCHED, examine
from helpers.connection import connect, evidence
from helpers.grading.cells import check_in, loads_solution
from helpers.handout.stages import MARK, solved
from helpers.servers.own import OwnServer
from helpers.streams import clean_slate
from tests.checks.answers import RIGHT, WRONG
from tests.checks.attempts import TRIED
from tests.learners import PLACE, Learner, filled, notebook, position, solution, stub

ALL = {e.name: e for lesson in lessons() for e in exercises(lesson)}


@pytest.fixture
def learner(r, url, monkeypatch):
    """Make a learner of one exercise, whose connect() leads to the same server; the lesson's keys
    are deleted afterward."""
    monkeypatch.setenv("REDIS_URL", url)
    made = []

    def make(name: str) -> Learner:
        made.append(Learner(r, ALL[name]))
        return made[-1]

    with evidence.record():
        yield make
    for late in [thread for thread in threading.enumerate() if isinstance(thread, threading.Timer)]:
        late.cancel()
        late.join()
    for learner in made:
        clean_slate(r, learner.exercise.name[:2] + ":")


def verdict(learner: Learner):
    """The verdict on the learner's exercise, from the same call as in the check cell."""
    passed = [learner.names.get(value) for value in learner.exercise.values]
    return examine(learner.exercise.name, learner.names["r"], *passed)


def state(r: redis.Redis, lesson: str) -> dict[str, bytes]:
    """Everything stored under a lesson's keys, byte by byte, including idle times and delivery
    counts."""
    with redis.Redis.from_pool(
        redis.ConnectionPool(
            **r.connection_pool.connection_kwargs | {"decode_responses": False},
            connection_class=r.connection_pool.connection_class,
        )
    ) as raw:
        return {key: raw.dump(key) for key in sorted(raw.scan_iter(f"{lesson}:*"))}


@pytest.mark.parametrize("name", ALL)
def test_a_stub_is_not_started(learner, name):
    """The unchanged stub does nothing that counts, prints nothing, and doesn't fail."""
    learner = learner(name)
    assert learner.run(stub(learner.exercise)) == "" and learner.error is None
    assert learner.check() == f"not started yet: {learner.exercise.task}\n"


@pytest.mark.parametrize("name", ALL)
def test_before_its_stub_an_exercise_is_not_started(learner, name):
    """The check cell may be run first, without a stream or a value."""
    learner = learner(name)
    assert examine(name, learner.names["r"]).state == UNTOUCHED


@pytest.mark.parametrize("name", ALL)
def test_the_solution_solves(learner, name):
    """The file that %load inserts solves the exercise, also after an attempt, and twice."""
    learner = learner(name)
    for _ in range(2):
        learner.run(solution(learner.exercise).read_text("utf-8"))
        assert learner.error is None
        assert learner.check().startswith("✓ solved: ")


@pytest.mark.parametrize("answer", RIGHT, ids=lambda answer: answer.exercise)
def test_another_right_answer_solves(learner, answer):
    """Any correct way passes."""
    learner = learner(answer.exercise)
    learner.run(filled(learner.exercise, answer.code))
    assert learner.error is None
    assert verdict(learner).lines[0].startswith("✓ solved: ")


@pytest.mark.parametrize(
    "answer", WRONG, ids=lambda answer: f"{answer.exercise}-{answer.misconception or 'open'}"
)
def test_a_wrong_answer_gets_its_hint_alone(learner, answer):
    """The hint is for the idea behind it; checking changes no byte, and gives the same verdict
    twice."""
    learner = learner(answer.exercise)
    learner.run(filled(learner.exercise, answer.code))
    before = state(learner.names["r"], answer.exercise[:2])
    found = verdict(learner)
    states = (HINT, NEARLY) if answer.misconception else (HINT, NEARLY, OPEN)
    assert found.state in states and found.misconception == answer.misconception, found.lines
    assert learner.check() == "\n".join(found.lines) + "\n"
    assert state(learner.names["r"], answer.exercise[:2]) == before


def test_every_hint_is_given_to_somebody():
    """A hint that no wrong answer triggers may be wrong itself."""
    given = {(answer.exercise, answer.misconception) for answer in [*WRONG, *TRIED]}
    assert {(e.name, h.misconception) for e in ALL.values() for h in e.hints} - given == set()


@pytest.mark.parametrize(
    ("exercise", "guess"),
    [
        ("01.patience", "100 ms late"),
        ("02.repeat", "is gone"),
        ("02.two", "before `alerts` was created"),
        ("02.two", "begins after"),
        ("03.readings", "it ended at"),
        ("04.done", "was acknowledged without"),
        ("04.handover", "all ten were delivered"),
        ("04.handover", "XDEL took"),
        ("04.turns", "ann asked for three"),
    ],
)
def test_a_hint_does_not_guess_what_was_done(exercise, guess):
    """The same state can arise in other ways (see the answers), so a hint says what is there, and
    what to do."""
    texts = [hint.text for hint in ALL[exercise].hints if isinstance(hint.text, str)]
    assert [text for text in texts if guess in text] == []


def test_every_exercise_has_another_right_answer():
    """Otherwise a check might demand the solution's way."""
    assert set(ALL) - {answer.exercise for answer in RIGHT} == set()


def test_every_misconception_comes_to_light():
    """Each idea in the catalog has a hint, in its own lesson or in another."""
    hinted = {h.misconception for e in ALL.values() for h in e.hints}
    assert hinted - set(BY_ID) == set()
    assert {m.id for m in BY_ID.values() if m.lesson in lessons()} - hinted == set()
    assert len(BY_ID) == sum(map(len, CATALOG.values()))


def test_an_unknown_misconception_is_said_with_the_place_to_add_it():
    """Whoever writes a hint before its misconception gets one sentence from `record`."""
    with pytest.raises(ValueError, match="^there is no misconception 'new-idea': add a row to CAT"):
        find("new-idea")


@pytest.mark.parametrize("name", ALL)
def test_words(name):
    """Printed texts are short, plain, and end as a sentence does."""
    exercise = ALL[name]
    fixed = [
        text
        for text in (
            exercise.task,
            exercise.praise,
            exercise.wanted,
            *(h.text for h in exercise.hints),
        )
        if isinstance(text, str)
    ]
    assert [text for text in fixed if not re.fullmatch(r"[^\n]{10,220}[.?]", text)] == []
    assert 1 <= exercise.minutes <= 15


@pytest.mark.parametrize("lesson", lessons())
def test_the_notebook_has_the_exercises_in_their_order(lesson):
    """There are two to four exercises of five cells each."""
    cells = notebook(lesson).cells
    assert [name for c in cells if (name := check_in(c))] == [e.name for e in exercises(lesson)]
    assert 2 <= len(exercises(lesson)) <= 4
    for number, exercise in enumerate(exercises(lesson), 1):
        task, stub_cell, check_cell, hint, load = cells[(i := position(exercise)) - 2 : i + 3]
        assert (
            f"### Exercise {number} · {exercise.title}\n" in task.source
            and f"*About {exercise.minutes} minutes.*" in task.source
        )
        assert PLACE in stub_cell.source and check_cell.source.endswith(exercise.call)
        assert hint.source.startswith(
            "<details><summary>Hint</summary>\n\n"
        ) and hint.source.endswith("\n\n</details>")
        assert load.source == f"# %load solutions/{solution(exercise).name}" and loads_solution(
            load
        )


@pytest.mark.parametrize("name", ALL)
def test_a_solution_is_the_stub_filled_in(name):
    """So it also works after an attempt: it sets the stage again. `python3 -m helpers record`
    renews it."""
    text = solution(ALL[name]).read_text("utf-8")
    assert MARK in text and text == solved(stub(ALL[name]), text)


def test_every_solution_belongs_to_an_exercise():
    """A removed exercise leaves no file behind; lesson 17's solution is a whole program."""
    folder = solution(next(iter(ALL.values()))).parent
    found = {path.name for path in folder.glob("*.py")}
    assert found == {solution(e).name for e in ALL.values()} | {"17_my_consumer.py"}


def test_an_unknown_name_is_answered_with_the_nearest(r, capsys):
    """One line, no traceback."""
    check("02.strat", r)
    assert capsys.readouterr().out.startswith(
        "There is no exercise '02.strat'; did you mean 02.start"
    )
    for name in ("", "99.x", None, 7, "02", [], "../02.start"):
        assert len(examine(name, r).lines) == 1 and examine(name, r).state == FAILED


@pytest.mark.parametrize(
    ("client", "why"),
    [
        *((other, "isn't redis-py's client") for other in (None, "redis://localhost", 7, print)),
        (redis.asyncio.Redis(), "belongs to asyncio"),
        (redis.Redis(), "returns bytes"),
        (redis.Redis(decode_responses=True), "returns redis-py's older shapes"),
        (
            redis.Redis(decode_responses=True, legacy_responses=False).pipeline(),
            "sends nothing before its execute()",
        ),
    ],
)
def test_something_that_is_no_client_is_named_so(client, why):
    """The first line says what to write instead, the second why."""
    line, reason = examine("02.start", client).lines
    assert line.endswith('pass the client that connect() returned, as in check("02.start", r).')
    assert why in reason


def test_a_server_that_is_gone_is_said_so():
    """Two lines, with what to do."""
    with OwnServer() as own:
        r = connect(own.url)
    found = examine("02.start", r)
    assert (
        found.state == FAILED
        and "the server doesn't reply" in found.lines[0]
        and "first cell" in found.lines[1]
    )


@pytest.mark.parametrize("name", ALL)
def test_a_key_of_another_type_is_no_harm(r, learner, name):
    """There may be anything in the place of a stream."""
    learner = learner(name)
    for key in (ALL[name].stream, *ALL[name].beside):
        if key:
            r.set(key, "I am no stream")
    assert verdict(learner).state in (UNTOUCHED, OPEN, HINT)


class Hostile:
    """An object whose every method fails."""

    def __getattr__(self, name):
        raise RuntimeError(name)

    __len__ = __iter__ = __bool__ = __eq__ = __str__ = __repr__ = lambda self, *others: 1 / 0
    __hash__ = None


CIRCLE: list = []
CIRCLE.append(CIRCLE)


ODD = [
    Hostile(),
    CIRCLE,
    10**5000,
    float("nan"),
    "\x1b[2J" * 999,
    {1: {2: b"\xff"}},
    print,
    ValueError("x"),
    object,
    connect,
    True,
]


@pytest.mark.parametrize("name", ALL)
def test_nothing_that_is_passed_in_can_fail_a_check(learner, name):
    """Values are first reduced to plain data; surplus and unknown ones are ignored."""
    learner = learner(name)
    learner.run(stub(learner.exercise))
    for value in ODD:
        found = examine(name, learner.names["r"], value, value, value, value, color=value)
        assert found.state in (UNTOUCHED, OPEN, HINT, FAILED) and 1 <= len(found.lines) <= 3
        assert "\x1b" not in "".join(found.lines)


def test_values_may_be_passed_by_name(learner):
    """check("02.two", r, waiting=1) is the same as passing the value alone."""
    learner = learner("02.two")
    learner.run(solution(learner.exercise).read_text("utf-8"))
    assert examine("02.two", learner.names["r"], waiting=1).state == SOLVED


def test_plain_data_is_small():
    """An endless list makes no endless line."""
    assert len(to_plain(list(range(10_000)))) < 1000 and len(to_plain("x" * 10_000)) < 10_000


def test_under_nbgrader_a_check_that_is_not_solved_fails(learner, monkeypatch):
    """For nbgrader, a failed check cell is the mark; everybody else just gets lines."""
    learner = learner("02.start")
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    with pytest.raises(NotSolved):
        learner.check()
    learner.run(solution(learner.exercise).read_text("utf-8"))
    assert learner.check().startswith("✓")


def test_the_how_to_names_what_exists():
    """The docstring that explains how to add an exercise is up to date."""
    for path in re.findall(
        r"(?:helpers|tests|notebooks)/[\w/]+\.py",
        checks.__doc__.replace("NN_name", "02_start").replace("NN", "02"),
    ):
        assert (solution(ALL["02.start"]).parents[2] / path).exists(), path
