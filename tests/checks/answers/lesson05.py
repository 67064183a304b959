"""Answers to the exercises of lesson 05."""

from tests.checks.answers.kinds import Right, Wrong

ANSWERS = [
    Right(
        "05.behind",
        """
r.xgroup_destroy(BEHIND, GROUP)
ensure_group(r, BEHIND, GROUP)
while entries := r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"}, count=1).get(BEHIND):
    done.append(int(entries[0][1]["value"]))
    r.xack(BEHIND, GROUP, entries[0][0])""",
    ),
    Right(
        "05.behind",
        """
r.xgroup_setid(BEHIND, GROUP, "0-0")
while reply := r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"}, count=3):
    for entry_id, fields in reply[BEHIND]:
        done.append(fields["value"])
        r.xack(BEHIND, GROUP, entry_id)""",
    ),
    Right(
        "05.behind",
        """
from helpers.consumer import Consumer
r.xgroup_setid(BEHIND, GROUP, id=0)
with Consumer(r, BEHIND, GROUP, "consumer1", lambda e: done.append(int(e.fields["value"]))) as c:
    c.drain()""",
    ),
    Right(
        "05.behind",
        """
import numpy as np
r.xgroup_setid(BEHIND, GROUP, "0")
entries = r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]
done = np.array([int(f["value"]) for _, f in entries])
r.xack(BEHIND, GROUP, *[i for i, _ in entries])""",
    ),
    Right(
        "05.behind",
        """
r.execute_command("XGROUP", "SETID", BEHIND, GROUP, "0")
from helpers.streams import read_group
for entry in read_group(r, BEHIND, GROUP, "consumer1"):
    done.append(entry.fields["value"])
    r.xack(BEHIND, GROUP, entry.id)""",
    ),
    Wrong(
        "05.behind",
        "dollar-hides",
        """
r.xgroup_createconsumer(BEHIND, GROUP, "consumer1")
r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})""",
    ),
    Wrong(
        "05.behind",
        "ack-first",
        """
r.xgroup_setid(BEHIND, GROUP, id="0")
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    r.xack(BEHIND, GROUP, entry_id)""",
    ),
    Wrong("05.behind", "nogroup-never", "r.xgroup_destroy(BEHIND, GROUP)"),
    Wrong(
        "05.behind",
        "nogroup-never",
        """
r.delete(BEHIND)
for n in range(10):
    r.xadd(BEHIND, {"value": n})
r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})""",
    ),
    Wrong(
        "05.behind",
        "bookmark-reads",
        'done += [fields["value"] for entry_id, fields in r.xrange(BEHIND)]',
    ),
    Wrong(
        "05.behind",
        "unacked",
        """
r.xgroup_setid(BEHIND, GROUP, id="0")
done += [fields["value"] for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]]""",
    ),
    Wrong(
        "05.behind",
        "ack-first",
        """
r.xgroup_setid(BEHIND, GROUP, id="0")
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    r.xack(BEHIND, GROUP, entry_id)
    if fields["value"] == "3":
        break
    done.append(fields["value"])
r.xack(BEHIND, GROUP, *(line["message_id"] for line in r.xpending_range(BEHIND, GROUP, "-", "+", count=10)))""",
    ),
    Wrong("05.behind", "", 'r.xgroup_setid(BEHIND, GROUP, id="0")'),
    Wrong(
        "05.behind",
        "",
        """
r.xgroup_setid(BEHIND, GROUP, id="0")
for entry_id, fields in r.xreadgroup(GROUP, "somebody", {BEHIND: ">"})[BEHIND]:
    done.append(fields["value"])
    r.xack(BEHIND, GROUP, entry_id)""",
    ),
    Wrong(
        "05.behind",
        "send-again",
        """
r.delete(BEHIND)
ensure_group(r, BEHIND, GROUP)
for n in range(10):
    r.xadd(BEHIND, {"value": n})
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    done.append(fields["value"])
    r.xack(BEHIND, GROUP, entry_id)""",
    ),
    Wrong(
        "05.behind",
        "send-again",
        """
for n in range(10):
    r.xadd(BEHIND, {"value": n})
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    done.append(fields["value"])
    r.xack(BEHIND, GROUP, entry_id)""",
    ),
    Wrong(
        "05.behind",
        "zero-from-start",
        """
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: "0"})[BEHIND]:
    done.append(fields["value"])
    r.xack(BEHIND, GROUP, entry_id)""",
    ),
    Wrong(
        "05.behind",
        "create-moves",
        """
ensure_group(r, BEHIND, GROUP, start="0")
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"}).get(BEHIND, []):
    done.append(fields["value"])""",
    ),
    Wrong(
        "05.behind",
        "bookmark-reads",
        """
for entry_id, fields in r.xrange(BEHIND):
    done.append(fields["value"])
    r.xack(BEHIND, GROUP, entry_id)""",
    ),
    Wrong(
        "05.behind",
        "after-the-bookmark",
        """
first = r.xrange(BEHIND, count=1)[0][0]
r.xgroup_setid(BEHIND, GROUP, first)
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    done.append(fields["value"])
    r.xack(BEHIND, GROUP, entry_id)""",
    ),
    Wrong(
        "05.behind",
        "reply-shape",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
for entry in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    done.append(entry)
    r.xack(BEHIND, GROUP, entry[0])""",
    ),
    Wrong(
        "05.behind",
        "",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
for entry_id, fields in r.xreadgroup(GROUP, "alice", {BEHIND: ">"})[BEHIND]:
    done.append(fields["value"])
    r.xack(BEHIND, GROUP, entry_id)""",
    ),
    Wrong(
        "05.behind",
        "unacked",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
reply = r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]
for entry_id, fields in reply:
    done.append(fields["value"])
    r.xack(GROUP, BEHIND, entry_id)""",
    ),
    Wrong(
        "05.behind",
        "one-read",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"}, count=5)[BEHIND]:
    done.append(fields["value"])
    r.xack(BEHIND, GROUP, entry_id)""",
    ),
    Wrong("05.behind", "create-moves", 'r.xgroup_create(BEHIND, GROUP, "0")'),
    Wrong("05.behind", "bookmark-reads", "done = list(range(10))"),
    Wrong(
        "05.behind",
        "",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
consume(done.append)""",
    ),
    Wrong(
        "05.behind",
        "",
        """
r.xgroup_setid(STREAM, GROUP, "0")
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {STREAM: ">"})[STREAM]:
    done.append(fields["value"])""",
    ),
    Right(
        "05.night",
        """
