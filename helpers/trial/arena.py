"""Where a trial takes place: a server, the handler's database, a group, and the processes of a
learner's program."""

import contextlib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import psutil

from helpers.campaign.mine import DATABASE, TRIAL
from helpers.connection import connect
from helpers.faults import DroppingProxy, Program
from helpers.servers.own import OwnServer
from helpers.streams import Pending, dead_letter_stream, ensure_group, pending
from helpers.trial.diary import BEGINS, DONE, ENDED, READY, Diary
from helpers.trial.story import line_of, value_of

STREAM, GROUP = "orders", "workers"
KEYS = 4
"""The number of keys; pairs of entries share one in turn: 0, 1, 8 and 9 belong together."""

QUIET_SECONDS, ROUNDS, QUIETEST_SECONDS = 5.0, 5, 15.0
"""Seconds without a change after which nothing more is expected: a claim takes up to two, and most
programs poll every second. A program that hasn't even waited `ROUNDS` times gets more, because its
machine is busy."""

UNTIL_READY, PART_SECONDS = 20.0, 60.0
"""Seconds until a program must have imported `handle`, and for a part of a stage in all."""

LONGEST_STEP = 0.05
"""The most seconds that one look counts for, so that a machine that stands still isn't mistaken for
a program that does."""

BETWEEN_LOOKS = 0.02
"""Seconds between two looks."""

FUTILE = 3
"""Lives after which the arena gives up on a program that never gets to work."""


def key_of(value: int) -> int:
    """Return the key of an entry's value."""
    return value // 2 % KEYS


