"""Draw the README's picture from a real stream, into notebooks/pictures/state.svg."""

from helpers.commands.bootstrap import ROOT
from helpers.connection import connect
from helpers.own_server import OwnServer
from helpers.views import picture

PATH = ROOT / "notebooks" / "pictures" / "state.svg"
STREAM, GROUP = "dataStream", "consumerGroup"


def draw() -> str:
    """Bring a stream on a server of our own into the state that shows most at a glance; return its drawing."""
    with OwnServer() as own, connect(own.url) as r:
        r.xgroup_create(STREAM, GROUP, id="0", mkstream=True)
        for n in range(10):
            r.xadd(STREAM, {"value": n})
        for consumer, count, acked in (("alice", 3, 2), ("bob", 1, 0), ("carol", 1, 1)):
            [entries] = r.xreadgroup(GROUP, consumer, {STREAM: ">"}, count=count).values()
            r.xack(STREAM, GROUP, "0-1", *(entry_id for entry_id, _ in entries[:acked]))
        r.xreadgroup(GROUP, "bob", {STREAM: "0"})
        return picture(r, STREAM, GROUP).svg


def main(argv: list[str]) -> int:
    """Write the file and name it."""
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(draw() + "\n", encoding="utf-8")
    print(f"Drawn: {PATH.relative_to(ROOT)}")
    return 0
