"""The right designs of lesson 17: SIGTERM and a lost reply in the same moment strand nothing."""

import pytest

from helpers.campaign.stage import MOST_IDLE_MS
from helpers.connection import connect
from helpers.faults import Program
from helpers.faults.relay import Link, Relay
from helpers.servers.own import OwnServer
from helpers.streams import ensure_group, pending
from helpers.waiting import wait_until
from tests.trial.wrong import RIGHT

pytestmark = pytest.mark.long
STREAM, GROUP, WHO = "17:work", "workers", "alice"


class OneLoss(Relay):
    """Hangs up instead of passing on the next reply, once it is told to."""

    loses = False

    def link(self, client, upstream):
        """A link that asks before it passes anything on."""
        return _Asking(self, client, upstream)


class _Asking(Link):
    def __init__(self, relay, client, upstream):
        super().__init__(client, upstream)
        self.relay = relay

    def answered(self, data):
        """Lose one reply; the next connection works again."""
        loses, self.relay.loses = self.relay.loses, False
        return not loses


def ends_with_a_lost_read(r, relay, design) -> bool:
    """Run a design until it waits for entries, and send SIGTERM and an entry; tell whether it was
    delivered, because its last read may have ended before."""
    told = {"STREAM": STREAM, "GROUP": GROUP, "CONSUMER": WHO, "REDIS_URL": relay.url}
    with Program(str(design), **told) as reader:
        wait_until(lambda: r.info("clients")["blocked_clients"], 20, "a reader that waits")
        relay.loses = True
        reader.terminate()
        entry_id = r.xadd(STREAM, {"value": 0, "key": 0})
        wait_until(lambda: reader.status is not None, 30, "its end")
    if r.xinfo_groups(STREAM)[0]["last-delivered-id"] == entry_id:
        return True
    r.delete(STREAM)
    ensure_group(r, STREAM, GROUP)
    return False


@pytest.mark.parametrize("design", RIGHT.values(), ids=RIGHT)
def test_what_was_read_in_the_last_moment_is_handed_back(design):
    """The program never saw the entry, and others may claim it at once."""
    with OwnServer() as own, connect(own.url) as r, OneLoss(own.url) as relay:
        ensure_group(r, STREAM, GROUP)
        wait_until(lambda: ends_with_a_lost_read(r, relay, design), 120, "a delivery")
        [line] = pending(r, STREAM, GROUP)
        assert line.consumer == WHO and line.idle_ms >= MOST_IDLE_MS
