"""A chart of who held which entry when, with one sentence below."""

from collections.abc import Iterable
from io import BytesIO

from helpers.events import ACKED, DEAD_LETTERED, Event
from helpers.plurals import count
from helpers.views import characters
from helpers.views.holdings import Story, story
from helpers.views.timeline_drawing import LABELED, draw

INCHES, DPI, ROW = 8.4, 170, 0.26
"""Width of the chart, its sharpness, and the height of an entry's row."""


class Timeline:
    """A chart that a notebook shows with a sentence beneath; a terminal shows the sentence."""

    def __init__(self, told: Story, title: str):
        self.story, self.title = told, title

    @property
    def sentence(self) -> str:
        """What the chart says that is the same in every run: numbers and names, no times."""
        told = self.story
        crashed = sorted({name for _, name in told.crashes})
        said = [
            f"{count(len(told.values), 'entry')}: {told.ended(ACKED)} acked",
            *(f"{characters.clean(name)} crashed" for name in crashed),
        ]
        for number, what in (
            (len({s.value for s in told.spans if s.claimed}), "claimed by another consumer"),
            (told.ended(DEAD_LETTERED), "dead-lettered"),
            (len(set(told.values) - {s.value for s in told.spans}), "not delivered"),
        ):
            if number:
                said.append(f"{number} {what}")
        left = f"{told.pending} still pending" if told.pending else "nothing left pending"
        return ", ".join([*said, left]) + "."

    def __repr__(self) -> str:
        return self.sentence

    def png(self) -> bytes:
        """Draw the chart; the figure belongs to this call alone, so threads may draw too."""
        # Imported here, because it takes seconds that only a chart should cost
        from matplotlib.figure import Figure

        rows = len(self.story.values)
        height = 1.6 + ROW * (rows if rows <= LABELED else LABELED / 2)
        figure = Figure(figsize=(INCHES, height), dpi=DPI, facecolor="white", layout="constrained")
        draw(figure.subplots(), self.story, self.title)
        out = BytesIO()
        figure.savefig(out, format="png")
        return out.getvalue()

    def _ipython_display_(self) -> None:
        from IPython.display import display

        size = {"image/png": {"width": round(INCHES * 100)}}
        display(
            {"image/png": self.png(), "text/plain": "Timeline; the next line puts it into words."},
            raw=True,
            metadata=size,
        )
        display({"text/plain": self.sentence}, raw=True)


def timeline(events: Iterable[Event], title: str = "") -> Timeline:
    """Chart `events`, such as a Log's: a row for each entry, a bar while a consumer held it."""
    return Timeline(story(events), title)
