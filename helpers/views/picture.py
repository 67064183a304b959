"""The picture of a stream and its group, drawn and as text: the same for the same state."""

from dataclasses import dataclass
from functools import cached_property

from redis import Redis

from helpers.snapshots import Snapshot, snapshot
from helpers.views import drawing, text, words


@dataclass(frozen=True)
class Picture:
    """A snapshot that a notebook shows as a drawing and a terminal as text."""

    shot: Snapshot

    @cached_property
    def svg(self) -> str:
        """The drawing, as one SVG element."""
        return drawing.draw(self.shot)

    @cached_property
    def text(self) -> str:
        """The same in characters."""
        return text.draw(self.shot)

    @cached_property
    def sentence(self) -> str:
        """The same in one sentence, for screen readers."""
        return words.sentence(self.shot, drawing.row_of(self.shot).shown)

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include=None, exclude=None) -> dict[str, str]:
        return {"image/svg+xml": self.svg, "text/plain": self.text}


def picture(r: Redis, stream: str, group: str | None = None) -> Picture:
    """Draw `stream` as `group` sees it; without `group` its only one, or marks for each.

    It shows no entry IDs and no times, so the same state gives the same picture on every machine
    and in every run.
    """
    return Picture(snapshot(r, stream, group))
