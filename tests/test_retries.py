"""The retry policy, without a server: growing pauses, a breaker for outages, and which tries
count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.breaker import OPENS_AFTER, Breaker, Try
from helpers.pauses import Pauses, grown
from helpers.retries import FIRST_PAUSE, LONGEST_PAUSE, Retries, Retry


class Ledger:
    """A server's memory of tries: repeating an attempt replaces its count."""

    def __init__(self):
        self._before, self._latest = {}, {}

    def note(self, attempt: Try) -> None:
        """Remember one attempt."""
        latest = self._latest.get(attempt.entry_id)
        if latest and latest.name != attempt.name:
            self._before[attempt.entry_id] = self.tries(attempt.entry_id)
        self._latest[attempt.entry_id] = attempt

    def tries(self, entry_id: str) -> int:
        """How many tries count by now."""
        latest = self._latest.get(entry_id)
        return self._before.get(entry_id, 0) + (latest.counts if latest else 0)


def fail(retries, ledger, entry_id, error=None):
    """Let an entry fail, and tell the server."""
    for attempt in retries.failed(entry_id, error or ValueError("x"), 0.0):
        ledger.note(attempt)


@pytest.fixture
def retries():
    """The policy of a consumer whose min_idle_ms is a minute."""
    return Retries(transient=(OSError,), min_idle_ms=60_000)


@given(st.integers(1, 5000), st.floats(0.001, 1), st.floats(1, 1000))
def test_a_pause_grows_up_to_its_limit(failures, first, longest):
    """It doubles each time, minus at most half."""
    whole = min(longest, first * 2.0 ** min(failures - 1, 60))
    assert whole / 2 <= grown(failures, first, longest) <= whole <= longest


def test_pauses_differ():
    """Consumers that failed at the same moment don't all come back at the same moment."""
    assert len({grown(3, 1.0, 60.0) for _ in range(100)}) > 90


def test_each_entry_has_a_pause_of_its_own():
    """One that fails for the fifth time waits longer than one that fails for the first time."""
    pauses = Pauses(1.0, 60.0)
    for _ in range(5):
        long = pauses.failed("a", now=0.0)
    short = pauses.failed("b", now=0.0)
    assert 8 <= long <= 16 and 0.5 <= short <= 1
    assert pauses.due(0.4) == [] and pauses.due(1.0) == ["b"] and pauses.due(16.0) == ["b", "a"]
    assert pauses.pausing(1.0) == ["a"] and pauses.seconds_left(0.0) == short


def test_a_handler_may_say_how_long():
    """Even longer than the longest pause."""
    pauses = Pauses(1.0, 30.0)
    assert pauses.failed("a", now=0.0, after=300) == 300
    assert pauses.due(299) == [] and pauses.due(300) == ["a"]


def test_what_is_forgotten_begins_anew():
    """An entry that succeeded and comes again starts without failures."""
    pauses = Pauses(1.0, 30.0)
    pauses.failed("a", now=0.0)
    pauses.forget("a")
    assert "a" not in pauses and not pauses.failures("a") and pauses.seconds_left(0.0) is None


def test_what_was_not_tried_has_not_failed():
    """An entry that was put off is due at once; a pausing one keeps pausing."""
    pauses = Pauses(1.0, 30.0)
    pauses.put_off("a", now=5.0)
    pauses.failed("b", now=5.0)
    pauses.put_off("b", now=5.0)
    assert pauses.due(5.0) == ["a"] and not pauses.failures("a")


@pytest.mark.parametrize(
    "min_idle_ms, first, longest",
    [(None, FIRST_PAUSE, LONGEST_PAUSE), (100, 0.0125, 0.05), (3_600_000, 1.0, 30.0)],
)
def test_an_entry_is_tried_again_before_others_may_claim_it(min_idle_ms, first, longest):
    """The longest pause is half of min_idle_ms, or half a minute."""
    pauses = Retries(min_idle_ms=min_idle_ms).pauses
    assert (pauses.first, pauses.longest) == (first, longest)


