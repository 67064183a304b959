"""Events, the spans between them, and the chart."""

import subprocess
import sys
import threading

import pytest
from matplotlib.figure import Figure

from helpers.events import ACKED, CLAIMED, CRASHED, DEAD_LETTERED, DELIVERED, PRODUCED, Event, Log
from helpers.streams import claim, ensure_group, pending, read_group
from helpers.views import timeline
from helpers.views.holdings import STILL_PENDING, TAKEN, Holding, story
from helpers.views.labels import label
from helpers.views.timeline_drawing import draw_waiting

CRASH = [
    Event(100.0, PRODUCED, "a"),
    Event(100.1, PRODUCED, "b"),
    Event(100.1, PRODUCED, "c"),
    Event(100.15, PRODUCED, "d"),
    Event(100.2, DELIVERED, "a", "alice"),
    Event(100.2, DELIVERED, "b", "alice"),
    Event(100.3, ACKED, "a", "alice"),
    Event(100.4, CRASHED, consumer="alice"),
    Event(100.9, CLAIMED, "b", "bob"),
    Event(101.0, DELIVERED, "c", "bob"),
    Event(101.1, DEAD_LETTERED, "b", "bob"),
    Event(101.2, PRODUCED, "e"),
]


def rounded(spans: list[Holding]) -> list[tuple]:
    """Spans without the last digits of their times."""
    return [
        (s.value, s.consumer, round(s.start, 3), round(s.end, 3), s.how, s.claimed) for s in spans
    ]


def test_a_story_tells_who_held_what_and_how_it_ended():
    """Acked, cut off by a crash, claimed and dead-lettered, still open."""
    assert rounded(story(CRASH).spans) == [
        ("a", "alice", 0.2, 0.3, ACKED, False),
        ("b", "alice", 0.2, 0.4, CRASHED, False),
        ("b", "bob", 0.9, 1.1, DEAD_LETTERED, True),
        ("c", "bob", 1.0, 1.2, STILL_PENDING, False),
    ]


def test_an_entry_taken_from_a_living_consumer_is_told_so():
    """A claim ends the first one's span."""
    events = [
        Event(0, DELIVERED, "a", "alice"),
        Event(1, CLAIMED, "a", "bob"),
        Event(2, ACKED, "a", "bob"),
    ]
    assert [s.how for s in story(events).spans] == [TAKEN, ACKED]


def test_the_sentence_holds_what_is_the_same_in_every_run():
    """Numbers and names; no times, and not who was faster."""
    assert (
        repr(timeline(CRASH))
        == "5 entries: 1 acked, alice crashed, 1 claimed by another consumer, 1 dead-lettered, "
        "2 not delivered, 1 still pending."
    )
    assert repr(timeline([])) == "0 entries: 0 acked, nothing left pending."


@pytest.mark.parametrize(
    ("events", "lines"),
    [
        (CRASH, 4),
        (
            [
                Event(at, what, "a", "alice")
                for at, what in enumerate((DELIVERED, ACKED, DELIVERED, ACKED))
            ],
            0,
        ),
    ],
)
def test_only_what_is_unfinished_waits(events, lines):
    """A line for each entry until its first delivery, and one from a crash to the claim; acked
    entries don't wait."""
    axes, told = Figure().subplots(), story(events)
    draw_waiting(axes, told, {value: row for row, value in enumerate(told.values)})
    assert len(axes.collections) == lines


