"""Show a stream of any server in the terminal, until Ctrl-C: the picture, and with
--longest-handler what is wrong with it. REDIS_URL says which server."""

import argparse
import sys

from redis import RedisError

from helpers.connection import connect
from helpers.diagnosis import Observer
from helpers.options import seconds, whole
from helpers.screen import repeat
from helpers.views import picture


def arguments(argv: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python3 -m helpers watch", description=__doc__)
    parser.add_argument("stream")
    parser.add_argument("group", nargs="?", help="one of several groups")
    parser.add_argument(
        "--longest-handler",
        type=whole(1),
        metavar="MS",
        help="the longest time that one batch may take, in milliseconds: for a verdict",
    )
    parser.add_argument("--every", type=seconds(0.05), default=1.0, help="seconds between looks")
    parser.add_argument("--looks", type=whole(1), help="end after so many")
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    """Look until Ctrl-C, or as often as was asked for; exit status 1 if the server fails."""
    asked = arguments(argv)
    observer = Observer(asked.longest_handler) if asked.longest_handler else None

    def text() -> str:
        now = picture(r, asked.stream, asked.group)
        return f"{now.text}\n{observer.verdict(now.shot)}" if observer else now.text

    try:
        with connect() as r:
            repeat(text, asked.every, asked.looks)
    except (RedisError, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0
