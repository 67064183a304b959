"""The users of a class on its server: create, pause, resume, and inspect them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import redis

from helpers.classroom.rights import rule
from helpers.classroom.roster import Learner
from helpers.replies import ask, execute, to_dict

SAMPLE = 200
"""Keys per database whose memory is queried; the others count as their average."""


@dataclass(frozen=True, slots=True)
class Usage:
    """A learner's use of the server: open connections, keys, and approximate bytes."""

    paused: bool
    connections: int
    keys: int
    memory: int


def apply(r: redis.Redis, learners: Sequence[Learner], *, own_scripts: bool) -> None:
    """Give each learner a user with these rights, and keep them in the server's users file.

    A paused learner stays paused.
    """
    known = set(r.acl_users())
    with r.pipeline(transaction=False) as pipe:
        for learner in learners:
            new = [] if learner.user in known else ["reset", "on"]
            words = [*new, *rule(learner, own_scripts=own_scripts)]
            pipe.execute_command("ACL SETUSER", learner.user, *words)
        execute(pipe)
    r.acl_save()


def pause(r: redis.Redis, learner: Learner) -> int:
    """Lock a learner out, end their connections, and return how many there were."""
    r.execute_command("ACL SETUSER", learner.user, "off")
    ended = r.execute_command("CLIENT KILL", "USER", learner.user)
    r.acl_save()
    return ended


def resume(r: redis.Redis, learner: Learner) -> None:
    """Let a learner in again."""
    r.execute_command("ACL SETUSER", learner.user, "on")
    r.acl_save()


def usages(r: redis.Redis, learners: Sequence[Learner]) -> list[Usage]:
    """Return each learner's use of the server."""
    open_now = Counter(client["user"] for client in r.client_list())
    found = ask(r, [line for each in learners for line in _first_look(each)])
    looks = list(zip(found[::4], found[2::4], found[3::4], strict=True))
    names = [page[1] for _, _, page in looks]
    sizes = iter(
        ask(
            r,
            [line for each in zip(learners, names, strict=True) for line in _second_look(*each)]
            + [("SELECT", 0)],
        )
    )
    usages = []
    for learner, (user, keys, page) in zip(learners, looks, strict=True):
        next(sizes)
        known = [size for size in islice(sizes, len(page[1])) if isinstance(size, int)]
        mean = sum(known) / len(known) if known else 0
        paused = b"off" in to_dict(user)["flags"]
        usages.append(Usage(paused, open_now[learner.user], keys, round(mean * keys)))
    return usages


def _first_look(learner: Learner) -> list[tuple]:
    return [
        ("ACL", "GETUSER", learner.user),
        ("SELECT", learner.database),
        ("DBSIZE",),
        ("SCAN", 0, "COUNT", SAMPLE),
    ]


def _second_look(learner: Learner, keys: list[bytes]) -> list[tuple]:
    return [("SELECT", learner.database), *(("MEMORY", "USAGE", key) for key in keys)]
