"""The picture of each scene, read back from its SVG and its text, and compared with the server's
XINFO and XPENDING."""

import math
import re
import xml.etree.ElementTree as ElementTree
from itertools import combinations

import pytest
import redis.asyncio
import wcwidth
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from helpers.connection import can, describe
from helpers.entries import id_key, to_entry
from helpers.replies import ask
from helpers.snapshots import snapshot
from helpers.snapshots.states import ACKED, DEAD_LETTERED, NOT_DELIVERED, PENDING, SKIPPED, TRIMMED
from helpers.streams import clean_slate, ensure_group
from helpers.views import memory_chart, picture, speed_chart, spread_chart, watch
from helpers.views.characters import cells, clean, shorten
from helpers.views.svg import LOOKS, strip
from helpers.views.words import LEGEND
from tests import scenes
from tests.scenes import GROUP, SCENES, add, read

SVG = "{http://www.w3.org/2000/svg}"
BIG, SMALL = "46", "30"
"""Heights of the boxes in the stream's row, and in the rows of consumers and of dead letters."""


def boxes(svg: str, height: str) -> list[tuple[str, str]]:
    """Read each box's value and state back from a drawing."""
    looks = {(fill, border): state for state, (fill, border, _) in LOOKS.items()}
    found = []
    for group in ElementTree.fromstring(svg).iter(f"{SVG}g"):
        box = group.find(f"{SVG}rect")
        if group.find(f"{SVG}title") is not None and box.get("height") == height:
            found.append(
                (group.find(f"{SVG}title").text or "", looks[box.get("fill"), box.get("stroke")])
            )
    return found


