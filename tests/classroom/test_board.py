"""The teacher's view of a class: it shows where everybody is, and nothing that a learner stores
harms it."""

import contextlib
import json
import os
import re
import subprocess
import sys
import urllib.request
from pathlib import Path
from urllib.error import HTTPError

import pytest
import redis

from helpers.checks import marks, report
from helpers.checks.misconceptions import BY_ID
from helpers.checks.stages import STAGES
from helpers.checks.standing import RECORD, RECORD_BYTES, Standing, from_bytes, to_bytes
from helpers.checks.verdict import FAILED, HINT, OPEN, SOLVED, UNTOUCHED, Verdict
from helpers.classroom import rows, server, terminal
from helpers.classroom.board import in_terminal
from helpers.classroom.pictures import MOST_DRAWN
from helpers.classroom.pull import UNREADABLE
from helpers.classroom.rows import GONE, HAS_SOLVED, NO_SIGN, SILENT_MS, STUCK, WORKING
from helpers.connection import connect
from helpers.trial.judge import MY_FILE, begin, stage
from tests.kernels import Kernel
from tests.school import School, school

MINUTE = 60_000
NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
START = Standing("02", "02.start", 0, 0)


@pytest.fixture(scope="module")
def our_school():
    """One server for all tests of this file."""
    with school() as found:
        yield found


@pytest.fixture
def at_school(our_school):
    """The school, with only the board's own records in its databases."""
    for number in range(len(our_school.learners)):
        our_school.client(number).flushdb()
    our_school.board.look()
    return our_school


@pytest.fixture
def ann(at_school, monkeypatch, tmp_path):
    """The school, with this process as Ann's kernel."""
    monkeypatch.setattr(marks, "in_session", lambda: True)
    monkeypatch.setenv(marks.PROGRESS_VARIABLE, str(tmp_path / "solved"))
    monkeypatch.setenv("REDIS_URL", at_school.learners[0].url)
    return at_school


# Records that learners' kernels write


def test_the_board_says_where_a_learner_is(ann):
    """The stage, two attempts with the misconception behind the last hint, the solution."""
    report.stage("02:start")
    assert (ann.row(0).how, ann.row(0).exercise, ann.row(0).attempts) == (WORKING, "02.start", 0)
    report.check("02.start", Verdict(OPEN, ("",)))
    report.check("02.start", Verdict(HINT, ("",), "dollar-hides"))
    row = ann.row(0)
    assert row.place == "02.start From the beginning" and row.attempts == 2
    assert row.idea == BY_ID["dollar-hides"].name
    report.check("02.start", Verdict(SOLVED, ("",)))
    assert (ann.row(0).how, ann.row(0).idea, ann.row(0).attempts) == (HAS_SOLVED, "", 3)
    assert {ann.row(number).how for number in (1, 2, 3)} == {NO_SIGN}


def test_a_stage_of_lesson_17_is_shown_like_an_exercise(ann, tmp_path):
    """Its title, the attempts and the solution, as judged by its real trial; what is solved in
    lesson 17 spoils no record."""
    mine = begin(tmp_path / MY_FILE)
    mine.write_text("raise SystemExit(3)")
    stage(1, mine)
    row = ann.row(0)
    assert (row.how, row.place, row.attempts) == (WORKING, f"17.reads {STAGES[0].title}", 1)
    mine.write_text((NOTEBOOKS / "service" / "tutorial.py").read_text("utf-8"))
    stage(1, mine)
    assert (ann.row(0).how, ann.row(0).attempts, ann.row(0).solved) == (HAS_SOLVED, 2, 1)
    report.check("02.start", Verdict(OPEN, ("",)))
    assert (ann.row(0).exercise, ann.row(0).solved) == ("02.start", 1)


def test_a_check_that_saw_no_attempt_counts_for_none(ann):
    """A learner who checks an untouched stub, or whose server is away, has tried nothing."""
    for state in (UNTOUCHED, FAILED):
        report.check("02.start", Verdict(state, ("",)))
    assert ann.row(0).attempts == 0


def test_a_stage_set_again_keeps_the_attempts(ann):
    """A learner who runs the stub again starts nothing new, and a lesson's other keys belong to no
    exercise."""
    report.check("02.start", Verdict(OPEN, ("",)))
    for prefix in ("02:start", "02:", "02:mine"):
        report.stage(prefix)
    assert (ann.row(0).exercise, ann.row(0).attempts) == ("02.start", 1)
    report.stage("02:repeat")
    assert (ann.row(0).exercise, ann.row(0).attempts) == ("02.repeat", 0)
    report.stage("03:")
    assert ann.row(0).place == "lesson 03"


