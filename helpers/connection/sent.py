"""One command as evidence: its words, its answer, its error; small, and without passwords."""

from dataclasses import dataclass
from typing import Any

from helpers.errors import clip


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


MOST_WORDS, MOST_OF_A_WORD, MOST_ANSWERS = 24, 100, 10
"""Words of a command, characters of a word or text, and items of a reply that are kept."""

MOST_OF_A_LINE = 76
"""Characters of a command as it is shown in a hint."""

WITH_PASSWORDS = frozenset({"AUTH", "HELLO", "ACL", "CONFIG", "MIGRATE"})
"""Commands whose arguments may be passwords, so none of them is kept."""

CONTAINERS = _names(
    "ACL CLIENT CLUSTER COMMAND CONFIG FUNCTION LATENCY MEMORY OBJECT PUBSUB SCRIPT SLOWLOG "
    "XGROUP XINFO"
)
"""Commands whose first argument is part of the name, such as XGROUP CREATE."""

WITHOUT_KEY = _names(
    "ACL AUTH CLIENT CLUSTER COMMAND CONFIG DBSIZE ECHO FUNCTION HELLO INFO KEYS LATENCY "
    "MULTI EXEC DISCARD UNWATCH PING PUBLISH PUBSUB ROLE SCAN SCRIPT SELECT SLOWLOG TIME "
    "WAIT"
)
SCRIPTS = _names("EVAL EVAL_RO EVALSHA EVALSHA_RO FCALL FCALL_RO")
READING = _names(
    "CLIENT COMMAND DBSIZE ECHO EXISTS HELLO INFO KEYS MEMORY OBJECT PING ROLE SCAN SCRIPT "
    "SELECT TIME TTL TYPE XINFO XLEN XPENDING"
)
"""Commands that only look around, so they don't count as an attempt."""

GROUP_AT = {"XACK": 2, "XACKDEL": 2, "XPENDING": 2, "XCLAIM": 2, "XAUTOCLAIM": 2, "XNACK": 2}
GROUP_AT |= {"XREADGROUP": 2, "XGROUP": 3}
CONSUMER_AT = {"XREADGROUP": 3, "XCLAIM": 3, "XAUTOCLAIM": 3}
"""The places of a command's group and consumer among its words."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A command that the learner's client sent, and what came of it.

    `words` begin with the name in capitals: ("XACK", "00:finish", "alice", "1700000000000-0"), long
    ones cut. `answer` is plain data: None, numbers, text, lists and dicts of at most 10 items.
    `error` is "", the server's own words such as "NOGROUP No such key …", or "DataError: …" for
    what was never sent. `seconds` is how long the answer took. `together` is whether MULTI and
    EXEC kept it together with another one.
    """

    words: tuple[str, ...]
    answer: Any = None
    error: str = ""
    seconds: float = 0.0
    together: bool = False

    @property
    def command(self) -> str:
        """The name: "XADD", "XGROUP CREATE"."""
        return " ".join(self.words[: 1 + (self.words[0] in CONTAINERS)])

    @property
    def asks_for_new(self) -> bool:
        """Tell whether it reads what the group has delivered to nobody yet."""
        return self.command == "XREADGROUP" and self.words[-1] == ">"

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that it names; of a command with one key or several unrelated ones, the
        first."""
        name = self.words[0]
        if name in WITHOUT_KEY:
            return ()
        if name in SCRIPTS:
            number = self._at(2)
            return self.words[3 : 3 + int(number)] if number.isdecimal() else ()
        if "STREAMS" in self.words:
            streams = self.words[self.words.index("STREAMS") + 1 :]
            return streams[: (len(streams) + 1) // 2]
        if name in ("DEL", "UNLINK", "EXISTS", "WATCH"):
            return self.words[1:]
        return self.words[1 + (name in CONTAINERS) :][:1]

    @property
    def key(self) -> str:
        """The first key, "" for none."""
        return next(iter(self.keys), "")

    @property
    def group(self) -> str:
        """The consumer group that it names, "" for none."""
        return self._at(GROUP_AT.get(self.words[0], len(self.words)))

    @property
    def consumer(self) -> str:
        """The consumer that it names, "" for none."""
        if self.command in ("XGROUP CREATECONSUMER", "XGROUP DELCONSUMER"):
            return self._at(4)
        return self._at(CONSUMER_AT.get(self.words[0], len(self.words)))

    @property
    def looks(self) -> bool:
        """Tell whether it only looks around, as XLEN and XINFO do; XRANGE and XREAD don't count."""
        return self.words[0] in READING

    @property
    def empty(self) -> bool:
        """Tell whether the answer says that nothing was there to be done: 0, nil, or no entries."""
        found = self.answer
        if self.words[0] == "XREADGROUP" and found:
            found = any(found.values())
        elif self.words[0] == "XAUTOCLAIM" and found and found[1:] and isinstance(found[1], list):
            found = found[1]  # Between the cursor and the deleted IDs
        return not self.error and not found and found != ""

    @property
    def line(self) -> str:
        """The command as one would write it at the redis-cli prompt, cut to fit a hint."""
        words = list(self.words)
        if words[0] in ("EVAL", "EVAL_RO") and len(words) > 1:
            words[1] = "…"
        return clip(" ".join(map(_quoted, words)), MOST_OF_A_LINE)

    def _at(self, place: int) -> str:
        return "".join(self.words[place : place + 1])