def said(svg: str) -> list[str]:
    """Every line of text in a drawing."""
    return [node.text for node in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def expected(r, stream) -> list[tuple[str, str]]:
    """Derive each entry's state from the server's replies, without a snapshot: all entries, and
    pending ones that are gone."""
    stored = {
        e.id: clean(e.fields["value"])
        for e in (to_entry(*reply) for reply in ask(r, [("XRANGE", stream, "-", "+")])[0])
    }
    pending = {line["message_id"] for line in r.xpending_range(stream, GROUP, "-", "+", 100)}
    dead = {fields["dead:id"] for _, fields in r.xrange(stream + ":dead")}
    (group,) = r.xinfo_groups(stream)
    passed = ACKED if group["entries-read"] else SKIPPED

    def state(entry_id: str) -> str:
        if entry_id not in stored:
            return TRIMMED
        if entry_id in pending:
            return PENDING
        if entry_id in dead:
            return DEAD_LETTERED
        delivered = id_key(entry_id) <= id_key(group["last-delivered-id"])
        return passed if delivered else NOT_DELIVERED

    return [(stored.get(i, "?"), state(i)) for i in sorted({*stored, *pending}, key=id_key)]


ONE_GROUP = [scene for scene in SCENES if scene is not scenes.two_groups]


@pytest.mark.parametrize("scene", ONE_GROUP)
def test_the_drawing_shows_the_state_that_the_server_tells(r, stream, scene):
    """Each entry has its look; of 1,000 entries, the first 26 and the last 13 are shown."""
    scene(r, stream)
    truth = expected(r, stream)
    shown = truth if len(truth) <= 52 else truth[:26] + truth[-13:]
    assert boxes(picture(r, stream).svg, BIG) == shown


@pytest.mark.parametrize("scene", ONE_GROUP)
def test_the_drawing_shows_who_has_what(r, stream, scene):
    """A row for each consumer in XINFO CONSUMERS, with its entries in XPENDING."""
    scene(r, stream)
    svg, values = (
        picture(r, stream).svg,
        dict(
            zip(
                [e.id for e in snapshot(r, stream).pending],
                expected_pending(r, stream),
                strict=True,
            )
        ),
    )
    small = [
        box
        for c in r.xinfo_consumers(stream, GROUP)
        for line in r.xpending_range(stream, GROUP, "-", "+", 100, c["name"])
        for box in [values[line["message_id"]]]
    ]
    assert [box for box in boxes(svg, SMALL) if box[1] != DEAD_LETTERED] == small
    assert {c["name"] for c in r.xinfo_consumers(stream, GROUP)} <= set(said(svg))


def expected_pending(r, stream) -> list[tuple[str, str]]:
    """The value and state of all pending entries, in ID order."""
    return [box for box in expected(r, stream) if box[1] in (PENDING, TRIMMED)]


@pytest.mark.parametrize("scene", ONE_GROUP)
def test_the_counts_are_the_servers(r, stream, scene):
    """In the drawing, in the text, and in the sentence for screen readers."""
    scene(r, stream)
    (group,), length = r.xinfo_groups(stream), r.xlen(stream)
    lag = "unknown" if group["lag"] is None else group["lag"]
    drawn = picture(r, stream)
    for words in (drawn.svg, drawn.text, ElementTree.fromstring(drawn.svg).get("aria-label")):
        assert (
            f"{length} entr" in words
            and f"lag {lag}" in words
            and f"pending {group['pending']}" in words
        )
    assert drawn.sentence in ElementTree.fromstring(drawn.svg).get("aria-label")


def test_several_groups_have_a_row_of_marks_each(r, stream):
    """One box for each entry and group, with the look of its state there."""
    scenes.two_groups(r, stream)
    svg, shot = picture(r, stream).svg, snapshot(r, stream)
    rects = [
        (x.get("fill"), x.get("y"))
        for x in ElementTree.fromstring(svg).iter(f"{SVG}rect")
        if x.get("height") == "18"
    ]
    assert [fill for fill, _ in rects] == [
        LOOKS[e.states[i]][0] for i in range(3) for e in shot.entries
    ]
    assert len({y for _, y in rects}) == 3
    assert "auditGroup    ◐  ◐  ◐  ◐  ◐  ◐  ·  ·  ·  ·" in picture(r, stream).text


SEEN: dict[str, tuple[str, str]] = {}


@pytest.mark.parametrize("scene", SCENES)
def test_the_same_state_gives_the_same_bytes(r, stream, prefix, scene):
    """Made twice, with other IDs, at another time, and on every server."""
    drawn = []
    for _ in range(2):
        scene(r, stream)
        now = picture(r, stream)
        drawn.append(tuple(words.replace(prefix, "") for words in (now.svg, now.text)))
        clean_slate(r, prefix)
    assert drawn[0] == drawn[1] == SEEN.setdefault(scene.__name__, drawn[0])
    assert not re.search(r"\d{13}", "".join(drawn[0]))


@pytest.mark.parametrize("scene", SCENES)
def test_the_text_fits_a_terminal(r, stream, scene):
    """No line is wider than a code cell's output."""
    scene(r, stream)
    assert max(map(cells, picture(r, stream).text.splitlines())) <= 90


def test_the_text_says_it_at_a_glance(r, stream, prefix):
    """It is what a failing test prints."""
    scenes.after_a_claim(r, stream)
    assert repr(picture(r, stream)).replace(prefix, "").splitlines()[:6] == [
        "dataStream › consumerGroup",
        "10 entries · lag 6 · pending 2",
        "stream   [0 ✓] [1 ✓] (2 bob 2×) (3 bob) ▲ 4 5 6 7 8 9",
        "alice    nothing pending",
        "bob      2 pending · up to 2 deliveries: 2 3",
        "carol    nothing pending",
    ]


def test_the_sentence_says_it_in_words(r, stream, prefix):
    """It is for screen readers."""
    scenes.after_a_claim(r, stream)
    assert (
        picture(r, stream).sentence.replace(prefix, "")
        == "Stream dataStream, group consumerGroup: 10 entries, lag 6, pending 2; 0 and 1 "
        "counted as acked; 2 pending for bob, delivered 2 times; "
        "3 pending for bob; 4 to 9 to be delivered"
    )


def test_a_gap_is_said_in_words(r, stream):
    """It says how many entries aren't shown, and how many of those are pending."""
    scenes.thousand_entries(r, stream)
    drawn = picture(r, stream)
    assert (
        "961 entries not shown, 10 of them pending" in drawn.svg
        and "last delivered: one of these" in drawn.svg
    )
    assert "960 entries not shown, 10 of them pending" in drawn.text


def test_a_long_value_is_shortened_and_whole_in_the_tooltip(r, stream):
    """200 characters don't stretch the picture."""
    scenes.long_value(r, stream)
    svg = picture(r, stream).svg
    assert "The quick brown f…" in said(svg)
    assert {len(value) for value, _ in boxes(svg, BIG)} == {1, 200, 0, 5}


def test_raw_bytes_are_readable_and_markup_is_text(r, stream):
    """Values are data, in the drawing as in the text."""
    scenes.raw_bytes(r, stream)
    drawn = picture(r, stream)
    assert [value for value, _ in boxes(drawn.svg, BIG)][:3] == [
        "\\xff\\xfe\\x00\\x01ab",
        "<script>&\"'</script>",
        "a\\nb\\u202ec",
    ]
    assert (
        "<script" not in drawn.svg
        and "\u202e" not in drawn.text
        and len(drawn.text.splitlines()) <= 8
    )


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    name=st.binary(max_size=30),
    value=st.binary(max_size=300),
    owner=st.text(max_size=20),
    group=st.text(min_size=1, max_size=20),
)
@example(
    name=b"value",
    value=b"]]><script>alert(1)</script>",
    owner='" onload="x',
    group="</text><image href='x'/>",
)
@example(
    name=b"value",
    value="\ud7ff\u0000\u202e\uffff\u0300\U0001f468\u200d\U0001f469".encode(),
    owner="\x1b[31m",
    group="a\nb",
)
def test_whatever_the_bytes_the_drawing_is_well_formed_and_holds_no_markup(
    r, stream, name, value, owner, group
):
    """Any field name, value, consumer and group gives the usual elements and attributes, and no
    control characters."""
    r.xadd(stream, {name: value})
    ask(
        r,
        [
            ("XGROUP", "CREATE", stream, group.encode("utf-8", "replace"), "0"),
            ("XGROUP", "CREATE", stream, "second", "0"),
        ],
    )
    ask(
        r,
        [
            (
                "XREADGROUP",
                "GROUP",
                group.encode("utf-8", "replace"),
                owner.encode("utf-8", "replace"),
                "STREAMS",
                stream,
                ">",
            )
        ],
    )
    for shown in (picture(r, stream, group), picture(r, stream)):
        nodes = list(ElementTree.fromstring(shown.svg).iter())
        assert {node.tag.removeprefix(SVG) for node in nodes} <= {
            "svg",
            "rect",
            "g",
            "title",
            "text",
            "path",
            "circle",
        }
        assert not [
            name
            for node in nodes
            for name in node.attrib
            if name.startswith("on") or "href" in name
        ]
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", shown.text + shown.svg)
    r.delete(stream)


