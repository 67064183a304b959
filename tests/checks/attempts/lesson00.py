"""Attempts at the exercises of lesson 00, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Right, Tried

ATTEMPTS = [
    Tried(
        "00.finish",
        "hint",
        "",
        "send entry[0] of one entry, or *[entry[0] for entry in entries] for all",
        """
r.xack(FINISH, GROUP, entries)
""",
    ),
    Tried(
        "00.finish",
        "hint",
        "",
        "comes first in each pair of a reply",
        """
for entry in entries:
    r.xack(FINISH, GROUP, entry[1]["value"])
""",
    ),
    Tried(
        "00.finish",
        "open",
        "",
        "alice has nothing pending; bob has a, b pending",
        """
r.xclaim(FINISH, GROUP, "bob", 0, [entry_id for entry_id, fields in entries])
""",
    ),
    Tried(
        "00.account",
        "hint",
        "lag-is-pending",
        "set it to the `len()` of",
        'waiting, unfinished = "fghi", "cde"',
    ),
    Tried(
        "00.finish",
        "hint",
        "ack-zero",
        "you sent `XACK 00:finish",
        "r.xack(FINISH, entries[0][0], GROUP)",
    ),
    Tried(
        "00.finish",
        "hint",
        "",
        "you worked on `00:dataStream` (`XACK 00:dataStream",
        'r.xack("00:dataStream", GROUP, entries[0][0], entries[1][0])',
    ),
    Tried(
        "00.finish",
        "hint",
        "",
        "you worked on `00:dataStream` (`XACK 00:dataStream",
        "r.xack(STREAM, GROUP, *[i for i, f in entries])",
    ),
    Tried(
        "00.finish",
        "hint",
        "ack-zero",
        "you sent `XACK 00:finish alice",
        'r.xack(FINISH, "alice", entries[0][0])',
    ),
    Tried(
        "00.finish",
        "hint",
        "",
        "your cell ended with DataError: XACK's argument 3, after",
        "r.xack(FINISH, GROUP, entries)",
    ),
    Tried(
        "00.finish",
        "hint",
        "",
        "your cell ended with ResponseError: Invalid stream ID",
        'r.xack(FINISH, GROUP, "alice")',
    ),
    Tried(
        "00.finish",
        "hint",
        "",
        "your cell ended with DataError: XACK's argument 3, after",
        """
for entry in entries:
    r.xack(FINISH, GROUP, entry)
""",
    ),
    Tried(
        "00.finish",
        "hint",
        "read-is-done",
        "Alice has already read both entries, and reading them",
        'r.xreadgroup(GROUP, "alice", {FINISH: ">"})',
    ),
    Tried(
        "00.finish",
        "hint",
        "",
        "your cell ended with DataError: XACK needs at least one",
        "r.xack(FINISH, GROUP)",
    ),
    Tried(
        "00.finish",
        "hint",
        "",
        "your cell ended with ResponseError: Invalid stream ID",
        'r.xack(FINISH, GROUP, "a", "b")',
    ),
    Tried(
        "00.finish",
        "hint",
        "ack-deletes",
        "an entry is gone from the stream: acknowledge entries with",
        "r.delete(FINISH)",
    ),
    Tried(
        "00.finish",
        "hint",
        "busygroup-destroy",
        "you removed the group or the consumer, and Alice's pending",
        "r.xgroup_destroy(FINISH, GROUP)",
    ),
    Tried(
        "00.finish",
        "hint",
        "read-is-done",
        "Alice has already read both entries, and reading them",
        'r.xreadgroup(GROUP, "alice", {FINISH: "0"})',
    ),
    Tried(
        "00.finish",
        "hint",
        "ack-deletes",
        "an entry is gone from the stream: acknowledge entries with",
        "r.xtrim(FINISH, maxlen=0, approximate=False)",
    ),
    Tried(
        "00.finish",
        "hint",
        "",
        "your cell ended with NameError: name 'entry' is not",
        """
for entry_id, fields in entry:
    r.xack(FINISH, GROUP, entry_id)
""",
    ),
    Tried(
        "00.finish",
        "hint",
        "read-is-done",
        "Alice has already read both entries, and reading them",
        'r.xreadgroup(GROUP, "bob", {FINISH: ">"}, noack=True)',
    ),
    Tried(
        "00.finish",
        "hint",
        "",
        "you asked about `00:dataStream` (`XPENDING 00:dataStream",
        """