def test_a_real_run_agrees_with_the_server(r, stream):
    """Alice reads 5 and acks 2, then crashes; Bob claims and finishes: the sentence agrees with
    XPENDING and XACK."""
    log = Log()
    ensure_group(r, stream, "g")
    for value in range(5):
        r.xadd(stream, {"value": value})
        log.add(PRODUCED, value)
    for entry in read_group(r, stream, "g", "alice"):
        log.add(DELIVERED, entry.fields["value"], "alice")
        if int(entry.fields["value"]) < 2 and r.xack(stream, "g", entry.id):
            log.add(ACKED, entry.fields["value"], "alice")
    log.add(CRASHED, consumer="alice")
    left = pending(r, stream, "g")
    assert repr(timeline(log)) == f"5 entries: 2 acked, alice crashed, {len(left)} still pending."
    for line in left:
        entry = claim(r, stream, "g", "bob", line.id, min_idle_ms=0)
        log.add(CLAIMED, entry.fields["value"], "bob")
        r.xack(stream, "g", entry.id)
        log.add(ACKED, entry.fields["value"], "bob")
    assert not pending(r, stream, "g")
    assert (
        repr(timeline(log))
        == "5 entries: 5 acked, alice crashed, 3 claimed by another consumer, nothing left pending."
    )


def test_a_log_takes_events_from_many_threads_in_order():
    """None is lost, and none is out of order."""
    log = Log()
    threads = [
        threading.Thread(target=lambda: [log.add(PRODUCED, i) for i in range(500)])
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    times = [event.at for event in log]
    assert len(log) == 4000 and times == sorted(times)


def test_an_unknown_event_is_refused():
    """A misspelled one would be missing from the chart."""
    with pytest.raises(ValueError, match="isn't an event: use one of produced"):
        Log().add("aked", 1)


STRANGE = [
    "漢字",
    "👨\u200d👩\u200d👧",
    "❤\ufe0f",
    "e\u0301",
    "\u200b",
    "\u3164",
    "한국어",
    "ไทย",
    "\U0001f600",
    "\uf8ff",
    "\ud800",
    "\0",
    "می\u200cخواهم",
]
"""Characters without a glyph in the chart's font, or without ink."""


@pytest.mark.parametrize(
    "text, said",
    [
        ("漢字", "\\u6f22\\u5b57"),
        ("e\u0301", "e\u0301"),
        ("a\u200bb", "a\\u200bb"),
        ("$a$", "\\$a\\$"),
        ("_a", " _a"),
        ("", '""'),
        ("漢" * 99, "\\u6f22\\u6f22\\…"),
    ],
)
def test_a_label_shows_what_the_font_does_not_have(text, said):
    """As an escape, within the available columns, because an empty box could be anything."""
    assert label(text, 14) == said


@pytest.mark.parametrize(
    "events",
    [
        CRASH,
        [],
        CRASH[:1],
        [Event(0, CRASHED, consumer="x")],
        [
            Event(i / 1000, what, f"$a_{i}^<&", "_x$y")
            for i in range(200)
            for what in (PRODUCED, DELIVERED, ACKED)
        ],
        [
            Event(i, what, value, value)
            for i, value in enumerate(STRANGE)
            for what in (PRODUCED, DELIVERED, CRASHED)
        ],
    ],
    ids=["crash", "nothing", "one", "only a crash", "many with odd names", "other scripts"],
)
def test_it_is_drawn_without_a_warning(events, warned):
    """It is a PNG of the same width whatever happened, even from a thread, and pyplot keeps no
    figure."""
    drawn = []
    thread = threading.Thread(target=lambda: drawn.append(timeline(events, "a $title$").png()))
    thread.start()
    thread.join()
    assert drawn[0].startswith(b"\x89PNG") and int.from_bytes(drawn[0][16:20], "big") == 1428
    assert [str(w.message) for w in warned] == []


def test_pyplot_is_never_loaded():
    """Its global state isn't thread-safe, and would show the figure twice."""
    code = (
        "import sys; from helpers.views import timeline; timeline([]).png(); "
        "sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_notebook_gets_the_chart_and_the_sentence(monkeypatch):
    """Two outputs: the image, which nbval never compares, and the words, which it does."""
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, **_: shown.append(data))
    timeline(CRASH)._ipython_display_()
    assert [sorted(data) for data in shown] == [["image/png", "text/plain"], ["text/plain"]]
    assert shown[1]["text/plain"] == timeline(CRASH).sentence
