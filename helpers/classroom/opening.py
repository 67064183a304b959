"""Open a class: start the server unless it is up, and give each learner a user on it."""

import ipaddress
from dataclasses import dataclass
from pathlib import Path

from helpers.classroom import names, pull, rights, roster, server, users
from helpers.classroom.folder import Folder, write_private
from helpers.classroom.roster import Learner
from helpers.connection.addresses import in_url

LOOPBACK = "127.0.0.1"
PORT = 6400
"""The default port of a class server; 6379 may be another server's."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A class that is up: its learners, how many are new, who isn't in the teacher's file, where
    the server listens, and whether only this machine can reach it."""

    learners: list[Learner]
    new: int
    absent: list[str]
    place: str
    local: bool


def open_class(
    folder: Folder,
    names_file: Path,
    program: str,
    *,
    bind: str | None = None,
    port: int | None = None,
    own_scripts: bool = False,
) -> Opened:
    """Start the class's server, or use the one that is up, and give each name a user on it.

    Earlier learners keep their user, password, database and data, even if the file no longer names
    them. If that can't be done, raises RuntimeError with one sentence before changing anything.
    """
    wanted = names.read(names_file)
    if bind is not None:
        check_address(bind)
    folder.make()
    with folder.alone():
        before = folder.settings
        settings = _settings(folder, bind, port)
        known = roster.read(folder.roster) if folder.roster.exists() else []
        place = f"{in_url(settings['bind'])}:{settings['port']}"
        learners = roster.enrolled(known, wanted, place)
        if not before:
            folder.keep_settings(settings)
        r = server.start(folder, program, [settings["bind"]], settings["port"])
        folder.keep_settings(settings)
        roster.write(folder.roster, learners)
        _write_lines(folder, learners)
        users.apply(r, learners, own_scripts=own_scripts)
        rights.load_scripts(r)
        with server.teacher(folder) as looking:
            # From now on, learners' checks report even if no board is open
            pull.standings(looking, [each.database for each in learners])
    absent = [each.name for each in known if each.name not in set(wanted)]
    local = ipaddress.ip_address(settings["bind"]).is_loopback
    return Opened(learners, len(learners) - len(known), absent, place, local)


def check_address(bind: str) -> None:
    """Raise RuntimeError with one sentence unless it is the address of a single machine."""
    try:
        address = ipaddress.ip_address(bind)
    except ValueError:
        address = None
    if address is None or address.is_unspecified or "%" in bind:
        raise RuntimeError(
            f"--bind must be the one IP address of this machine at which learners reach it, not "
            f"{bind!r}: `hostname -I` or `ipconfig getifaddr en0` shows it."
        )


def _settings(folder: Folder, bind: str | None, port: int | None) -> dict:
    """Return where the server should listen: as asked for, else as before."""
    before = folder.settings
    settings = {
        "bind": bind or before.get("bind", LOOPBACK),
        "port": port or before.get("port", PORT),
    }
    if before and settings != before and server.is_up(folder):
        raise RuntimeError(
            f"The class is up at {before['bind']}, port {before['port']}: `class down` ends it, "
            "and then it can listen elsewhere."
        )
    return settings


def _write_lines(folder: Folder, learners: list[Learner]) -> None:
    """Write each learner's first command line."""
    with write_private(folder.lines) as file:
        file.writelines(f"{each.name}:\n{each.line}\n\n" for each in learners)