for pending in r.xpending_range(STREAM, GROUP, "-", "+", count=10):
    r.xack(FINISH, GROUP, pending["message_id"])
""",
    ),
    Right("00.finish", "r.xack(FINISH, GROUP, *[entry_id for entry_id, _ in entries])"),
    Right(
        "00.finish",
        """
r.xack(FINISH, GROUP, entries[0][0])
r.xack(FINISH, GROUP, entries[1][0])
picture(r, FINISH, GROUP)
""",
    ),
    Right(
        "00.finish",
        """
for entry_id, fields in r.xreadgroup(GROUP, "alice", {FINISH: "0"})[FINISH]:
    r.xack(FINISH, GROUP, entry_id)
""",
    ),
    Right(
        "00.finish",
        """
for entry_id, fields in r.xrange(FINISH):
    r.xack(FINISH, GROUP, entry_id)
""",
    ),
    Tried(
        "00.account",
        "hint",
        "read-is-pending",
        "2 is the number of entries that Alice has finished: a check",
        "waiting, unfinished = 4, 2",
    ),
    Right("00.account", 'waiting, unfinished = "4", "3"'),
    Tried(
        "00.account",
        "hint",
        "lag-is-pending",
        "5 is the number of entries delivered to Alice; `waiting`",
        "waiting, unfinished = 5, 3",
    ),
    Tried(
        "00.account",
        "hint",
        "lag-is-pending",
        "9 is the number of entries in the stream; `waiting` counts",
        "waiting, unfinished = 9, 5",
    ),
    Tried(
        "00.account",
        "hint",
        "lag-is-pending",
        "has the right number of items, but it should be a number",
        'waiting, unfinished = 4, ["c", "d", "e"]',
    ),
    Tried(
        "00.account",
        "hint",
        "lag-is-pending",
        "has the right number of items, but it should be a number",
        'waiting, unfinished = ["f","g","h","i"], ["c","d","e"]',
    ),
    Tried(
        "00.account",
        "hint",
        "lag-is-pending",
        "number from a reply that holds it",
        """
waiting = 4
unfinished = r.xpending(ACCOUNT, GROUP)
""",
    ),
    Tried(
        "00.account",
        "hint",
        "lag-is-pending",
        "9 is the number of entries in the stream; `waiting` counts",
        """
waiting = r.xlen(ACCOUNT)
unfinished = len(given)
""",
    ),
    Tried("00.account", "open", "", "", "waiting, unfinished = 6, 3"),
    Tried(
        "00.account",
        "hint",
        "read-is-pending",
        "5 is the number of entries that Alice has read in all.",
        "waiting, unfinished = 4.0, 5",
    ),
    Tried(
        "00.account",
        "open",
        "",
        "the number of boxes after the ▲",
        """
for group in r.xinfo_groups(ACCOUNT):
    print(group["lag"])
""",
    ),
    Tried(
        "00.account",
        "hint",
        "read-is-done",
        "bob STREAMS 00:account >` changed the numbers: run the",
        """
waiting = len(r.xreadgroup(GROUP, "bob", {ACCOUNT: ">"})[ACCOUNT])
unfinished = r.xpending(ACCOUNT, GROUP)["pending"]
""",
    ),
    Tried(
        "00.account",
        "hint",
        "lag-is-pending",
        "`waiting` isn't a number",
        "waiting, unfinished = (4, 3), None",
    ),
    Tried("00.account", "open", "", "", "waiting, unfinishd = 4, 3"),
    Right(
        "00.account",
        """
waiting = len(r.xreadgroup(GROUP, "bob", {ACCOUNT: ">"})[ACCOUNT])
unfinished = 3
""",
    ),
    Tried(
        "00.account",
        "hint",
        "read-is-done",
        "changed the numbers: run the cell above again",
        """
r.xack(ACCOUNT, GROUP, *[i for i, f in given])
waiting, unfinished = 4, 0
""",
    ),
    Right(
        "00.account",
        """
picture(r, ACCOUNT, GROUP)
waiting = 4
unfinished = 3
""",
    ),
    Right("00.account", 'waiting, unfinished = len("fghi"), len("cde")'),
    Right(
        "00.account",
        """
unfinished = r.xpending(ACCOUNT, GROUP)["pending"]
waiting = r.xlen(ACCOUNT) - len(given)
""",
    ),
    Right(
        "00.account",
        """
from decimal import Decimal
waiting, unfinished = Decimal(4), 3.0
""",
    ),
    Tried(
        "00.finish",
        "hint",
        "",
        "the rest of its code didn't run",
        """
