"""Attempts at the exercises of lesson 05, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Tried

ATTEMPTS = [
    Tried(
        "05.night",
        "nearly",
        "error-swallowed",
        "holds ValueError itself: keep the error that was raised",
        """
try:
    for after in ("0", ">"):
        for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: after})[NIGHT]:
            numbers.append(int(fields["value"]))
            r.xack(NIGHT, GROUP, entry_id)
except ValueError:
    ended_by = ValueError
""",
    ),
    Tried(
        "05.night",
        "nearly",
        "error-swallowed",
        "because `break` leaves only one",
        """
turns = 0
for after in ("0", ">"):
    while entries := r.xreadgroup(GROUP, "consumer1", {NIGHT: after}).get(NIGHT):
        turns += 1
        if turns == 9:
            raise KeyboardInterrupt
        for entry_id, fields in entries:
            try:
                numbers.append(int(fields["value"]))
            except ValueError as error:
                ended_by = error
                break
            r.xack(NIGHT, GROUP, entry_id)
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "zero-from-start",
        "asks for this consumer's pending entries: read with `>`",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
for i, f in r.xreadgroup(GROUP, "consumer1", {BEHIND: "0"})[BEHIND]:
    done.append(f["value"])
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "",
        "you worked on `05:dataStream` (`XGROUP SETID 05:dataStream",
        'r.xgroup_setid(STREAM, GROUP, "0")',
    ),
    Tried(
        "05.night",
        "hint",
        "error-swallowed",
        "`five` was skipped without an error: convert every value",
        """
for after in ("0", ">"):
    for i, f in r.xreadgroup(GROUP, "consumer1", {NIGHT: after})[NIGHT]:
        if f["value"].isdigit():
            numbers.append(int(f["value"]))
            r.xack(NIGHT, GROUP, i)
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "send-again",
        "the numbers were sent again",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
for n in range(10):
    done.append(str(n))
    r.xadd(BEHIND, {"value": n})
""",
    ),
    Tried(
        "05.night",
        "nearly",
        "",
        "done or not, and whoever has it",
        """
from helpers.consumer import Consumer

def handle(entry):
    numbers.append(int(entry.fields["value"]))

r.xgroup_setid(NIGHT, GROUP, "0")
try:
    with Consumer(r, NIGHT, GROUP, "consumer1", handle) as c:
        c.drain()
except ValueError as error:
    ended_by = error
""",
    ),
    Tried(
        "05.behind",
        "nearly",
        "",
        "you read with NOACK",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
reply = r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"}, noack=True)
done += [fields["value"] for entry_id, fields in reply[BEHIND]]
""",
    ),
]