def test_a_flushed_database_is_followed_again(ann):
    """The board restores its empty record the next time it looks."""
    report.check("02.start", Verdict(OPEN, ("",)))
    ann.client(0).flushdb()
    assert ann.row(0).how == NO_SIGN
    report.check("02.start", Verdict(OPEN, ("",)))
    assert ann.row(0).how == WORKING


def test_a_record_that_a_learner_spoilt_is_written_over(ann):
    """Whatever its type, the next check replaces it."""
    ann.client(0).delete(RECORD)
    ann.client(0).lpush(RECORD, "x")
    assert ann.row(0).how == UNREADABLE
    report.check("02.start", Verdict(OPEN, ("",)))
    assert ann.row(0).attempts == 1


def test_no_other_server_gets_a_key(ann, monkeypatch):
    """Without a board's record, nothing is written, even if REDIS_URL names a user, as for a
    company's server."""
    ann.client(1).flushdb()
    monkeypatch.setenv("REDIS_URL", ann.learners[1].url)
    report.stage("02:start")
    report.check("02.start", Verdict(SOLVED, ("",)))
    assert ann.client(1).dbsize() == 0


def test_a_server_without_users_is_sent_nothing(ann, monkeypatch):
    """Its own command count proves it."""
    url = f"{ann.url}?db=0"
    monkeypatch.setenv("REDIS_URL", url)
    with connect(url) as r:
        before = r.info("stats")["total_commands_processed"]
        report.check("02.start", Verdict(OPEN, ("",)))
        assert r.info("stats")["total_commands_processed"] == before + 1


def test_a_class_server_that_is_away_costs_no_verdict(ann, monkeypatch, tmp_path):
    """A check never raises because of it."""
    monkeypatch.setenv("REDIS_URL", f"unix://ann:pw@{tmp_path}/none.sock")
    report.stage("02:start")
    report.check("02.start", Verdict(OPEN, ("",)))


@pytest.mark.parametrize("name", ["99.none", 7, None, "02:start", "../x"])
def test_a_check_of_no_exercise_is_no_place(ann, name):
    """The check itself already tells the learner."""
    report.check(name, Verdict(FAILED, ("",)))
    assert ann.row(0).how == NO_SIGN


def test_a_real_kernel_reports(at_school, monkeypatch, tmp_path):
    """Through clean_slate and check, which every lesson calls; the learner's own output is
    unchanged."""
    monkeypatch.setenv("REDIS_URL", at_school.learners[2].url)
    monkeypatch.setenv(marks.PROGRESS_VARIABLE, str(tmp_path / "solved"))
    kernel = Kernel()
    try:
        kernel.wait()
        kernel.run(
            "from helpers.checks import check\nfrom helpers.connection import connect\n"
            "from helpers.streams import clean_slate\nr = connect()"
        )
        stub = 'clean_slate(r, "02:start")\nfor v in range(5): r.xadd("02:start", {"value": v})'
        assert kernel.run(f"{stub}\nr.xgroup_create('02:start', 'readers', '$')") == ""
        assert "hint: " in kernel.run('check("02.start", r)')
        shown = kernel.run(
            "print([c.line for c in __import__('helpers.connection.evidence')"
            ".connection.evidence.book.attempts['02:start'].commands])"
        )
    finally:
        kernel.end()
    row = at_school.row(2)
    assert (row.exercise, row.attempts, bool(row.idea)) == ("02.start", 1, True)
    assert "XADD" in shown and RECORD not in shown


# Values that learners may store instead

SPOILT = {
    "script": b"<script>alert(1)</script>",
    "escapes": b"\x1b[2J\x1b]0;taken\x07",
    "not UTF-8": b"\xff\xfe{",
    "deep": b"[" * 100_000,
    "long number": b'{"attempts":' + b"9" * 4_000 + b"}",
    "other parts": b'{"lesson":"02"}',
    "a part more": json.dumps(json.loads(to_bytes(START)) | {"more": 1}).encode(),
    "null": b"null",
    "only a bit too long": to_bytes(START)[:-1] + b" " * RECORD_BYTES + b"}",
}
PARTS = {
    "lesson": ["<b>", 2, "٠٢", "", None],
    "exercise": ["<b>02.start", 7, None, ["02.start"]],
    "state": ["<i>", None, [], {}],
    "misconception": ["\x1b[31m", {}, 1],
    "attempts": [-1, 1.5, True, "3", 10**7, float("nan"), float("inf")],
    "since_ms": [-1, "0", None, 2**63, True],
    "at_ms": [[], 1e300],
    "solved": ["02.start", ["<b>"], [["02.start"]], {"02.start": 1}, None],
}


