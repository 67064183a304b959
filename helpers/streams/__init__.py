"""What every lesson does with streams: groups, pending entries, claims, dead letters, effects."""

from helpers.streams.claims import HANDED_BACK_MS, SET_IDLE, claim, hand_back, keep
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

__all__ = [
    "ACK_ONCE",
    "ack_once",
    "ACK_WITH",
    "ack_with",
    "claim",
    "clean_slate",
    "DEAD_LETTER",
    "dead_letter",
    "dead_letter_stream",
    "dead_letters",
    "DETAILS",
    "ensure_group",
    "hand_back",
    "HANDED_BACK_MS",
    "is_done",
    "keep",
    "MOST_ARGUMENTS",
    "Pending",
    "pending",
    "read_group",
    "REPLAY",
    "replay",
    "SET_IDLE",
]
