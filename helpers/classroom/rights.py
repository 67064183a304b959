"""What a learner may do on the class server: what the lessons send, in a database of their own.

Everything else that a server can do is refused: to leave the database, to run scripts that the
course doesn't have, to look at others or at the server, to change or to stop it.
"""

import redis

from helpers import store
from helpers.classroom.roster import Learner
from helpers.classroom.server import digest
from helpers.streams import (
    ACK_ONCE,
    ACK_WITH,
    DEAD_LETTER,
    NOTE_TRY,
    REMOVE_CONSUMER,
    REPLAY,
    SET_IDLE,
)
from helpers.streams.retention import OLDEST_NEEDED

COURSE_SCRIPTS = (
    *(store.ENTER, store.STORE, NOTE_TRY, SET_IDLE, REMOVE_CONSUMER, OLDEST_NEEDED),
    *(DEAD_LETTER, REPLAY, ACK_WITH, ACK_ONCE),
)
"""The scripts of the course, which the server knows before a learner runs one."""

COMMANDS = """
+@stream
+select +ping +echo +time +multi +exec +discard +watch +unwatch +acl|whoami
+client|setname +client|getname +client|id +client|setinfo +command|info
+scan +exists +type +del +unlink +expire +pexpire +ttl +pttl +persist
+get +set +getrange +incr +incrby +hget +hset +hdel +hgetall +hincrby +hlen
+evalsha +script|exists
"""
"""What lessons 00 to 10 send, by themselves and inside of the course's scripts."""

OWN_SCRIPTS = "+eval +script|load"
"""What lessons 08 and 16 need besides, because learners write scripts there. One that doesn't end
stops the server for the whole class."""


def rule(learner: Learner, *, own_scripts: bool) -> list[str]:
    """Return what ACL SETUSER is told of a learner, except whether they may log in at all."""
    commands = f"{COMMANDS} {OWN_SCRIPTS if own_scripts else ''}"
    return [
        *("resetpass", f"#{digest(learner.password)}", "clearselectors"),
        *("resetkeys", "~*", "resetchannels", "resetdbs", f"db={learner.database}"),
        *("-@all", *commands.split()),
    ]


def load_scripts(r: redis.Redis) -> None:
    """Let the server know the course's scripts; it forgets them when it ends."""
    for script in COURSE_SCRIPTS:
        r.script_load(script)