@pytest.mark.parametrize("stored", SPOILT.values(), ids=SPOILT)
def test_what_is_no_record_is_one_word(at_school, stored):
    """The spoiled row says unreadable; nobody else's row changes."""
    at_school.client(0).set(RECORD, stored)
    at_school.client(1).set(RECORD, to_bytes(START))
    assert at_school.row(0).how == UNREADABLE
    assert at_school.row(1).exercise == "02.start"


@pytest.mark.parametrize(
    ("part", "value"), [(part, value) for part, values in PARTS.items() for value in values]
)
def test_each_part_is_one_that_the_course_writes(part, value):
    """A record lets through no text of a learner's, and nothing that only claims to be a number."""
    with pytest.raises(ValueError, match="standing|Expecting"):
        from_bytes(json.dumps(json.loads(to_bytes(START)) | {part: value}).encode())


def test_a_key_of_any_other_type_is_one_word(at_school):
    """A million fields, a list, a stream: none of it is read."""
    spoil = at_school.client(0)
    spoil.delete(RECORD)
    fill = "for n = 1, 1000000 do redis.call('HSET', KEYS[1], n, n) end"
    spoil.eval(fill, 1, RECORD)
    assert at_school.row(0).how == UNREADABLE
    spoil.delete(RECORD)
    spoil.xadd(RECORD, {"state": "solved"})
    assert at_school.row(0).how == UNREADABLE


def test_a_string_of_500_mb_is_not_read(at_school):
    """By the server's own count, the board receives no more than a record's length."""
    at_school.client(0).setrange(RECORD, 500_000_000, "x")
    with connect(at_school.url) as r:
        before = r.info("stats")["total_net_output_bytes"]
        assert at_school.row(0).how == UNREADABLE
        assert r.info("stats")["total_net_output_bytes"] - before < 50_000
    at_school.client(0).delete(RECORD)


def test_a_database_that_is_not_there_shows_no_one_else(at_school):
    """If SELECT is refused, GETRANGE would read the previous learner's database."""
    from helpers.classroom.pull import standings

    at_school.client(3).set(RECORD, to_bytes(START))
    with connect(at_school.url) as r:
        _, found = standings(r, [4, 999])
    assert found == [START, UNREADABLE]


# Who needs help


def test_who_needs_help_stands_first():
    """The stuck, those stuck longest first; then those working; learners who are done or away come
    last."""
    now = 100 * MINUTE
    cases = {
        "slow": Standing("02", "02.start", now - 10 * MINUTE, now - MINUTE, OPEN),
        "tries": Standing("02", "02.start", now - MINUTE, now, HINT, "dollar-hides", 3),
        "fine": Standing("02", "02.start", now - MINUTE, now, OPEN, "", 2),
        "done": Standing("02", "02.start", 0, now, SOLVED, "", 9),
        "gone": Standing("02", "02.start", 0, now - SILENT_MS - 1, OPEN, "", 9),
        "reads": Standing("04", "", 0, now),
    }
    found = [rows.row(name, name, each, now) for name, each in cases.items()]
    found += [rows.row("new", "new", None, now), rows.row("bad", "bad", UNREADABLE, now)]
    names = [row.name for row in rows.by_need(found)]
    assert names == ["slow", "tries", "reads", "fine", "bad", "new", "done", "gone"]
    assert rows.summary(found) == (
        f"2 {STUCK} · 2 {WORKING} · 1 {UNREADABLE} · 1 {NO_SIGN} · 1 {HAS_SOLVED} · 1 {GONE}"
    )


def test_the_most_frequent_misconception_is_named():
    """It is counted among those still working; solved exercises no longer matter."""
    late = Standing("02", "02.start", 0, 0, HINT, "dollar-hides", 1)
    other = Standing("03", "03.types", 0, 0, HINT, "field-keeps-type", 1)
    past = Standing("02", "02.start", 0, 0, SOLVED, "dollar-hides", 1)
    found = [rows.row(str(n), "", each, 0) for n, each in enumerate([late, late, other, past])]
    said = rows.ideas(found)
    assert said[0] == f"02.start: {BY_ID['dollar-hides'].name} (2 learners)"


