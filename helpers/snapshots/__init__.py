"""What is there: one consistent reading of a stream, and each entry's state. It only reads.

snapshot  from a reading to states    readings  one transaction, and scope  what it covers
states    plain values
"""

from helpers.snapshots import states
from helpers.snapshots.snapshot import snapshot
from helpers.snapshots.states import ConsumerState, EntryState, GroupState, Snapshot

__all__ = ["ConsumerState", "EntryState", "GroupState", "Snapshot", "snapshot", "states"]