from helpers.consumer import Consumer
try:
    with Consumer(r, NIGHT, GROUP, "consumer1", lambda entry: numbers.append(int(entry.fields["value"]))) as consumer:
        consumer.drain()
except ValueError as error:
    ended_by = error""",
    ),
    Right(
        "05.night",
        """
def read(after):
    return r.xreadgroup(GROUP, "consumer1", {NIGHT: after}, count=10, block=100).get(NIGHT)
try:
    for after in ("0", ">"):
        while entries := read(after):
            for entry_id, fields in entries:
                number = int(fields["value"])
                numbers.append(number)
                r.xack(NIGHT, GROUP, entry_id)
except Exception as e:
    ended_by = e""",
    ),
    Right(
        "05.night",
        """
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]:
    try:
        n = int(fields["value"])
    except ValueError as error:
        ended_by = error
        break
    numbers += [n]
    r.xack(NIGHT, GROUP, entry_id)""",
    ),
    Right(
        "05.night",
        """
for line in r.xpending_range(NIGHT, GROUP, "-", "+", count=10):
    [(i, fields)] = r.xclaim(NIGHT, GROUP, "consumer1", 0, [line["message_id"]])
    try:
        numbers.append(int(fields["value"]))
    except ValueError as error:
        ended_by = error
        break
    r.xack(NIGHT, GROUP, i)""",
    ),
    Right(
        "05.night",
        """
from helpers.consumer import Consumer
try:
    Consumer(r, NIGHT, GROUP, "consumer1", lambda e: numbers.append(int(e.fields["value"])), count=1).step()
    Consumer(r, NIGHT, GROUP, "consumer1", lambda e: numbers.append(int(e.fields["value"])), count=1).step()
    Consumer(r, NIGHT, GROUP, "consumer1", lambda e: numbers.append(int(e.fields["value"])), count=1).step()
except ValueError as error:
    ended_by = error""",
    ),
    Wrong(
        "05.night",
        "error-as-value",
        """
for after in ("0", ">"):
    while entries := r.xreadgroup(GROUP, "consumer1", {NIGHT: after}, count=10).get(NIGHT):
        for entry_id, fields in entries:
            numbers.append(int(fields["value"]) if fields["value"].isdecimal() else 0)
            r.xack(NIGHT, GROUP, entry_id)""",
    ),
    Wrong(
        "05.night",
        "restart-resumes",
        """
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: ">"})[NIGHT]:
    numbers.append(int(fields["value"]))
    r.xack(NIGHT, GROUP, entry_id)""",
    ),
    Wrong(
        "05.night",
        "error-swallowed",
        """
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]:
    try:
        numbers.append(int(fields["value"]))
    except ValueError as error:
        ended_by = error
    r.xack(NIGHT, GROUP, entry_id)""",
    ),
    Wrong(
        "05.night",
        "error-swallowed",
        """
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]:
    try:
        numbers.append(int(fields["value"]))
        r.xack(NIGHT, GROUP, entry_id)
    except ValueError as error:
        ended_by = error""",
    ),
    Wrong(
        "05.night",
        "error-swallowed",
        """
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT][:2]:
    numbers.append(int(fields["value"]))
    r.xack(NIGHT, GROUP, entry_id)""",
    ),
    Wrong(
        "05.night",
        "unacked",
        """
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]:
    numbers.append(int(fields["value"]))""",
    ),
    Wrong("05.night", "unacked", "numbers.append(3)"),
    Wrong(
        "05.night",
        "start-over",
        """