def test_times_are_said_as_people_say_them():
    """In words, even if a clock runs ahead."""
    said = {0: "now", 59_999: "now", 60_000: "1 min", 7_500_000: "2 h 5 min"}
    assert {ms: rows.duration(ms) for ms in said} == said
    assert rows.duration(3 * 24 * 60 * MINUTE) == "3 d"
    future = Standing("02", "02.start", 10**12, 10**12)
    assert rows.row("a", "a", future, 0).there_ms == 0


# In a terminal


def test_the_terminal_shows_a_line_for_each_learner(at_school):
    """Only the first ones if there's no room for all; a terminal obeys nothing in it."""
    at_school.client(1).set(RECORD, to_bytes(START))
    hostile = rows.row("\x1b[2Jann\n\u202e" + "x" * 500, "user", START, 0)
    lines = terminal.text([hostile, *at_school.board.look()], 3).splitlines()
    assert len(lines) == 1 + 1 + 1 + 3 + 1 and lines[-1] == "… and 2 learners who need less help"
    assert all(line.isprintable() and len(line) < 160 for line in lines)
    assert "02.start From the beginning" in lines[3]


# A learner's pictures


def stored(at_school, stream: str, **entries: object) -> None:
    """Store an entry in Ann's stream, and put her at the exercise."""
    at_school.client(0).xadd(stream, entries)
    at_school.client(0).set(RECORD, to_bytes(START))


def test_a_learners_stream_is_drawn(at_school):
    """As the learner sees it, from the learner's own database."""
    stored(at_school, "02:start", value=1)
    at_school.client(1).set(RECORD, to_bytes(START))
    [drawn] = at_school.board.draw("user1")
    assert drawn.shot.length == 1 and "<svg" in drawn.svg
    [said] = at_school.board.draw("user2")
    assert said == "There is no stream of an exercise of lesson 02 here."
    assert at_school.board.draw("nobody") is None


def test_between_exercises_the_lessons_streams_are_drawn(at_school):
    """Also for an exercise that has no stream."""
    stored(at_school, "02:start", value=1)
    at_school.client(0).xadd("02:two", {"value": 2})
    for at in (Standing("02", "", 0, 0), Standing("01", "01.patience", 0, 0)):
        at_school.client(0).set(RECORD, to_bytes(at))
        at_school.client(0).xadd("01:late", {"value": 2})
        lengths = [each.shot.stream for each in at_school.board.draw("user1")]
        assert lengths == {"02": ["02:start", "02:two"], "01": ["01:late"]}[at.lesson]


def test_a_stream_that_is_too_large_is_not_read(at_school):
    """Whether in one entry or in a dead letter, a sentence says how large it is."""
    stored(at_school, "02:start", value="x" * (MOST_DRAWN + 1))
    assert at_school.board.draw("user1") == ["02:start is too large to draw: it takes 2 MB."]
    at_school.client(0).delete("02:start")
    stored(at_school, "02:start", value="x")
    at_school.client(0).xadd("02:start:dead", {"value": "x" * 9_000_000})
    [said] = at_school.board.draw("user1")
    assert "too large to draw: it takes" in said


def test_a_key_of_another_type_is_drawn_as_that(at_school):
    """The picture's text says what it is, as in the lessons."""
    at_school.client(0).set("02:start", "x")
    at_school.client(0).set(RECORD, to_bytes(START))
    [drawn] = at_school.board.draw("user1")
    assert "string, not a stream" in drawn.text


def test_a_learner_without_a_record_has_no_pictures(at_school):
    """Nor does a learner with a spoiled one."""
    for spoilt in ("", "<b>"):
        at_school.client(0).set(RECORD, spoilt)
        [said] = at_school.board.draw("user1")
        assert "nothing to draw" in said


# In a browser: the page as text; see also tests/browser/test_board.py


@pytest.fixture
def served(at_school):
    """The page, served by another process: its address with the token."""
    with serving(at_school) as address:
        yield address