def test_several_different_entries_in_a_row_open_the_breaker():
    """And the first one that succeeds closes it."""
    breaker = Breaker(1.0, 30.0)
    for n in range(OPENS_AFTER):
        assert not breaker.is_open and not breaker.pause_seconds()
        breaker.failed(Try(str(n), "t"), first=True)
    assert breaker.is_open and breaker.suspects and 0.5 <= breaker.pause_seconds() <= 1
    breaker.succeeded()
    assert not breaker.is_open and not breaker.suspects


def test_an_entry_that_gets_through_ends_the_row():
    """Poison among healthy entries isn't an outage."""
    breaker = Breaker(1.0, 30.0)
    for n in range(10 * OPENS_AFTER):
        breaker.failed(Try(str(n), "t"), first=True)
        if n % OPENS_AFTER == 3:
            breaker.succeeded()
    assert not breaker.is_open


def test_poison_that_is_tried_again_does_not_open_the_breaker():
    """At night nothing new comes, and only poison is tried, again and again."""
    breaker = Breaker(1.0, 30.0)
    for n in range(10 * OPENS_AFTER):
        breaker.failed(Try(str(n % 7), f"t{n}"), first=False)
    assert not breaker.is_open


def test_an_open_breaker_waits_longer_each_time():
    """Up to its longest pause."""
    breaker = Breaker(1.0, 30.0)
    for n in range(OPENS_AFTER + 4):
        breaker.failed(Try(str(n), "t"), first=True)
    assert 8 <= breaker.pause_seconds() <= 16


def test_what_fails_in_an_outage_does_not_count(retries):
    """Neither the failures that opened the breaker, nor those while it is open."""
    ledger = Ledger()
    for n in range(2 * OPENS_AFTER):
        fail(retries, ledger, f"{n}-0")
    assert [ledger.tries(f"{n}-0") for n in range(2 * OPENS_AFTER)] == [0] * 2 * OPENS_AFTER


def test_tries_before_the_outage_stay_counted(retries):
    """Poison that failed twice among healthy entries has failed twice, and no more."""
    ledger = Ledger()
    for _ in range(2):
        fail(retries, ledger, "poison")
        retries.succeeded("healthy")
    for entry_id in ("poison", "a", "poison", "b", "c", "d", "poison", "e"):
        fail(retries, ledger, entry_id)
    assert retries.breaker.is_open and ledger.tries("poison") == 2 and ledger.tries("a") == 0
    retries.succeeded("healthy")
    fail(retries, ledger, "poison")
    assert ledger.tries("poison") == 3


@given(st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans()), max_size=40))
def test_a_row_that_ends_in_an_outage_counts_for_nothing(row):
    """Whatever the order in which the same entries fail, and whether or not their errors are
    transient."""
    retries, ledger = Retries(transient=(OSError,)), Ledger()
    for entry_id, passing in [*row, *((name, False) for name in "uvwxyz")]:
        fail(retries, ledger, entry_id, OSError() if passing else ValueError())
    assert retries.breaker.is_open
    assert [ledger.tries(name) for name in "abcdefuvwxyz"] == [0] * 12


@pytest.mark.parametrize("error", [Retry(), Retry("rate limit", after=5), OSError("refused")])
def test_an_error_that_passes_never_counts(retries, error):
    """However often it occurs, raised as Retry or named as transient."""
    ledger = Ledger()
    for _ in range(20):
        fail(retries, ledger, "a", error)
    assert ledger.tries("a") == 0 and retries.pauses.failures("a") == 20


def test_a_try_that_began_and_passes_is_taken_back(retries):
    """A crash in the handler would have counted; a transient error doesn't."""
    ledger = Ledger()
    ledger.note(retries.attempt("a"))
    assert ledger.tries("a") == 1
    fail(retries, ledger, "a", Retry())
    assert ledger.tries("a") == 0


def test_a_try_has_one_name_until_it_has_failed(retries):
    """Noted twice because a reply was lost, it counts once; the next try has another name."""
    first = retries.attempt("a")
    assert retries.attempt("a") == first
    retries.failed("a", ValueError(), 0.0)
    assert retries.attempt("a").name != first.name
    assert Retries().attempt("a").name != first.name


def test_retry_says_when():
    """Its pause wins over the growing one; without one it grows."""
    retries = Retries()
    retries.failed("a", Retry(after=90), 0.0)
    retries.failed("b", Retry(), 0.0)
    assert retries.pauses.pausing(89) == ["a"] and str(Retry()) == "not now"
