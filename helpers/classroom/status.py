"""The output of `class status`: the server's memory, and how each learner uses the server."""

from helpers.classroom import roster, server, users
from helpers.classroom.folder import Folder
from helpers.markdown import table

TITLES = ["learner", "user", "database", "connections", "keys", "KB"]


def text(folder: Folder) -> str:
    """Return a table with a row for each learner, those who use the most memory first.

    Memory is an estimate from users.SAMPLE keys each. Raises RuntimeError with one sentence if no
    class is up.
    """
    with server.teacher(folder) as r:
        learners = roster.read(folder.roster)
        memory = r.info("memory")
        found = users.usages(r, learners)
    rows = sorted(zip(learners, found, strict=True), key=lambda pair: -pair[1].memory)
    used, most = (memory[name] / 2**20 for name in ("used_memory", "maxmemory"))
    where = f"{folder.settings['bind']}, port {folder.settings['port']}"
    head = f"The class is up at {where}, and uses {used:,.0f} of {most:,.0f} MB."
    return f"{head}\n{table(TITLES, [_row(*pair) for pair in rows])}"


def _row(learner: roster.Learner, usage: users.Usage) -> list[str]:
    name = f"{learner.name} (paused)" if usage.paused else learner.name
    figures = learner.database, usage.connections, usage.keys, round(usage.memory / 1024)
    return [name, learner.user, *(f"{figure:,}" for figure in figures)]