def sent(
    args: tuple, answer: Any, error: BaseException | None, seconds: float, together: bool = False
) -> Sent:
    """Make a Sent of what a client was told to send; never fails, whatever the arguments are."""
    words = [*_word(args[0]).upper().split(), *map(_word, args[1:MOST_WORDS])] or [""]
    if words[0] in CONTAINERS and len(words) > 1:
        words[1] = words[1].upper()
    if len(args) > MOST_WORDS:
        words.append("…")
    if words[0] in WITH_PASSWORDS:
        return Sent((words[0], "…"), None, type(error).__name__ if error else "", seconds)
    together = together or answer in ("QUEUED", b"QUEUED")  # After a MULTI sent by hand
    return Sent(tuple(words), _plain(answer, 4), said(error) if error else "", seconds, together)


def said(error: BaseException) -> str:
    """Return an error as evidence: the server's own words, or the type and the text."""
    text = str(error).rpartition("of pipeline caused error: ")[2][:200].partition("\n")[0]
    if type(error).__name__ in ("ResponseError", "NoScriptError", "ReplyError"):
        return text or "ERR"
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _word(value: Any) -> str:
    if type(value) is str:
        return clip(value, MOST_OF_A_WORD)
    if isinstance(value, (bytes, bytearray)):
        text = bytes(value[: 2 * MOST_OF_A_WORD]).decode("utf-8", "backslashreplace")
        return clip(text, MOST_OF_A_WORD)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**30:
        return "a very large number"
    if isinstance(value, (int, float, str)):
        return clip(str(value), MOST_OF_A_WORD)
    return f"<{type(value).__name__}>"


def _plain(value: Any, depth: int) -> Any:
    if value is None or isinstance(value, (bool, float)):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, (str, bytes, bytearray)):
        return _word(value)
    if isinstance(value, BaseException):
        return f"{said(value)}"
    if depth and isinstance(value, dict):
        some = list(value.items())[:MOST_ANSWERS]
        return {_word(name): _plain(item, depth - 1) for name, item in some}
    if depth and isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(item, depth - 1) for item in list(value)[:MOST_ANSWERS]]
    return f"<{type(value).__name__}>"


def _quoted(word: str) -> str:
    if word and word.isprintable() and not set(word) & set(" \"'"):
        return word
    return '"' + "".join(c if c.isprintable() else "�" for c in word).replace('"', '\\"') + '"'
