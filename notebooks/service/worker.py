"""A worker as a program: it handles the entries of one stream until it is told to end."""

import logging
import os
import socket
import sys

from helpers.connection import connect
from helpers.consumer import Consumer
from helpers.streams import ensure_group

NEWEST = int(os.environ.get("NEWEST", "2"))  # The version of the fields that it understands
STREAM = os.environ["STREAM"]
GROUP = os.environ.get("GROUP", "workers")
NAME = os.environ.get("NAME", socket.gethostname())
log = logging.getLogger("worker")


class TooNew(Exception):
    """This entry is for a newer program: it isn't poison."""


def handle(entry):
    version = int(entry.fields.get("v", 1))
    if version > NEWEST:
        raise TooNew(f"version {version}")
    log.info("%s: %s x %s", NAME, entry.fields.get("count", 1), entry.fields["item"])


logging.basicConfig(
    stream=sys.stdout, level=os.environ.get("LOG_LEVEL", "INFO"), format="%(levelname)s %(message)s"
)
r = connect()
ensure_group(r, STREAM, GROUP)
worker = Consumer(
    r, STREAM, GROUP, NAME, handle, min_idle_ms=60_000, max_deliveries=5, transient=(TooNew,)
)
log.info("%s: ready", NAME)
worker.run()
log.info("%s: ended", NAME)
