"""Run a script on the server by its digest, so that a user who may not EVAL can run the course's
own scripts where they were loaded before, as on a class server."""

import hashlib
from typing import Any

from redis import Redis
from redis.client import Pipeline
from redis.exceptions import NoScriptError


def run(r: Redis | Pipeline, script: str, keys: tuple[str, ...], *arguments: object) -> Any:
    """Run one of the course's scripts, and return its reply; send its text only to a server that
    doesn't know it.

    A pipeline learns too late that the server doesn't: `load` the script before.
    """
    call = "EVALSHA", digest(script), len(keys), *keys, *arguments
    if hasattr(r, "command_stack"):
        return r.execute_command(*call)
    try:
        return r.execute_command(*call)
    except NoScriptError:
        return r.eval(script, len(keys), *keys, *arguments)


def load(r: Redis, script: str) -> None:
    """Let the server know a script; one that it knows isn't sent."""
    if not all(r.script_exists(digest(script))):
        r.script_load(script)


def digest(script: str) -> str:
    """Return the name by which a server knows a script."""
    return hashlib.sha1(script.encode()).hexdigest()
