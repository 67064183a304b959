"""Run one server for a class, with a database, a user and a password for each learner: class up
--roster roster.csv.

`class up` starts the server and returns; the server runs until `class down`. Run it again after
a restart of the machine, or to add learners: passwords and data stay.
"""

import argparse
import sys
from pathlib import Path

from helpers import options
from helpers.plurals import count


def main(argv: list[str]) -> int:
    """Do what is asked, and return the exit status: 0, or 1 with a sentence if it can't be done."""
    wanted = arguments(argv)
    from helpers.classroom.folder import Folder, default

    folder = Folder((wanted.data or default()).absolute())
    try:
        wanted.run(folder, wanted)
    except (RuntimeError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def arguments(argv: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = options.parser("class", __doc__)
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    data = argparse.ArgumentParser(add_help=False)
    data.add_argument(
        "--data", type=Path, metavar="DIR", help="the class's own folder (one in your home)"
    )
    for run, about in (
        (up, "start the class's server, or add learners"),
        (status, "say who uses how much of the server"),
        (pause, "let a learner in no longer, and end their connections"),
        (resume, "let a learner in again"),
        (board, "show where each learner is, and who needs help: in a browser, or --terminal"),
        (down, "save everything, and end the server"),
    ):
        verb = verbs.add_parser(run.__name__, help=about, description=about, parents=[data])
        verb.set_defaults(run=run)
        if run in (pause, resume):
            verb.add_argument("learner", metavar="LEARNER", help="a name or a user")
        if run is up:
            add_options(verb)
        if run is board:
            add_board_options(verb)
    return parser.parse_args(argv)


def add_options(verb: argparse.ArgumentParser) -> None:
    """Add the options of `class up`."""
    verb.add_argument(
        "--roster", type=Path, required=True, metavar="FILE", help="a CSV with a column `name`"
    )
    verb.add_argument(
        "--bind",
        metavar="ADDRESS",
        help="this machine's address for learners on other machines. The server has no TLS: "
        "whoever can listen on the network reads passwords and entries (127.0.0.1)",
    )
    verb.add_argument("--port", type=options.whole(1024, 65_535), help="the server's port (6400)")
    verb.add_argument(
        "--server", metavar="PROGRAM", help="a Valkey from 9.1 instead of the embedded one"
    )
    verb.add_argument(
        "--own-scripts",
        action="store_true",
        help="let learners run scripts of their own, as lessons 08 and 16 do; one that doesn't end "
        "stops the server for all",
    )


def add_board_options(verb: argparse.ArgumentParser) -> None:
    """Add the options of `class board`."""
    verb.add_argument("--terminal", action="store_true", help="show it here instead")
    verb.add_argument(
        "--every",
        type=options.seconds(0.5),
        default=3.0,
        help="seconds between looks, with --terminal (3)",
    )
    verb.add_argument("--looks", type=options.whole(1), help="end after so many, with --terminal")
    verb.add_argument(
        "--bind",
        metavar="ADDRESS",
        help="this machine's address for browsers on other machines; the page has no TLS "
        "(127.0.0.1)",
    )
    verb.add_argument(
        "--port",
        type=options.whole(0, 65_535),
        default=6480,
        help="the page's port (6480); 0 is any free one",
    )


def up(folder, wanted: argparse.Namespace) -> None:
    """Open the class, and say what to do next."""
    from helpers.classroom.opening import open_class
    from helpers.servers.guard import paths

    opened = open_class(
        folder,
        wanted.roster,
        wanted.server or paths.binary(),
        bind=wanted.bind,
        port=wanted.port,
        own_scripts=wanted.own_scripts,
    )
    who = f"{count(len(opened.learners), 'learner')}, {opened.new} of them new"
    print(f"The class is up at {opened.place}: {who}.")
    print(f"{folder.lines} has a line for each learner to begin with.")
    print("Hand each learner only their own: it holds their password.")
    if opened.absent:
        print(f"No longer in {wanted.roster}: {', '.join(opened.absent)}.")
        print("They keep their users and data; `class pause NAME` locks one out.")
    if opened.local:
        print("Only programs on this machine reach it; --bind ADDRESS opens it to others.")
    else:
        print("Other machines reach it, and nothing is encrypted, because this server has no TLS:")
        print("use it only on a network you trust, or put TLS in front of it (docs/class.md).")
    print("It runs until `python3 -m helpers class down`, even without this terminal.")


def status(folder, wanted: argparse.Namespace) -> None:
    """Print the server's memory, and a row for each learner, those who use most first."""
    from helpers.classroom import status as found

    print(found.text(folder))


def pause(folder, wanted: argparse.Namespace) -> None:
    """Let a learner in no longer."""
    from helpers.classroom import roster, server, users

    learner = roster.find(roster.read(folder.roster), wanted.learner)
    server.end_script(folder)
    ended = users.pause(server.teacher(folder), learner)
    closed = f"{count(ended, 'connection')} ended"
    print(f"{learner.name} is paused, {closed}; data stay. `class resume` lets them in again.")


def resume(folder, wanted: argparse.Namespace) -> None:
    """Let a learner in again."""
    from helpers.classroom import roster, server, users

    learner = roster.find(roster.read(folder.roster), wanted.learner)
    users.resume(server.teacher(folder), learner)
    print(f"{learner.name} can continue, with the same password.")


def board(folder, wanted: argparse.Namespace) -> None:
    """Show the board until Ctrl-C."""
    from helpers.classroom import opening, roster, server
    from helpers.classroom.board import ClassBoard, in_browser, in_terminal

    if wanted.bind is not None:
        opening.check_address(wanted.bind)
    with ClassBoard(server.teacher_url(folder), roster.read(folder.roster)) as shown:
        if wanted.terminal:
            in_terminal(shown, wanted.every, wanted.looks)
        else:
            in_browser(shown, wanted.bind or opening.LOOPBACK, wanted.port)


def down(folder, wanted: argparse.Namespace) -> None:
    """End the server."""
    from helpers.classroom import server

    server.stop(folder)
    print(f"The class is down. Its data and passwords are kept in {folder.path}.")