try:
    for entry_id, fields in entries:
        numbers.append(int(fields["value"]))
except ValueError as error:
    ended_by = error""",
    ),
    Wrong(
        "05.night",
        "start-over",
        """
try:
    for entry_id, fields in entries:
        numbers.append(int(fields["value"]))
        r.xack(NIGHT, GROUP, entry_id)
except ValueError as error:
    ended_by = error""",
    ),
    Wrong(
        "05.night",
        "start-over",
        """
try:
    for entry_id, fields in r.xrange(NIGHT):
        numbers.append(int(fields["value"]))
        r.xack(NIGHT, GROUP, entry_id)
except ValueError as error:
    ended_by = error""",
    ),
    Wrong(
        "05.night",
        "start-over",
        """
r.xgroup_setid(NIGHT, GROUP, "0")
try:
    for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: ">"})[NIGHT]:
        numbers.append(int(fields["value"]))
        r.xack(NIGHT, GROUP, entry_id)
except ValueError as error:
    ended_by = error""",
    ),
    Wrong(
        "05.night",
        "error-as-value",
        """
for after in ("0", ">"):
    while entries := r.xreadgroup(GROUP, "consumer1", {NIGHT: after}, count=10).get(NIGHT):
        for entry_id, fields in entries:
            try:
                numbers.append(int(fields["value"]))
            except ValueError as error:
                numbers.append(None)
                ended_by = error
            r.xack(NIGHT, GROUP, entry_id)""",
    ),
    Wrong(
        "05.night",
        "error-as-value",
        """
for after in ("0", ">"):
    while entries := r.xreadgroup(GROUP, "consumer1", {NIGHT: after}, count=10).get(NIGHT):
        for entry_id, fields in entries:
            numbers.append(fields["value"])
            r.xack(NIGHT, GROUP, entry_id)""",
    ),
    Wrong(
        "05.night",
        "error-swallowed",
        """
try:
    for after in ("0", ">"):
        while entries := r.xreadgroup(GROUP, "consumer1", {NIGHT: after}, count=10).get(NIGHT):
            for entry_id, fields in entries:
                numbers.append(int(fields["value"]))
                r.xack(NIGHT, GROUP, entry_id)
except ValueError as error:
    ended_by = str(error)""",
    ),
    Wrong(
        "05.night",
        "error-swallowed",
        """
try:
    for after in ("0", ">"):
        while entries := r.xreadgroup(GROUP, "consumer1", {NIGHT: after}, count=10).get(NIGHT):
            for entry_id, fields in entries:
                numbers.append(int(fields["value"]))
                r.xack(NIGHT, GROUP, entry_id)
except ValueError:
    ended_by = ValueError""",
    ),
    Wrong(
        "05.night",
        "error-swallowed",
        """
for after in ("0", ">"):
    while entries := r.xreadgroup(GROUP, "consumer1", {NIGHT: after}, count=10).get(NIGHT):
        for entry_id, fields in entries:
            numbers.append(int(fields["value"]))
            r.xack(NIGHT, GROUP, entry_id)""",
    ),
    Wrong(
        "05.night",
        "error-swallowed",
        """
try:
    for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]:
        r.xack(NIGHT, GROUP, entry_id)
        numbers.append(int(fields["value"]))
except ValueError as error:
    ended_by = error""",
    ),
    Wrong(
        "05.night",
        "unacked",
        """
try:
    for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]:
        numbers.append(int(fields["value"]))
    r.xack(NIGHT, GROUP, entry_id)
except ValueError as error:
    ended_by = error""",
    ),
    Wrong(
        "05.night",
        "restart-resumes",
        """
STREAM = NIGHT
def read(after):
    return r.xreadgroup(GROUP, "consumer1", {STREAM: after}, count=10, block=100).get(STREAM)
def consume(handle):
    for after in (">", "0"):
        while entries := read(after):
            for entry_id, fields in entries:
                handle(int(fields["value"]))
                r.xack(STREAM, GROUP, entry_id)
try:
    consume(numbers.append)
except ValueError as error:
    ended_by = error""",
    ),
    Wrong(
        "05.night",
        "",
        """
def consume(handle):
    for after in ("0", ">"):
        while entries := r.xreadgroup(GROUP, "consumer1", {STREAM: after}, count=10).get(STREAM):
            for entry_id, fields in entries:
                handle(int(fields["value"]))
                r.xack(STREAM, GROUP, entry_id)
try:
    consume(numbers.append)
except ValueError as error:
    ended_by = error""",
    ),
    Wrong(
        "05.night",
        "",
        """
try:
    for entry_id, fields in r.xreadgroup(GROUP, "consumer2", {NIGHT: "0"})[NIGHT]:
        numbers.append(int(fields["value"]))
        r.xack(NIGHT, GROUP, entry_id)
except ValueError as error:
    ended_by = error""",
    ),
]