@contextlib.contextmanager
def serving(found: School):
    """Serve a school's page until the test is over."""
    code = (
        "import sys; from helpers.classroom.board import ClassBoard, in_browser;"
        "from helpers.classroom.roster import Learner; url, *names = sys.argv[1:];"
        "learners = [Learner(name, f'user{n}', n, '') for n, name in enumerate(names, 1)];"
        "in_browser(ClassBoard(url, learners), '127.0.0.1', 0)"
    )
    command = [sys.executable, "-c", code, found.url, *(each.name for each in found.learners)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as process:
        try:
            yield re.search(r"http://\S+", process.stdout.readline())[0]
        finally:
            process.kill()


def get(address: str, **headers: str):
    """Ask for a page; return status, headers and text."""
    request = urllib.request.Request(address, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except HTTPError as error:
        return error.code, error.headers, error.read().decode()


def test_without_the_token_there_is_no_page(served):
    """Neither the page nor any part of it; an almost right token doesn't help."""
    base, _, token = served.partition("?token=")
    for page in ("", "rows", "learner?user=user1", "board.js", "none"):
        mark = "&" if "?" in page else "?"
        for wrong in ("", f"{mark}token=", f"{mark}token={token[:-1]}", f"{mark}token=é"):
            status, headers, text = get(base + urllib.request.quote(page + wrong, safe="?&=%/"))
            assert (status, text) == (
                403,
                "Open the address that the command printed: it ends with the token.\n",
            )
            assert "default-src 'none'" in headers["Content-Security-Policy"]
    status, _, text = get(f"{base}rows", Cookie=f"board-{base.split(':')[2][:-1]}={token}")
    assert status == 200 and "Ann" in text


def test_the_page_shows_names_as_text(served):
    """A learner's name, and the values in a picture, are never markup."""
    base, _, token = served.partition("?")
    status, headers, text = get(f"{base}rows?{token}")
    assert status == 200 and "<script" not in text and "&lt;script&gt;" in text
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer" and "Server" not in headers


def test_the_page_only_reads(served):
    """Any other method is refused, and a missing page is one sentence."""
    base, _, token = served.partition("?")
    for method in ("POST", "PUT", "DELETE"):
        request = urllib.request.Request(f"{base}rows?{token}", method=method)
        with pytest.raises(HTTPError) as refused:
            urllib.request.urlopen(request, timeout=60)
        assert refused.value.code == 405
    status, _, text = get(f"{base}learner?user=nobody&{token}")
    assert (status, text) == (404, "There is no such page, or no such learner.\n")


def test_a_class_server_that_is_away_is_a_sentence():
    """On the page and in the terminal; both continue once it's back."""
    with school(("Ann",)) as found, serving(found) as address:
        base, _, token = address.partition("?")
        assert get(f"{base}rows?{token}")[0] == 200
        found.server.kill()
        assert get(f"{base}rows?{token}")[::2] == (503, "The class server doesn't answer.\n")
        with pytest.raises(RuntimeError, match="The class server doesn't answer: "):
            in_terminal(found.board, 1, 1)
        found.server.start()
        assert get(f"{base}rows?{token}")[0] == 200
        in_terminal(found.board, 1, 1)


# The command


def test_class_board_looks_at_the_class_that_is_up(room, monkeypatch, tmp_path):
    """Learners' reports count from `class up` on, and need only a learner's rights."""
    assert room.up("Ann\nBob").returncode == 0
    monkeypatch.setattr(marks, "in_session", lambda: True)
    monkeypatch.setenv(marks.PROGRESS_VARIABLE, str(tmp_path / "solved"))
    monkeypatch.setenv("REDIS_URL", room.learners()[0].url)
    for _ in range(3):
        report.check("02.start", Verdict(HINT, ("",), "dollar-hides"))
    done = room.run("board", "--terminal", "--looks", "1")
    assert (done.returncode, done.stderr) == (0, "")
    head, talk, _, _, ann, bob = done.stdout.splitlines()
    assert head == f"1 {STUCK} · 1 {NO_SIGN}" and "(1 learner)" in talk
    assert ann.startswith("Ann") and "02.start From the beginning" in ann
    assert bob.split() == ["Bob", *NO_SIGN.split()]


def test_no_reply_of_a_class_server_fills_a_teachers_memory(room):
    """A client that asks for more is disconnected, such as a board while a learner changes the
    stream being drawn; its next request is answered."""
    room.up("Ann")
    with room.client(0) as ann, server.teacher(room.folder) as teacher:
        for _ in range(8):
            ann.xadd("02:start", {"value": "x" * 10_000_000})
        teacher.select(room.learners()[0].database)
        with pytest.raises(redis.ConnectionError):
            teacher.xrange("02:start")
        assert teacher.ping() and ann.xlen("02:start") == 8


def test_the_board_refuses_what_it_can_not_do(room):
    """One sentence each, for a port that is taken, and for an invalid address."""
    room.up("Ann")
    taken = room.run("board", "--port", str(room.port))
    assert taken.returncode == 1
    assert f"can't listen at 127.0.0.1, port {room.port}" in taken.stderr
    wrong = room.run("board", "--bind", "0.0.0.0")
    assert wrong.returncode == 1 and "--bind must be the one IP address" in wrong.stderr