SHOWN = [
    ("\u200b", "\\u200b", 6),
    ("a\u200bb", "a\\u200bb", 8),
    ("\ufeff7", "\\ufeff7", 7),
    ("\xad", "\\xad", 4),
    ("\u3164", "\\u3164", 6),
    ("\u2800", "\\u2800", 6),
    ("\u0301", "\\u0301", 6),
    ("a\u200db", "a\\u200db", 8),
    ("👨\u200d", "👨\\u200d", 8),
    ("x\n", "x\\n", 3),
    (" ", '" "', 3),
    ("7 ", '"7 "', 4),
    ("\u3000", '"\u3000"', 4),
    ("\xa0", '"\xa0"', 3),
    ("", '""', 2),
    ("e\u0301", "e\u0301", 1),
    ("漢字", "漢字", 4),
    ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧", 2),
    ("❤\ufe0f", "❤\ufe0f", 2),
    ("👍🏽", "👍🏽", 2),
    ("می\u200cخواهم", "می\u200cخواهم", 7),
    ("ก็", "ก็", 1),
    ("漢" * 30, "漢" * 8 + "…", 17),
    ("é" * 30, "é" * 17 + "…", 18),
    ("e\u0301" * 30, "e\u0301" * 17 + "…", 18),
    (
        "👨🏽\u200d❤\ufe0f\u200d💋\u200d👨🏿" * 10,
        "👨🏽\u200d❤\ufe0f\u200d💋\u200d👨🏿" * 8 + "…",
        17,
    ),
]
"""A value, its label of at most 18 columns, and the label's width; wcwidth 0.9 gives the same."""


