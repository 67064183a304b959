"""The picture of a stream, live in the notebook while producers and consumers run."""

import threading
import time

from redis import Redis, RedisError

from helpers import notebook
from helpers.arguments import check_client, check_seconds, check_text
from helpers.diagnosis import Observer
from helpers.views import words
from helpers.views.picture import Picture, picture

SHARE = 1 / 60
"""The largest share of one processor that looking may take: the pauses grow with what a look
costs."""


class Watch:
    """Shows the picture a few times a second in a `with` block, then the end state for good."""

    def __init__(
        self,
        r: Redis,
        stream: str,
        group: str | None,
        every: float,
        limit: float,
        observer: Observer | None = None,
    ):
        self.r, self.stream, self.group, self.every, self.limit = r, stream, group, every, limit
        self.observer = observer
        self.looks = 0
        self.error: Exception | None = None
        self._end = threading.Event()
        self._live = None
        self._thread = threading.Thread(target=self._run, name=f"watch {stream}", daemon=True)

    def __enter__(self) -> "Watch":
        live = _in_notebook()
        if live or self.observer:
            first = picture(self.r, self.stream, self.group)
        if self.observer:
            self.observer.verdict(first.shot)
        if live:
            self._live = _widget(first)
            notebook.show(self._live)
            self._thread.start()
        return self

    def __exit__(self, kind, error, trace) -> None:
        """End the thread, and show the end state; an error in the block is raised as usual."""
        self.stop()
        if self._live:
            self._live.over = True
        if kind is None and self.error:
            raise self.error
        try:
            now = picture(self.r, self.stream, self.group)
            notebook.show(now)
            if self.observer:
                print(self.observer.verdict(now.shot))
        except RedisError:
            if kind is None:
                raise

    def stop(self) -> None:
        """Stop looking; harmless if it has stopped already."""
        self._end.set()
        if self._thread.is_alive():
            self._thread.join(2)

    def _run(self) -> None:
        deadline = time.monotonic() + self.limit
        pause = self.every
        while not self._end.wait(pause) and not self._live.stopped:
            if time.monotonic() > deadline:
                self._live.note = f"Watched for {self.limit:g} s; the run goes on."
                return
            began = time.thread_time()
            try:
                self._show(picture(self.r, self.stream, self.group))
            except RedisError:
                self._live.note = "The server doesn't answer; this is what was last seen."
            except Exception as error:
                self.error = error
                return
            pause = max(self.every, (time.thread_time() - began) / SHARE)

    def _show(self, now: Picture) -> None:
        self.looks += 1
        with self._live.hold_sync():  # One message, and none if nothing changed
            self._live.svg, self._live.sentence = now.svg, now.sentence
            self._live.note = self.observer.verdict(now.shot) if self.observer else ""


def _in_notebook() -> bool:
    return hasattr(notebook.shell(), "kernel")


def _widget(first: Picture):
    # Imports ipywidgets, for which only a live picture should wait
    from helpers.views.live import Live

    live = Live(svg=first.svg, sentence=first.sentence)
    live.title = words.title(first.shot)
    return live


def watch(
    r: Redis,
    stream: str,
    group: str | None = None,
    *,
    every: float = 0.2,
    limit: float = 120.0,
    longest_handler_ms: int | None = None,
) -> Watch:
    """Show the picture of `stream` while the `with` block runs, then the state it came to.

    It looks every `every` seconds, for at most `limit` seconds; Stop ends it sooner. The run itself
    is not touched. Outside a notebook only the end state is shown. With `longest_handler_ms`, the
    longest time that one batch may take, it says what diagnose() makes of it, too.
    """
    check_client(r, pipeline=False)
    check_text(stream=stream)
    if group is not None:
        check_text(group=group)
    check_seconds(every=every, limit=limit)
    observer = None if longest_handler_ms is None else Observer(longest_handler_ms)
    return Watch(r, stream, group, every, limit, observer)
