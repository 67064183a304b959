"""Mark many hand-ins, several at a time, until done or stopped."""

import contextlib
import threading
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

from tqdm import tqdm

from helpers.grading.hand_ins import HandIn
from helpers.grading.kernel import POLL_SECONDS, Stopped
from helpers.grading.marking import Limits, Mark, mark, not_marked
from helpers.signals import TELLING_TO_END, handled


@contextlib.contextmanager
def stoppable() -> Iterator[threading.Event]:
    """Turn Ctrl-C and SIGTERM into an event that all threads check.

    A KeyboardInterrupt reaches only one of them, and can get lost.
    """
    stopping = threading.Event()
    with handled(lambda *_: stopping.set(), *TELLING_TO_END):
        yield stopping


def marked(
    hand_ins: list[HandIn], limits: Limits, at_once: int, stopping: threading.Event
) -> Iterator[tuple[HandIn, list[Mark]]]:
    """Yield each hand-in with its marks as soon as they are known."""
    with ThreadPoolExecutor(at_once) as pool, tqdm(total=len(hand_ins), unit="notebook") as bar:
        futures = {pool.submit(_mark, one, limits, stopping): one for one in hand_ins}
        waiting = set(futures)
        while waiting and not stopping.is_set():
            done, waiting = wait(waiting, timeout=POLL_SECONDS, return_when=FIRST_COMPLETED)
            bar.update(len(done))
            yield from ((futures[f], f.result()) for f in done if f.result())
        pool.shutdown(cancel_futures=True)
        rest = [future for future in waiting if not future.cancelled()]
        yield from ((futures[f], f.result()) for f in rest if f.result())


def _mark(one: HandIn, limits: Limits, stopping: threading.Event) -> list[Mark]:
    """Mark one, [] if stopped; a hand-in that fails must not cost the others their marks."""
    try:
        return [] if stopping.is_set() else mark(one, limits, stopping)
    except Stopped:
        return []
    except Exception as error:
        return [not_marked(one, "", f"{type(error).__name__}: {error}")]
