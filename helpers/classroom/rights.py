"""A learner's rights on the class server: the lessons' commands, in their own database.

Everything else is refused: leaving the database, running other scripts than the course's, looking
at other learners or the server, changing or stopping the server.
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
"""The scripts of the course, loaded before a learner runs one."""

COMMANDS = """
+@stream
+select +ping +echo +time +multi +exec +discard +watch +unwatch +acl|whoami
+client|setname +client|getname +client|id +client|setinfo +command|info
+scan +exists +type +del +unlink +expire +pexpire +ttl +pttl +persist
+get +set +getrange +incr +incrby +hget +hset +hdel +hgetall +hincrby +hlen
+evalsha +script|exists
"""
"""The commands that lessons 00 to 10 send, directly and inside the course's scripts."""

OWN_SCRIPTS = "+eval +script|load"
"""The further commands that lessons 08 and 16 need, because learners write scripts there. A script
that doesn't end stops the server for the whole class."""


def rule(learner: Learner, *, own_scripts: bool) -> list[str]:
    """Return a learner's rules for ACL SETUSER, except whether they may log in at all."""
    commands = f"{COMMANDS} {OWN_SCRIPTS if own_scripts else ''}"
    return [
        *("resetpass", f"#{digest(learner.password)}", "clearselectors"),
        *("resetkeys", "~*", "resetchannels", "resetdbs", f"db={learner.database}"),
        *("-@all", *commands.split()),
    ]


def load_scripts(r: redis.Redis) -> None:
    """Load the course's scripts; the server forgets them when it ends."""
    for script in COURSE_SCRIPTS:
        r.script_load(script)
