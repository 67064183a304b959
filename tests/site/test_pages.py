"""A notebook as a page: folded parts, and descriptions of pictures."""

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from helpers.setup.environment import ROOT
from helpers.site.pages import SUMMARY, folded, page
from helpers.site.runs import RUNS, record

HIDDEN = {"tags": ["hide-output"]}


def test_the_text_that_gives_an_answer_away_is_folded_up_to_the_next_heading():
    """The text after the heading is for everybody."""
    made = folded("Six.\nTrimming asks no group.\n\n## The next\n\nText.")
    assert made.index("Six.") < made.index("</details>") < made.index("## The next")
    assert made.startswith('<details class="answer"><summary>' + SUMMARY)


def test_a_text_that_begins_with_a_heading_stays_as_it_is():
    """There is nothing to fold."""
    assert folded("## The next\n\nText.") == "## The next\n\nText."


def test_only_what_follows_a_settled_prediction_is_folded():
    """Any other text stays visible."""
    cells = [
        new_markdown_cell("# T"),
        new_code_cell("1"),
        new_markdown_cell("Open."),
        new_code_cell("2", metadata=HIDDEN),
        new_markdown_cell("Two."),
    ]
    made = page(new_notebook(cells=cells), [])
    assert made.cells[2].source == "Open." and made.cells[4].source.startswith("<details")


def test_a_picture_is_drawn_in_the_page_and_a_chart_has_its_sentence():
    """There are words for those who can't see them, and no separate file, which a theme couldn't
    reach."""
    svg = new_output("display_data", {"image/svg+xml": "<svg/>", "text/plain": "a"})
    png = new_output("display_data", {"image/png": "AAAA", "text/plain": 'Twice as "fast".'})
    made = page(new_notebook(cells=[new_code_cell("1", outputs=[svg, png])]), [])
    first, second = [output.data["text/html"] for output in made.cells[0].outputs]
    assert "<svg/>" in first and 'alt="Twice as &quot;fast&quot;."' in second


def test_a_recorded_run_tells_what_the_server_said(r):
    """Each frame shows its moment; in the end, nothing is pending, and nothing is left behind."""
    for run in RUNS.values():
        frames = record(r, run)
        assert "pending 0" in frames[-1].svg
        assert len({frame.svg for frame in frames}) >= 4


def test_the_diagnosis_follows_the_run(r):
    """Lesson 12's run is well, ill, and well again."""
    said = [frame.said for frame in record(r, RUNS["12_observe"])]
    assert said[0].endswith("nobody reads.") and said[2].endswith("consumer dead.")
    assert said[-1].endswith("all is well.")
    assert not r.exists("site:dataStream")


def test_runs_stand_on_lessons_that_are_there():
    """A renamed lesson would silently lose its run."""
    assert all((ROOT / "notebooks" / f"{name}.ipynb").exists() for name in RUNS)
    assert nbformat.read(ROOT / "notebooks" / "04_consume_and_ack.ipynb", 4)
