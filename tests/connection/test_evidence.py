"""The log of a learner's client: the learner's own commands with their replies, and nothing
else."""

import threading

import pytest
import redis

from helpers.checks import check
from helpers.connection import connect, evidence
from helpers.connection.cells import ERROR, how
from helpers.connection.noting import NotingClient
from helpers.connection.sent import MOST_WORDS, Sent, sent
from helpers.consumer import Consumer
from helpers.producer import Producer
from helpers.streams import clean_slate, ensure_group
from helpers.views import picture

STAGE = "99:stage"


class _IncompleteInputError(SyntaxError):
    """As Python has it from 3.13 on."""


def test_a_missing_parenthesis_is_a_syntax_error_on_every_python():
    """Newer ones name it otherwise; a check looks for the name that the lessons use."""
    assert how(_IncompleteInputError("incomplete input")) == (
        ERROR,
        "SyntaxError: incomplete input",
    )


@pytest.fixture
def noting(url, r):
    """A client that notes commands, after the stage was set; none of its keys stay."""
    with evidence.record(), connect(url) as client:
        clean_slate(client, STAGE)
        yield client
        clean_slate(r, STAGE)


def done(skip: int = 0):
    """The commands noted since the stage was set."""
    return evidence.of(STAGE, skip)


def test_a_command_is_noted_with_its_answer(noting):
    """The name in capitals, the arguments as text, the server's own reply."""
    entry_id = noting.xadd(STAGE, {"value": 7})
    noting.xgroup_create(STAGE, "g", id="0")
    assert noting.xack(STAGE, "h", entry_id) == 0
    added, created, acked = done().sent
    assert added.words == ("XADD", STAGE, "*", "value", "7") and added.answer == entry_id
    assert (created.command, created.key, created.group) == ("XGROUP CREATE", STAGE, "g")
    assert acked.words == ("XACK", STAGE, "h", entry_id) and acked.answer == 0 and acked.empty
    assert acked.line == f"XACK {STAGE} h {entry_id}"


def test_a_claim_is_empty_only_if_it_took_nothing(noting):
    """With JUSTID, redis-py returns the IDs alone."""
    ensure_group(noting, STAGE, "g")
    noting.xadd(STAGE, {"value": 7})
    noting.xreadgroup("g", "c", {STAGE: ">"})
    clean = len(done().sent)
    for more in ({"min_idle_time": 60_000}, {"min_idle_time": 0}, {"justid": True}):
        noting.xautoclaim(STAGE, "g", "d", **{"min_idle_time": 0} | more)
    assert [each.empty for each in done(clean).sent] == [True, False, False]


def test_an_error_is_noted_in_the_servers_words(noting):
    """So is the error for a command that redis-py refuses to send."""
    with pytest.raises(redis.ResponseError):
        noting.xreadgroup("g", "c", {STAGE: ">"})
    with pytest.raises(redis.DataError):
        noting.xack(STAGE, "g", [1])
    assert [each.error.split(" ")[0] for each in done().sent] == ["NOGROUP", "DataError:"]
    assert (done().sent[0].group, done().sent[0].consumer) == ("g", "c")


def test_pipelines_transactions_and_scripts_are_noted(noting):
    """Each command in a pipeline has its own reply, even if the pipeline raises an error."""
    with noting.pipeline() as pipe:
        pipe.xadd(STAGE, {"a": 1}).xlen(STAGE).execute()
    with noting.pipeline(transaction=False) as pipe, pytest.raises(redis.ResponseError):
        pipe.xlen(STAGE).incr(STAGE).xlen(STAGE).execute()
    noting.register_script("return KEYS[1]")(keys=[STAGE], args=[1])
    noting.transaction(lambda pipe: pipe.xlen(STAGE), STAGE)
    commands = [each for each in done().sent if each.command not in ("SCRIPT LOAD",)]
    lengths = [each.answer for each in commands if each.command == "XLEN"]
    together = [each.together for each in commands if each.command == "XLEN"]
    assert together == [True, False, False, False]  # WATCH sends the last one at once
    assert lengths == [1, 1, 1, 1]
    for command in (("MULTI",), ("XLEN", STAGE), ("EXEC",)):
        noting.execute_command(*command)
    assert done().sent[-1].together  # Queued by a MULTI of the learner's own
    wrong = next(each for each in commands if each.command.startswith("INCR"))
    assert wrong.error.startswith("WRONGTYPE")
    script = [each for each in commands if each.command == "EVALSHA"][-1]
    assert (script.key, script.answer) == (STAGE, STAGE)