@pytest.mark.parametrize(
    "value, shown, columns", SHOWN, ids=[ascii(value)[:20] for value, _, _ in SHOWN]
)
def test_every_character_is_visible_and_in_its_place(r, stream, value, shown, columns):
    """Invisible characters appear as escapes; combined characters count once and are never
    split."""
    assert shorten(value, 18) == shown and cells(shown) == columns
    assert "\\" in shown or wcwidth.wcswidth(shown) == columns
    ensure_group(r, stream, GROUP)
    add(r, stream, [value, 7])
    drawn = picture(r, stream)
    assert shown in said(drawn.svg) and shorten(value, 24) in drawn.text


def test_marks_of_several_groups_stand_below_wide_values(r, stream):
    """In a terminal, each mark is in the column in which its entry begins."""
    add(r, stream, ["漢字", "👨\u200d👩\u200d👧", "e\u0301", "\u200b", 7])
    for group in ("one", "two"):
        ensure_group(r, stream, group)
    _, _, values, marks, *_ = picture(r, stream).text.splitlines()
    begin = [
        wcwidth.wcswidth(values[: values.index(value)])
        for value in ("漢", "👨", "e\u0301", "\\u200b", "7")
    ]
    assert [i for i, mark in enumerate(marks) if mark == "·"] == begin


def test_blanks_inside_a_value_are_kept(r, stream):
    """A browser would make one of several."""
    add(r, stream, ["a   b"])
    assert (
        '<text x="' in picture(r, stream).svg
        and 'xml:space="preserve">a   b<' in picture(r, stream).svg
    )


def test_names_that_are_not_utf8_are_shown_with_their_bytes(r, stream):
    """Group, consumer, stream and values: another program may have chosen any bytes."""
    name = b"K\xe4the"
    raw = stream.encode() + b"\xff"
    ask(
        r,
        [
            ("XADD", raw, "1-1", name, name),
            ("XGROUP", "CREATE", raw, name, "0"),
            ("XADD", stream, "1-1", "value", name),
            ("XGROUP", "CREATE", stream, name, "0"),
            ("XREADGROUP", "GROUP", name, name, "STREAMS", stream, ">"),
        ],
    )
    for shown in (picture(r, stream), picture(r, stream, "K\\xe4the")):
        assert (
            "K\\xe4the" in said(shown.svg)
            and "(K\\xe4the K\\xe4the)" in shown.text
            and f"{stream} › K\\xe4the" in shown.text
        )
    assert snapshot(r, stream).chosen.consumers[0].name == "K\\xe4the"
    ask(r, [("DEL", raw)])


@pytest.mark.parametrize("chart", [memory_chart, speed_chart, spread_chart])
@pytest.mark.parametrize(
    "wrong",
    [
        {},
        [1, 2],
        None,
        {1: 2},
        {"a": 0, "b": 1},
        {"a": math.nan, "b": 1},
        {"a": 1, "b": math.inf},
        {"a": 1, "b": -1},
        {"a": 1, "b": None},
        {"a": "1"},
        {"a": True},
        {"a": 1, "b": "2"},
    ],
    ids=str,
)
def test_a_chart_of_wrong_numbers_is_refused(chart, wrong):
    """MEMORY USAGE of a missing key is None; a clock may have been set back."""
    with pytest.raises(ValueError, match="must be a (dict of numbers|finite number)"):
        chart(wrong)


def test_names_in_other_scripts_are_drawn_without_a_warning(warned):
    """The chart's font has no glyph for them."""
    assert memory_chart({"漢字": 1, "$a$": 2, "👨\u200d👩": 3})._repr_png_().startswith(b"\x89PNG")
    assert [str(w.message) for w in warned] == []


