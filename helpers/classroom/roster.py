"""The learners of a class, as `class up` writes them: a CSV with the columns name, user, database
and url. It contains passwords, so only its owner may read it."""

import csv
import re
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from urllib.parse import urlsplit

from helpers.classroom.folder import write_private

PASSWORD_BYTES = 16
"""Random bytes in a password: nobody guesses 128 bits."""

NAME_LENGTH = 32
"""The most characters of a name that go into the user."""

RESERVED = ("teacher", "default")
"""User names that no learner gets."""


@dataclass(frozen=True, slots=True)
class Learner:
    """A learner: their name, as the teacher writes it, their user and database on the class server,
    and the URL with the password."""

    name: str
    user: str
    database: int
    url: str

    @property
    def password(self) -> str:
        """The part of the URL between the user and the host."""
        return urlsplit(self.url).password

    @property
    def line(self) -> str:
        """The command line with which this learner begins."""
        return f"REDIS_URL='{self.url}' python3 -m helpers lab"


COLUMNS = tuple(field.name for field in fields(Learner))


def read(path: Path) -> list[Learner]:
    """Return the learners, in the order of the file.

    Raises RuntimeError with one sentence if there is no such file, or `class up` didn't write it.
    """
    try:
        with open(path, newline="", encoding="utf-8") as file:
            rows = list(csv.reader(file))
    except FileNotFoundError:
        raise RuntimeError(f"There is no {path}: `class up --roster FILE` writes it.") from None
    if not rows or tuple(rows[0]) != COLUMNS:
        raise RuntimeError(
            f"{path} doesn't begin with {','.join(COLUMNS)}: it isn't what `class up` wrote."
        )
    try:
        return [Learner(name, user, int(number), url) for name, user, number, url in rows[1:]]
    except ValueError:
        raise RuntimeError(f"{path} was changed by hand, and can't be read any longer.") from None


def write(path: Path, learners: Iterable[Learner]) -> None:
    """Write the learners for the teacher alone; the file is complete at every moment."""
    with write_private(path) as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        table.writerows(map(astuple, learners))


def enrolled(known: Sequence[Learner], names: Iterable[str], place: str) -> list[Learner]:
    """Return the known learners, and new ones for unknown names.

    Known ones keep their user, password and database. `place` is where the server listens:
    host:port.
    """
    learners = [replace(each, url=_url(each.user, each.password, each, place)) for each in known]
    have = {learner.name for learner in known}
    for name in names:
        if name not in have:
            learners.append(_new(name, learners, place))
    return learners


def _new(name: str, others: Sequence[Learner], place: str) -> Learner:
    database = max((each.database for each in others), default=0) + 1
    learner = Learner(name, _user(name, database, others), database, "")
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    return replace(learner, url=_url(learner.user, password, learner, place))


def _user(name: str, database: int, others: Sequence[Learner]) -> str:
    """Return a user name in plain letters, which needs no escaping in a URL."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    user = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:NAME_LENGTH]
    taken = {*RESERVED, *(each.user for each in others)}
    return f"{user or 'learner'}-{database}" if not user or user in taken else user


def _url(user: str, password: str, learner: Learner, place: str) -> str:
    return f"redis://{user}:{password}@{place}/{learner.database}"


def find(learners: Sequence[Learner], wanted: str) -> Learner:
    """Return the learner with this name or user; raises RuntimeError with one sentence if there is
    none."""
    for learner in learners:
        if wanted in (learner.name, learner.user):
            return learner
    raise RuntimeError(
        f"There is no learner {wanted!r}: `class status` lists the names and the users."
    )
