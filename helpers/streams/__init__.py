"""What every lesson does with streams: groups, pending entries, claims, tries, dead letters,
effects."""

from helpers.streams.claims import (
    HANDED_BACK_MS,
    REMOVE_CONSUMER,
    SET_IDLE,
    claim,
    hand_back,
    keep,
    remove_consumer,
)
from helpers.streams.dead_letters import (
    DEAD_LETTER,
    DETAILS,
    REPLAY,
    dead_letter,
    dead_letter_stream,
    dead_letters,
    replay,
)
from helpers.streams.effects import ACK_ONCE, ACK_WITH, MOST_ARGUMENTS, ack_once, ack_with
from helpers.streams.groups import clean_slate, ensure_group, is_done, read_group
from helpers.streams.pending_entries import Pending, pending
from helpers.streams.retention import oldest_needed, trim_acknowledged, wait_for_room
from helpers.streams.tries import NOTE_TRY, count_tries, errors_key, tries_key

__all__ = [
    "ACK_ONCE",
    "ACK_WITH",
    "DEAD_LETTER",
    "DETAILS",
    "HANDED_BACK_MS",
    "MOST_ARGUMENTS",
    "NOTE_TRY",
    "Pending",
    "REMOVE_CONSUMER",
    "REPLAY",
    "SET_IDLE",
    "ack_once",
    "ack_with",
    "claim",
    "clean_slate",
    "dead_letter",
    "dead_letter_stream",
    "dead_letters",
    "ensure_group",
    "errors_key",
    "hand_back",
    "is_done",
    "keep",
    "oldest_needed",
    "pending",
    "read_group",
    "remove_consumer",
    "replay",
    "count_tries",
    "tries_key",
    "trim_acknowledged",
    "wait_for_room",
]
