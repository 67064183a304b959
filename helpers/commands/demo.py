"""Print 0-9 from a producer and a consumer that run at the same time: the Go program, in Python."""

import sys
import uuid

from helpers import options
from helpers.connection import connect
from helpers.consumer import Consumer
from helpers.producer import Producer
from helpers.streams import ensure_group

STREAM, GROUP, CONSUMER = "dataStream", "consumerGroup", "consumer1"
BRIEFLY = 2.0
"""Seconds to go on while the server is away: the command ends within five when a side fails."""


def say(line: str) -> None:
    """Print a line in one piece: both threads speak, and print() writes twice."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def run() -> None:
    """Produce 0-9 and consume them; returns when both are done and nothing is pending."""
    r = connect()
    ensure_group(r, STREAM, GROUP)
    run_id, printed, left_over = uuid.uuid4().hex, [], []

    def handle(entry):
        if entry.fields.get("run") == run_id:
            say(entry.fields["value"])
            printed.append(entry)
        else:
            # An earlier run crashed before it acknowledged, or before it consumed
            left_over.append(entry)

    with Consumer(r, STREAM, GROUP, CONSUMER, handle, patience=BRIEFLY) as consumer:
        with Producer(r, STREAM, patience=BRIEFLY) as producer:
            for n in range(10):
                producer.send({"value": n, "run": run_id})
        say("Producer finished sending messages")
        consumer.drain(seconds=4.5)
    say("Consumer finished processing messages")
    if left_over:
        say(f"({len(left_over)} entries that an earlier run had left were acknowledged, too.)")
    if len(printed) != 10:
        what = f"{len(printed)} of 10 values arrived"
        raise RuntimeError(f"{what}: is another demo running as {CONSUMER!r}?")


def main(argv: list[str]) -> int:
    """Run the demo; exit status 1 and one sentence if either side fails."""
    options.parser("demo", __doc__).parse_args(argv)
    try:
        run()
    except Exception as error:
        print(f"The demo failed. {type(error).__name__}: {error}", file=sys.stderr)
        return 1
    return 0
