"""Commands that a learner may try on others or on the server: each is refused, or it shows and
changes nothing of theirs."""

import hashlib

import redis

from helpers.classroom.roster import Learner
from helpers.replies import raw

PEEK = "return redis.call('GET', 'key')"


def probes(database: int, user: str) -> list[tuple]:
    """Return the commands to try against the neighbor with this database and user."""
    return [
        *[("SELECT", database), ("SELECT", 0), ("MOVE", "mine", database)],
        *[("COPY", "mine", "key", "DB", database, "REPLACE"), ("SWAPDB", 0, database)],
        *[("COPY", "mine", "copy", "DB", 0), ("SWAPDB", database, 0)],
        *[("FLUSHALL",), ("FLUSHDB",), ("FLUSHALL", "ASYNC"), ("DBSIZE",), ("RANDOMKEY",)],
        *[("KEYS", "*"), ("INFO",), ("INFO", "keyspace"), ("INFO", "clients")],
        *[("CONFIG", "GET", "*"), ("CONFIG", "SET", "maxmemory", "1"), ("CONFIG", "REWRITE")],
        *[("CONFIG", "RESETSTAT"), ("ACL", "LIST"), ("ACL", "USERS"), ("ACL", "LOG")],
        *[("ACL", "GETUSER", user), ("ACL", "SETUSER", user, "nopass"), ("ACL", "SAVE")],
        *[("ACL", "DELUSER", user), ("ACL", "LOAD"), ("ACL", "SETUSER", "me", "on", "alldbs")],
        *[("CLIENT", "LIST"), ("CLIENT", "KILL", "USER", user), ("CLIENT", "PAUSE", "10000")],
        *[("CLIENT", "NO-EVICT", "on"), ("CLIENT", "UNBLOCK", "5"), ("CLIENT", "TRACKING", "on")],
        *[("MONITOR",), ("SUBSCRIBE", f"__keyspace@{database}__:key"), ("PSUBSCRIBE", "*")],
        *[("PUBLISH", "channel", "x"), ("PUBSUB", "CHANNELS"), ("SSUBSCRIBE", "c")],
        *[("EVAL", PEEK, 0), ("EVAL", f"redis.call('SELECT', {database}) {PEEK}", 0)],
        *[("SCRIPT", "LOAD", PEEK), ("SCRIPT", "FLUSH"), ("SCRIPT", "KILL"), ("EVAL_RO", PEEK, 0)],
        *[("EVALSHA", hashlib.sha1(PEEK.encode()).hexdigest(), 0), ("FUNCTION", "LIST")],
        *[("FUNCTION", "LOAD", "#!lua name=f\n"), ("FUNCTION", "FLUSH"), ("FCALL", "f", 0)],
        *[("SHUTDOWN",), ("SHUTDOWN", "NOSAVE"), ("SAVE",), ("BGSAVE",), ("BGREWRITEAOF",)],
        *[("DEBUG", "SLEEP", "0"), ("DEBUG", "RELOAD"), ("SLOWLOG", "GET"), ("LATENCY", "DOCTOR")],
        *[("REPLICAOF", "127.0.0.1", "1"), ("FAILOVER",), ("SYNC",), ("PSYNC", "?", "-1")],
        *[("CLUSTER", "INFO"), ("ROLE",), ("MODULE", "LIST"), ("MODULE", "LOAD", "/tmp/x.so")],
        *[("MEMORY", "USAGE", "key"), ("MEMORY", "DOCTOR"), ("OBJECT", "ENCODING", "key")],
        *[("MIGRATE", "127.0.0.1", "1", "mine", database, "100"), ("DUMP", "mine")],
        *[("RESTORE", "key", 0, "x"), ("SORT", "mine", "GET", "key"), ("WAIT", 1, 10)],
        *[("LOLWUT",), ("COMMAND", "LIST"), ("GET", "key"), ("SCAN", 0, "COUNT", 1000)],
        *[("XRANGE", "stream", "-", "+"), ("XREAD", "STREAMS", "stream", 0), ("XLEN", "stream")],
        *[
            ("XINFO", "STREAM", "stream"),
            ("XREADGROUP", "GROUP", "g", "me", "STREAMS", "stream", ">"),
        ],
        *[("XTRIM", "stream", "MAXLEN", 0), ("DEL", "stream"), ("UNLINK", "key")],
        *[("XGROUP", "DESTROY", "stream", "g"), ("AUTH", user, "guess"), ("AUTH", "guess")],
        *[("RESET",), ("HELLO", "3", "AUTH", user, "guess"), ("HELLO", "3", "AUTH", "default", "")],
    ]


def secret(learner: Learner) -> str:
    """Return the text that only this learner may see."""
    return f"secret-{learner.database}"


def furnish(r: redis.Redis, learner: Learner) -> None:
    """Store a neighbor's data."""
    r.set("key", secret(learner))
    r.xadd("stream", {"value": secret(learner)})
    r.xgroup_create("stream", "g", id="0")


def belongings(teacher: redis.Redis, mine: int, theirs: int) -> list:
    """Return everything that belongs to others and to the teacher, to compare: users, settings, the
    number of keys in each other database, and the contents of the neighbor's database and database
    0."""
    keyspace = teacher.info("keyspace")
    counts = {name: each["keys"] for name, each in keyspace.items() if name != f"db{mine}"}
    found = [sorted(teacher.acl_list()), teacher.config_get("*"), counts]
    found.append(teacher.info("server")["run_id"])
    for database in (theirs, 0):
        teacher.execute_command("SELECT", database)
        keys = sorted(teacher.scan_iter())
        found.append([(database, key, raw(teacher, "DUMP", key)) for key in keys])
    return found