def test_only_the_learners_own_commands_are_noted(noting):
    """Commands from a producer's, a consumer's or another thread aren't, nor those of pictures and
    checks."""
    ensure_group(noting, STAGE, "g")
    with (
        Producer(noting, STAGE, producer_id="p") as producer,
        Consumer(noting, STAGE, "g", "c", lambda entry: None) as consumer,
    ):
        producer.send({"value": 1})
        producer.flush()
        consumer.drain()
    thread = threading.Thread(target=noting.xadd, args=(STAGE, {"value": 2}))
    thread.start()
    thread.join()
    repr(picture(noting, STAGE))
    check("02.start", noting)
    names = {each.command for each in done().sent}
    assert names <= {"XGROUP CREATE", "EVAL", "INFO", "XINFO GROUPS", "XRANGE"}
    noting.delete(Producer(noting, STAGE, producer_id="p").sequence_key)


def test_a_password_is_never_kept(noting):
    """Neither as a word nor within a line."""
    for command in (
        ("AUTH", "secret"),
        ("HELLO", "3", "AUTH", "u", "secret"),
        ("ACL SETUSER", "u", ">secret"),
        ("ACL", "SETUSER", "u", ">secret"),
        ("CONFIG SET", "requirepass", "secret"),
        (b"auth", "secret"),
    ):
        assert "secret" not in repr(sent(command, "secret", None, 0.0))
        assert "secret" not in repr(sent(command, None, ValueError("secret"), 0.0))


def test_what_is_kept_is_small(noting):
    """At most a thousand commands, shortened words, ten items of a reply; the stage is skipped even
    if it was forgotten."""
    for n in range(1100):
        noting.execute_command("ECHO", f"{n} " + "x" * 5000)
    assert len(done().sent) == 1000 and done(skip=50).sent == done().sent
    assert len(done(skip=200).sent) == 900 and done(skip=200).sent[0].words[1].startswith("200 ")
    big = sent(("XADD", *"a" * 5000), ["x" * 5000] * 5000, None, 0.0)
    assert len(big.words) <= MOST_WORDS + 1 and len(big.answer) == 10 and len(repr(big)) < 5000


ODD = [object(), None, [1], {}, 10**5000, b"\xff", "\x1b[2J", float("nan"), True]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: type(odd).__name__)
def test_no_argument_is_too_odd_to_note(odd):
    """Noting a command never adds an error to the one that the client raises."""
    assert sent((odd, odd), odd, None, 0.0).line.isprintable()


def test_setting_the_stage_again_begins_afresh(noting):
    """A lesson's own clean_slate forgets earlier attempts."""
    noting.xlen(STAGE)
    clean_slate(noting, STAGE)
    assert done().sent == () and done().watched
    noting.xlen(STAGE)
    clean_slate(noting, "99:")
    assert done().sent == () and not done().watched


def test_clearing_the_stage_in_ones_own_cell_is_a_command(noting):
    """It must not pass for the stub's clean_slate."""
    with evidence.cell("stub and answer"):
        clean_slate(noting, STAGE)
        noting.xadd(STAGE, {"n": 1})
        clean_slate(noting, STAGE)
    assert [each.command for each in done(skip=1).sent] == ["DEL"]


def test_another_exercises_stage_takes_over(noting):
    """Later commands count for this exercise only if they use its keys."""
    noting.xlen(STAGE)
    clean_slate(noting, "99:other")
    noting.xlen("99:other")
    noting.xlen(STAGE)
    assert [each.key for each in done().sent] == [STAGE, STAGE]
    assert [each.key for each in evidence.of("99:other", 0).sent] == ["99:other", STAGE]


def test_other_clients_leave_no_evidence(url, r):
    """Outside a kernel, connect() returns redis-py's own client, and a learner's own client isn't
    watched."""
    assert type(connect(url)) is redis.Redis
    with evidence.record():
        clean_slate(r, STAGE)
        r.xlen(STAGE)
        assert evidence.of(STAGE, 0) == evidence.Evidence()
    assert issubclass(NotingClient, redis.Redis) and not evidence.kept()


@pytest.mark.parametrize(
    ("words", "key", "group", "consumer"),
    [
        (("XREADGROUP", "GROUP", "g", "c", "STREAMS", "s", ">"), "s", "g", "c"),
        (("XREAD", "COUNT", "1", "STREAMS", "s", "t", "0", "0"), "s", "", ""),
        (("XAUTOCLAIM", "s", "g", "c", "0", "0"), "s", "g", "c"),
        (("XGROUP", "DELCONSUMER", "s", "g", "c"), "s", "g", "c"),
        (("EVAL", "return 1", "2", "s", "t", "x"), "s", "", ""),
        (("EVALSHA", "abc", "0"), "", "", ""),
        (("PING",), "", "", ""),
        (("XACK",), "", "", ""),
        (("XREADGROUP", "STREAMS"), "", "", ""),
    ],
)
def test_key_group_and_consumer_are_found(words, key, group, consumer):
    """Whatever the command's form; an incomplete command has none."""
    found = Sent(words)
    assert (found.key, found.group, found.consumer) == (key, group, consumer)