r.xack(FINISH, GROUP, entries[0][0])
raise KeyboardInterrupt  # ■ is pressed in time.sleep(60)
r.xack(FINISH, GROUP, entries[1][0])
""",
    ),
    Tried(
        "00.finish",
        "hint",
        "",
        "a pipeline keeps its commands until execute()",
        """
with r.pipeline() as p:
    for entry_id, fields in entries:
        p.xack(FINISH, GROUP, entry_id)
""",
    ),
    Tried(
        "00.account",
        "hint",
        "",
        "waiting = a generator, unfinished = 3",
        """
waiting = (entry for entry in r.xrange(ACCOUNT, "(" + given[-1][0]))
unfinished = 3
""",
    ),
    Tried(
        "00.finish",
        "hint",
        "",
        "the stream comes first, then the group",
        """
for entry_id, fields in entries:
    r.xack(GROUP, FINISH, entry_id)
""",
    ),
    Tried(
        "00.finish",
        "open",
        "",
        "this only gives the entries a new owner, so you still",
        """
r.xclaim(FINISH, GROUP, "bob", 0, [entry_id for entry_id, fields in entries])
""",
    ),
    Tried(
        "00.account",
        "open",
        "",
        "You set `Waiting`, but the check looks at `waiting`",
        """
Waiting, Unfinished = 4, 3
""",
    ),
    Tried(
        "00.account",
        "hint",
        "lag-is-pending",
        "count the boxes in the picture, or take",
        """
waiting = picture(r, ACCOUNT, GROUP)
""",
    ),
    Tried(
        "00.finish",
        "hint",
        "",
        "Python couldn't read the cell, so it ran none of it",
        """
XACK 00:finish consumerGroup 0-1
""",
    ),
    Tried(
        "00.finish",
        "open",
        "",
        "you sent `XADD 00:finish * value c`: you don't need to add",
        """
for entry_id, fields in entries:
    r.xack(FINISH, GROUP, entry_id)
r.xadd(FINISH, {"value": "c"})
""",
    ),
    Tried(
        "00.finish",
        "hint",
        "",
        "your cell ended with IndexError: list index out of range:",
        """
r.xack(FINISH, GROUP, entries[0][0])
r.xack(FINISH, GROUP, entries[2][0])
""",
    ),
    Tried(
        "00.finish",
        "nearly",
        "",
        "your `DEL 00:finish` deleted the stream with its entries",
        """
r.delete(FINISH)
r.xgroup_create(FINISH, GROUP, id="0", mkstream=True)
r.xgroup_createconsumer(FINISH, GROUP, "alice")
for value in ("a", "b"):
    r.xadd(FINISH, {"value": value})
""",
    ),
    Tried(
        "00.finish",
        "nearly",
        "",
        "you sent `XGROUP DESTROY 00:finish consumerGroup`, and the",
        """
r.xgroup_destroy(FINISH, GROUP)
r.xgroup_create(FINISH, GROUP, id="$")
r.xgroup_createconsumer(FINISH, GROUP, "alice")
""",
    ),
    Tried(
        "00.finish",
        "nearly",
        "",
        "you sent `XGROUP DELCONSUMER 00:finish consumerGroup",
        """
r.xgroup_delconsumer(FINISH, GROUP, "alice")
r.xgroup_createconsumer(FINISH, GROUP, "alice")
""",
    ),
    Tried(
        "00.account",
        "open",
        "",
        "`unfinished` is right, but count again for `waiting`.",
        """
waiting, unfinished = 3, 3
""",
    ),
    Tried(
        "00.account",
        "open",
        "",
        "`waiting` is right, but count again for `unfinished`.",
        """
waiting, unfinished = 4, 4
""",
    ),
    Tried(
        "00.account",
        "hint",
        "lag-is-pending",
        "`waiting` isn't a number: count the boxes in the picture",
        """
waiting, unfinished = "four", "three"
""",
    ),
    Tried(
        "00.account",
        "hint",
        "lag-is-pending",
        "`waiting` isn't a number: count the boxes in the picture",
        """
waiting = r.xinfo_groups(ACCOUNT)
unfinished = r.xpending(ACCOUNT, GROUP)["pending"]
""",
    ),
    Tried(
        "00.account",
        "open",
        "",
        "`waiting` and `unfinished` are still None: in the cell",
        """
