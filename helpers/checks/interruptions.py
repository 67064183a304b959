"""What an interrupted cell was doing, and how its loop would have ended by itself."""

import re

from helpers.checks.exercise import Seen
from helpers.connection.sent import Sent

WAITED_SECONDS = 0.5
"""An interrupted command that took longer than this was waiting; a shorter one was part of a
loop."""


def interruption(seen: Seen) -> str:
    """Say what the learner interrupted, in a sentence that follows "but"."""
    last = seen.sent[-1] if seen.sent else None
    if last and last.error.startswith("KeyboardInterrupt") and last.seconds > WAITED_SECONDS:
        none = ": no new entries arrived, so don't wait for any" if last.asks_for_new else ""
        return f"you interrupted your cell while `{last.line}` was waiting for its reply{none}."
    if "while" in seen.code:
        done = [each for each in seen.sent if not each.error.startswith("KeyboardInterrupt")]
        return f"you interrupted your cell: {_end_of_loop(seen, done[-1] if done else None)}."
    return (
        "you interrupted your cell, so the rest of its code didn't run: remove what took so long, "
        "and run the cell again."
    )


def _end_of_loop(seen: Seen, last: Sent | None) -> str:
    """Say when the loop should end, by the command that it sent last."""
    if last and last.command == "XAUTOCLAIM" and re.search(r"cursor|start_id", seen.code):
        return "end the loop when the cursor is 0-0"
    if last and last.command == "XREADGROUP" and last.empty:
        if last.asks_for_new:
            return "no new entries arrive, so end the loop when a reply is empty"
        return (
            "with an ID, a reply without entries is {stream: []}, which counts as true, so end the "
            "loop when reply[stream] is empty"
        )
    return (
        "a loop ends when its condition is false, or at `break`, so each round must change "
        "something that the condition depends on"
    )