@pytest.mark.parametrize(
    "look", [snapshot, picture, watch, lambda r, _: describe(r), lambda r, _: can(r, "XADD")]
)
def test_a_client_that_returns_something_else_is_refused(r, stream, look):
    """Bytes or other reply formats would make a wrong picture; a pipeline answers only later."""
    plain = dict(
        connection_class=r.connection_pool.connection_class, **r.connection_pool.connection_kwargs
    )
    for setting, value in (("decode_responses", False), ("legacy_responses", True)):
        with (
            redis.Redis.from_pool(redis.ConnectionPool(**plain | {setting: value})) as other,
            pytest.raises(TypeError, match=setting),
        ):
            look(other, stream)
    for other in (None, redis.asyncio.Redis(), r.pipeline()):
        with pytest.raises(TypeError, match="r must be a client"):
            look(other, stream)
    assert look(r.client(), stream) is not None


def test_states_differ_by_more_than_color():
    """Without color, any two looks in the legend still differ, by a mark or a dashed border."""

    def gray(state):
        return re.sub(r"#[0-9a-f]{6}", "", strip(0, 0, 24, 16, state))

    assert [pair for pair in combinations(LEGEND, 2) if gray(pair[0]) == gray(pair[1])] == []


def test_it_says_what_is_missing(r, stream, prefix):
    """No stream, no such group, another type: one sentence instead of a traceback."""
    assert "There is no stream" in picture(r, stream).svg
    add(r, stream, range(3))
    assert (
        "There is no group" in picture(r, stream, "x").text
        and len(boxes(picture(r, stream, "x").svg, BIG)) == 3
    )
    r.set(prefix + "text", 1)
    assert "is a string, not a stream" in picture(r, prefix + "text").text


def test_notebooks_get_a_drawing_and_a_text(r, stream):
    """With its own light background, a role and a label, no wider than 900 pixels."""
    scenes.ten_undelivered(r, stream)
    shown = picture(r, stream)
    bundle = shown._repr_mimebundle_()
    root = ElementTree.fromstring(bundle["image/svg+xml"])
    assert (
        bundle == {"image/svg+xml": shown.svg, "text/plain": shown.text}
        and root.get("role") == "img"
    )
    assert int(root.get("width")) <= 900 and root.find(f"{SVG}rect").get("fill") == "#fbfcfd"


def reach(node: ElementTree.Element) -> float:
    """Return how far right a text reaches from its x, in the widest font that it asks for."""
    column = 0.602 if node.get("font-family") else 0.512  # DejaVu Sans Mono, DejaVu Sans
    return float(node.get("x")) + cells(node.text or "") * column * float(node.get("font-size"))


def crowded(r, stream) -> None:
    """One consumer has a hundred entries, each delivered several times, and some are dead
    letters."""
    ensure_group(r, stream, GROUP)
    add(r, stream, range(100_000, 100_130))
    read(r, stream, "a consumer with a long name", 100)
    for _ in range(2):
        r.xclaim(
            stream,
            GROUP,
            "a consumer with a long name",
            0,
            [entry_id for entry_id, _ in r.xrange(stream, count=100)],
        )
    for n in range(40):
        r.xadd(stream + ":dead", {"value": n, "dead:id": "0-1"})


def many_holders(r, stream) -> None:
    """Two groups, each with three long-named consumers that have pending entries."""
    add(r, stream, range(90))
    for group in ("the first of the groups", "the second of the groups"):
        ensure_group(r, stream, group)
        for n in range(3):
            r.xreadgroup(group, f"consumer number {n}", {stream: ">"}, count=30)


@pytest.mark.parametrize("scene", [*SCENES, crowded, many_holders])
def test_no_text_leaves_the_frame(r, stream, scene):
    """Neither next to the boxes nor in the title, however long it is."""
    stream += ":a-name-that-is-longer-than-most"
    scene(r, stream)
    texts = [
        node
        for node in ElementTree.fromstring(picture(r, stream).svg).iter(f"{SVG}text")
        if not node.get("text-anchor")
    ]
    assert [node.text for node in texts if reach(node) > 890] == []
    assert texts


def test_hundreds_of_consumers_get_a_sentence(r, stream):
    """Those with pending entries come first."""
    ensure_group(r, stream, GROUP)
    add(r, stream, range(20))
    for i in range(30):
        r.xgroup_createconsumer(stream, GROUP, f"a{i:02}")
    read(r, stream, "zoe", 3)
    assert (
        "zoe" in said(picture(r, stream).svg)
        and "and 23 more consumers: 0 pending" in picture(r, stream).text
    )