waiting == 4
unfinished == 3
""",
    ),
    Tried(
        "00.account",
        "hint",
        "",
        "your cell ended with TypeError: list indices must be",
        """
waiting = r.xinfo_groups(ACCOUNT)["lag"]
unfinished = 3
""",
    ),
    Tried(
        "00.finish",
        "hint",
        "",
        "leave the bookmark alone",
        """
r.xgroup_setid(FINISH, GROUP, "$")
""",
    ),
    Tried(
        "00.account",
        "hint",
        "",
        "put each assignment on a line of its own",
        "waiting = 4, unfinished = 3",
    ),
    Tried(
        "00.finish",
        "hint",
        "ack-once",
        "returned 0: the group's name is `consumerGroup`",
        """
r.xack(FINISH, GROUP, entries[0][0])
r.xack(FINISH, "alice", entries[1][0])
""",
    ),
    Tried(
        "00.finish",
        "hint",
        "ack-once",
        "returned 0: the stream's name is `00:finish`",
        """
r.xack(FINISH, GROUP, entries[0][0])
r.xack(STREAM, GROUP, entries[1][0])
""",
    ),
    Tried(
        "00.finish",
        "hint",
        "ack-once",
        "pass this entry's ID, too",
        """
for entry_id, fields in entries:
    r.xack(FINISH, GROUP, entries[0][0])
""",
    ),
    Tried(
        "00.finish",
        "hint",
        "read-is-done",
        "use XACK on the entries in `entries`",
        """
for entry_id, fields in r.xreadgroup(GROUP, "alice", {FINISH: ">"}).get(FINISH, []):
    r.xack(FINISH, GROUP, entry_id)
""",
    ),
    Tried(
        "00.account",
        "open",
        "",
        "`unfinished` is right, but count again for `waiting`.",
        """
unfinished = len(r.xreadgroup(GROUP, "alice", {ACCOUNT: "0"})[ACCOUNT])
waiting = 6
""",
    ),
    Tried(
        "00.account",
        "hint",
        "read-is-done",
        "value j` changed the numbers",
        """
r.xadd(ACCOUNT, {"value": "j"})
waiting, unfinished = 5, 3
""",
    ),
    Tried(
        "00.account",
        "hint",
        "read-is-done",
        "changed the numbers: run the cell above",
        """
r.xclaim(ACCOUNT, GROUP, "bob", 0, [given[2][0]])
waiting, unfinished = 4, 2
""",
    ),
    Tried(
        "00.account",
        "hint",
        "lag-is-pending",
        "`waiting` isn't a number",
        """
waiting, unfinished = ["c", "d", "e"], ["f", "g", "h", "i"]
""",
    ),
    Tried(
        "00.account",
        "hint",
        "lag-is-pending",
        "`waiting` has the right number of items",
        """
waiting, unfinished = list("fghi"), list("ab")
""",
    ),
    Tried(
        "00.account",
        "hint",
        "lag-is-pending",
        "`unfinished` has the right number of items",
        """
waiting, unfinished = list("hi"), list("cde")
""",
    ),
    Tried(
        "00.account",
        "open",
        "",
        "`unfinished` is right, but count again for `waiting`",
        """
unfinished = len(r.xautoclaim(ACCOUNT, GROUP, "alice", 0)[1])
waiting = 6
""",
    ),
    Tried(
        "00.account",
        "not started",
        "",
        "so far your code changes nothing",
        """
print(4, 3)
""",
    ),
    Right(
        "00.account",
        """
import re

text = repr(picture(r, ACCOUNT, GROUP))
waiting, unfinished = re.search(r"lag (\\d+) · pending (\\d+)", text).groups()
""",
    ),
    Right(
        "00.finish",
        """
list(map(lambda entry: r.xack(FINISH, GROUP, entry[0]), entries))
""",
    ),
    Right(
        "00.finish",
        """
while entries:
    r.xack(FINISH, GROUP, entries.pop()[0])
""",
    ),
    Right(
        "00.finish",
        """
r.execute_command("XACK", FINISH, GROUP, *dict(entries))
""",
    ),
    Tried(
        "00.account",
        "hint",
        "lag-is-pending",
        "number from a reply that holds it",
        """
waiting = 4
unfinished = r.xreadgroup(GROUP, "alice", {ACCOUNT: "0"})
""",
    ),
    Tried(
        "00.account",
        "not started",
        "",
        "not yet (so far your code changes nothing)",
        """
picture(r, ACCOUNT, GROUP)
""",
    ),
]