class Arena:
    """Runs one program, as one or more consumers; those that end are restarted, as systemd and
    Kubernetes do, unless `restarting` is False, or they are `gone` with their machine."""

    def __init__(self, path: Path):
        self.path, self.restarting = path, True
        self.server, self.database = OwnServer(), OwnServer()
        self.programs: dict[str, Program] = {}
        self.lives: Counter[str] = Counter()
        self.gone: set[str] = set()
        self.values: dict[str, int] = {}
        self.last_words, self.last_line, self.remark = "", "", ""

    def __enter__(self) -> "Arena":
        with contextlib.ExitStack() as stack:
            stack.enter_context(self.server)
            stack.enter_context(self.database)
            self.r = stack.enter_context(connect(self.server.url))
            self.proxy = stack.enter_context(
                DroppingProxy(self.server.url, command="XREADGROUP", drop=0)
            )
            stack.callback(self._end_programs)
            self.diary = Diary(self.server.directory)
            ensure_group(self.r, STREAM, GROUP)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_) -> None:
        self._stack.close()

    def _end_programs(self) -> None:
        for program in self.programs.values():
            program.kill()

    def send(self, values: Iterable[int], work: Mapping[int, str] = {}) -> None:
        """Add entries; `work` says which ones do something to their handlers."""
        for value in values:
            more = {"work": work[value]} if value in work else {}
            entry_id = self.r.xadd(STREAM, {"value": value, "key": key_of(value)} | more)
            self.values[entry_id] = value  # A program may delete the entry

    def start(self, who: str, *, by_proxy: bool = False) -> Program:
        """Start the program as the consumer `who`."""
        url = self.proxy.url if by_proxy else self.server.url
        names = {"REDIS_URL": url, "STREAM": STREAM, "GROUP": GROUP, "CONSUMER": who}
        hidden = {TRIAL: self.server.directory, DATABASE: self.database.url}
        program = Program(str(self.path), **names, **hidden)
        self.programs[who] = program.start()
        self.lives[who] += 1
        self._by_proxy = by_proxy
        return program

    def settle(self, condition: Callable[[], object], seconds: float = PART_SECONDS) -> bool:
        """Wait until `condition` holds; return False once nothing has changed for a while, or
        nothing can change any longer."""
        seen, still, total, before, rounds = None, 0.0, 0.0, time.monotonic(), 0
        while not condition():
            now = time.monotonic()
            step, before = min(LONGEST_STEP, now - before), now
            self._look_after()
            still, total = still + step, total + step
            if seen != (state := self._state()):
                seen, still, rounds = state, 0.0, self._rounds()
            if total > seconds or still > self._patience(rounds):
                return False
            if all(self._is_over(who) for who in self.programs):
                return bool(condition())
            time.sleep(BETWEEN_LOOKS)
        return True

    def _look_after(self) -> None:
        """Restart the processes that have ended."""
        for who, program in list(self.programs.items()):
            if program.status is not None and not self._is_over(who):
                self.remember(program)
                self.diary.note(who, ENDED)
                program.kill()  # Closes everything it left open
                self.start(who, by_proxy=self._by_proxy)

    def remember(self, program: Program) -> None:
        """Keep the last words of a program that ended with an error, and their line."""
        if program.status and program.status > 0:
            self.last_words = program.printed.strip().rpartition("\n")[2]
            self.last_line = line_of(program.printed, self.path)

    def _is_over(self, who: str) -> bool:
        """Tell whether a program has ended for good."""
        if self.programs[who].status is None:
            return False
        futile = self.lives[who] >= FUTILE and not self._starts(who)
        if over := futile or who in self.gone or not self.restarting:
            self.remember(self.programs[who])
        return over

    def _starts(self, who: str) -> int:
        return sum((each.who, each.did) == (who, READY) for each in self.diary.read())

    def ready(self) -> bool:
        """Tell whether every process has started working."""
        lives = self.lives.items()
        return all(self._starts(who) >= life for who, life in lives if who not in self.gone)

    def _patience(self, rounds: int) -> float:
        """Return how long nothing may change, after so many rounds."""
        if not self.ready():
            return UNTIL_READY
        return QUIET_SECONDS if self._rounds() - rounds >= ROUNDS else QUIETEST_SECONDS

    def _rounds(self) -> int:
        """Count how often the programs have waited for something."""
        alive = [p for p in self.programs.values() if p.status is None]
        with contextlib.suppress(psutil.Error):
            return sum(psutil.Process(p.pid).num_ctx_switches().voluntary for p in alive)
        return 0

    def blocked(self) -> int:
        """Count the clients that are blocked, waiting for entries."""
        return self.r.info("clients")["blocked_clients"]

    def _state(self) -> object:
        """Return a state that changes while something still happens; changes that repeat forever
        don't count."""
        tries = {line.id: (line.consumer, min(line.deliveries, 8)) for line in self.lines()}
        capped = {key: min(n, 8) for key, n in self.counts().items()}
        return tries, capped, self.delivered(), len(self.dead())

    def counts(self) -> Counter:
        """Count the events: (event, value) → times."""
        return Counter((each.did, each.value) for each in self.diary.read())

    def begun(self, value: int) -> bool:
        """Tell whether any process has started on an entry."""
        return self.counts()[BEGINS, value] > 0

    def done(self) -> Counter[int]:
        """Return the handled values, each with its number of times."""
        return Counter({value: n for (did, value), n in self.counts().items() if did == DONE})

    def lines(self) -> list[Pending]:
        """Return the lines of the group's pending entries list."""
        return pending(self.r, STREAM, GROUP, count=1000)

    def pending(self) -> dict[int, Pending]:
        """Return what is pending, by value."""
        return {self.values[line.id]: line for line in self.lines() if line.id in self.values}

    def dead(self) -> list[int]:
        """Return the values in the dead-letter stream; -1 for one without a value."""
        # A program may dead-letter one entry forever
        return [value_of(f) for _, f in self.r.xrange(dead_letter_stream(STREAM), count=50)]

    def waiting(self) -> set[int]:
        """Return the values that the group hasn't delivered yet."""
        return set(list(self.values.values())[self.delivered() :])

    def delivered(self) -> int:
        """Return how many entries the group has delivered."""
        [row] = [row for row in self.r.xinfo_groups(STREAM) if row["name"] == GROUP]
        return row["entries-read"] or 0

    def calls(self, command: str) -> int:
        """Return how often a command reached the server, from a script or not."""
        stats = self.r.info("commandstats").get(f"cmdstat_{command.lower()}", {})
        return stats.get("calls", 0)

    def whereabouts(self, value: int) -> str:
        """Say where an entry is now, in words that follow "and"."""
        done, begun = value in self.done(), self.begun(value)
        if line := self.pending().get(value):
            times = "once" if line.deliveries == 1 else f"{line.deliveries} times"
            return f"it is still pending for {line.consumer or 'no consumer'}, delivered {times}"
        if value in self.dead():
            return "it is a dead letter" + ("" if begun else ", though nobody has tried it")
        if value in self.waiting():
            return "it is still waiting to be delivered"
        return "it is acknowledged" if done else "it is no longer pending, but it was never handled"

    def over(self, values: Iterable[int]) -> bool:
        """Tell whether each of these values is handled or dead-lettered, and nothing is pending."""
        return set(values) <= set(self.done()) | set(self.dead()) and not self.lines()

    def flag(self, name: str) -> None:
        """Let held or slow entries finish."""
        (self.server.directory / name).touch()
