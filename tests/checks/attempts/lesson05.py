"""Attempts at the exercises of lesson 05, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Right, Tried

ATTEMPTS = [
    Tried(
        "05.behind",
        "open",
        "",
        "move the bookmark only once",
        """
for _ in range(2):
    r.xgroup_setid(BEHIND, GROUP, "0")
    for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"}, count=5)[BEHIND]:
        done.append(fields["value"])
        r.xack(BEHIND, GROUP, entry_id)
""",
    ),
    Tried(
        "05.behind",
        "nearly",
        "",
        "runs before the entry is in `done`",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
entries = r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]
r.xack(BEHIND, GROUP, *[i for i, f in entries])
for i, f in entries:
    done.append(f["value"])
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "zero-from-start",
        "move the group's bookmark to 0, and then read",
        """
r.xgroup_setid(BEHIND, GROUP, "$")
for i, f in r.xreadgroup(GROUP, "consumer1", {BEHIND: "0"})[BEHIND]:
    done.append(f["value"]); r.xack(BEHIND, GROUP, i)
""",
    ),
    Tried(
        "05.night",
        "nearly",
        "",
        "you claimed for `consumer2`",
        """
try:
    for i, f in r.xautoclaim(NIGHT, GROUP, "consumer2", 0)[1]:
        numbers.append(int(f["value"])); r.xack(NIGHT, GROUP, i)
except ValueError as error:
    ended_by = error
""",
    ),
    Tried(
        "05.night",
        "nearly",
        "error-swallowed",
        "holds ValueError itself: keep the error that ends the run",
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
        "because `break` ends only one",
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
        "asks for this consumer's own pending entries: read with `>`",
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
        "the run carried on after `five`: convert every value",
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
        "you added entries",
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
        "even if it's done or pending for somebody",
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
    Tried(
        "05.night",
        "nearly",
        "",
        "you typed the result yourself: `numbers, ended_by",
        """
r.xack(NIGHT, GROUP, entries[3][0], entries[4][0])
numbers, ended_by = [3, 4], ValueError("five")
""",
    ),
    Right(
        "05.behind",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
[(_, entries)] = r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"}).items()
for entry_id, fields in entries:
    done.append(fields["value"])
    r.xack(BEHIND, GROUP, entry_id)
""",
    ),
    Right(
        "05.behind",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
id = None
while reply := r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"}, count=1):
    (id, fields), = reply[BEHIND]
    done += fields.values()
    r.xack(BEHIND, GROUP, id)
""",
    ),
    Right(
        "05.night",
        """
def run():
    for after in ("0", ">"):
        for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: after}).get(NIGHT, []):
            numbers.append(int(fields["value"]))
            r.xack(NIGHT, GROUP, entry_id)
try:
    run()
except Exception as error:
    ended_by = error
""",
    ),
    Right(
        "05.night",
        """
import sys
try:
    while entries := r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"}, count=1).get(NIGHT):
        numbers = [*numbers, int(entries[0][1]["value"])]
        r.xack(NIGHT, GROUP, entries[0][0])
except ValueError:
    ended_by = sys.exc_info()[1]
""",
    ),
    Tried(
        "05.behind",
        "open",
        "",
        "more than once: once is enough",
        """
for _ in range(2):
    r.xgroup_setid(BEHIND, GROUP, "0")
    for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"}).get(BEHIND, []):
        done.append(fields["value"])
        r.xack(BEHIND, GROUP, entry_id)
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "",
        "missing 1 required positional argument",
        """
r.xgroup_setid(BEHIND, GROUP)
""",
    ),
    Tried(
        "05.night",
        "nearly",
        "error-swallowed",
        "let int() raise the error that ends the run",
        """
for after in ("0", ">"):
    for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: after}).get(NIGHT, []):
        if not fields["value"].isdigit():
            ended_by = fields["value"]
            break
        numbers.append(int(fields["value"]))
        r.xack(NIGHT, GROUP, entry_id)
    if ended_by:
        break
""",
    ),
    Tried(
        "05.behind",
        "nearly",
        "",
        "runs before the entry is in `done`",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    if r.xack(BEHIND, GROUP, entry_id):
        done.append(fields["value"])
""",
    ),
    Right(
        "05.behind",
        """
def run():
    global done
    r.xgroup_setid(BEHIND, GROUP, "0")
    [(_, entries)] = r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"}).items()
    done = [fields["value"] for _, fields in entries]
    r.xack(BEHIND, GROUP, *(i for i, _ in entries))
run()
""",
    ),
    Right(
        "05.behind",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    done.extend(fields.values())
    r.xack(BEHIND, GROUP, entry_id)
""",
    ),
    Right(
        "05.night",
        """
def handle(text):
    numbers.append(int(text))
def night():
    for after in ("0", ">"):
        while entries := r.xreadgroup(GROUP, "consumer1", {NIGHT: after}, count=1).get(NIGHT):
            [(entry_id, fields)] = entries
            handle(fields["value"])
            r.xack(NIGHT, GROUP, entry_id)
try:
    night()
except Exception as e:
    ended_by = e
""",
    ),
    Tried(
        "05.night",
        "nearly",
        "",
        "you created the error yourself, but nothing raised it",
        """
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]:
    if fields["value"] == "five":
        ended_by = ValueError("five")
        break
    numbers.append(int(fields["value"]))
    r.xack(NIGHT, GROUP, entry_id)
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "dollar-hides",
        "the bookmark is after all ten entries, so `>` returns nothing:",
        """
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    done.append(fields["value"])
    r.xack(BEHIND, GROUP, entry_id)
""",
    ),
    Tried(
        "05.behind",
        "nearly",
        "",
        "`done.append(len(done))` takes nothing from an entry: your",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    done.append(len(done))
    r.xack(BEHIND, GROUP, entry_id)
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "reply-shape",
        "`done` should hold only the values: an entry is an (ID, fields) pair",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    done.append(entry_id)
    r.xack(BEHIND, GROUP, entry_id)
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "unacked",
        "the group still has 10 entries pending: your `XACK 05:data",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    done.append(fields["value"])
    r.xack(STREAM, GROUP, entry_id)
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "unacked",
        "the group still has 10 entries pending: acknowledge each entry",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    done.append(fields["value"])
    r.xdel(BEHIND, entry_id)
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "",
        "your `XDEL 05:behind ",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    done.append(fields["value"])
    r.xack(BEHIND, GROUP, entry_id)
    r.xdel(BEHIND, entry_id)
""",
    ),
    Tried(
        "05.behind",
        "open",
        "",
        "Your `XGROUP SETID 05:behind consumerGroup 0-1` makes `>`",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    done.append(fields["value"])
    r.xack(BEHIND, GROUP, entry_id)
r.xgroup_setid(BEHIND, GROUP, "0-1")
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "after-the-bookmark",
        "`done` lacks 0, 1, 2, 3, 4, 5: the bookmark is the",
        """
last = r.xrange(BEHIND)[5][0]
r.xgroup_setid(BEHIND, GROUP, last)
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    done.append(fields["value"])
    r.xack(BEHIND, GROUP, entry_id)
""",
    ),
    Tried(
        "05.night",
        "nearly",
        "",
        "`numbers.append(n)` takes nothing from an entry: your code",
        """
try:
    entries = r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]
    for n, (entry_id, fields) in enumerate(entries, start=3):
        if n == 5:
            raise ValueError
        numbers.append(n)
        r.xack(NIGHT, GROUP, entry_id)
except ValueError as error:
    ended_by = error
""",
    ),
    Tried(
        "05.night",
        "open",
        "",
        "`ended_by` holds ValueError: too many values to unpack",
        """
try:
    for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"}):
        numbers.append(int(fields["value"]))
except ValueError as error:
    ended_by = error
""",
    ),
    Right(
        "05.behind",
        """
from helpers.consumer import Consumer
r.xgroup_setid(BEHIND, GROUP, "0")
with Consumer(r, BEHIND, GROUP, "consumer1", lambda e: done.append(e.fields["value"])) as c:
    c.drain()
""",
    ),
    Right(
        "05.night",
        """
def run():
    for after in "0>":
        for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: after}, count=10)[NIGHT]:
            yield entry_id, int(fields["value"])
try:
    for entry_id, number in run():
        numbers.append(number)
        r.xack(NIGHT, GROUP, entry_id)
except ValueError as problem:
    ended_by = problem
""",
    ),
    Right(
        "05.night",
        """
after = "0"
while ended_by is None:
    [(entry_id, fields)] = r.xreadgroup(GROUP, "consumer1", {NIGHT: after}, count=1)[NIGHT]
    try:
        numbers.append(int(fields["value"]))
    except ValueError as error:
        ended_by = error
    else:
        r.xack(NIGHT, GROUP, entry_id)
#restart
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "bookmark-reads",
        "`done` is right, but `consumerGroup` has delivered nothing:",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
for entry_id, fields in r.xrange(BEHIND):
    done.append(fields["value"])
""",
    ),
    Tried(
        "05.behind",
        "open",
        "",
        "The bookmark is now before the entries",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
""",
    ),
    Tried(
        "05.behind",
        "open",
        "",
        "Your read returned entries, but `done`",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})
r.xreadgroup(GROUP, "consumer1", {BEHIND: "0"})
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "send-again",
        "you deleted the stream, but",
        """
r.delete(BEHIND)
ensure_group(r, BEHIND, GROUP, start="0")
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "reply-shape",
        "`done` is '9', not a list",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    done = fields["value"]
    r.xack(BEHIND, GROUP, entry_id)
""",
    ),
    Tried(
        "05.night",
        "open",
        "",
        "`numbers` holds 3, 4 more than once",
        """
try:
    for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]:
        numbers += 2 * [int(fields["value"])]
        r.xack(NIGHT, GROUP, entry_id)
except ValueError as error:
    ended_by = error
""",
    ),
    Tried(
        "05.night",
        "open",
        "",
        "`numbers` is empty",
        """
try:
    for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]:
        number = int(fields["value"])
        r.xack(NIGHT, GROUP, entry_id)
except ValueError as error:
    ended_by = error
""",
    ),
    Tried(
        "05.night",
        "open",
        "",
        "`numbers` lacks 3",
        """
try:
    for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: entries[3][0]})[NIGHT]:
        numbers.append(int(fields["value"]))
        r.xack(NIGHT, GROUP, entry_id)
except ValueError as error:
    ended_by = error
""",
    ),
    Tried(
        "05.night",
        "hint",
        "one-read",
        "you handled new entries while old ones were still pending",
        """
try:
    for after in ("0", ">"):
        for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: after}, count=1)[NIGHT]:
            numbers.append(int(fields["value"]))
            r.xack(NIGHT, GROUP, entry_id)
except ValueError as error:
    ended_by = error
""",
    ),
    Tried(
        "05.night",
        "hint",
        "error-swallowed",
        "the run carried on after `five`",
        """
try:
    for after in ("0", ">"):
        for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: after})[NIGHT]:
            if fields["value"] == "five":
                continue
            numbers.append(int(fields["value"]))
            r.xack(NIGHT, GROUP, entry_id)
except ValueError as error:
    ended_by = error
""",
    ),
    Tried(
        "05.night",
        "nearly",
        "error-swallowed",
        "an `ended_by` that a function sets is a local variable, so return",
        """
def run():
    try:
        for entry_id, fields in r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]:
            numbers.append(int(fields["value"]))
            r.xack(NIGHT, GROUP, entry_id)
    except ValueError as error:
        ended_by = error
run()
""",
    ),
    Tried(
        "05.night",
        "hint",
        "",
        "your `XDEL 05:night",
        """
r.xdel(NIGHT, entries[5][0])
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "bookmark-reads",
        "`consumerGroup` has delivered nothing",
        """
r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})
for i, f in r.xrange(BEHIND):
    done.append(f["value"])
    r.xack(BEHIND, GROUP, i)
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "bookmark-reads",
        "`consumerGroup` has delivered nothing",
        """
r.xgroup_createconsumer(BEHIND, GROUP, "consumer1")
done = [f["value"] for i, f in r.xrange(BEHIND)]
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "bookmark-reads",
        "`consumerGroup` has delivered nothing",
        """
ensure_group(r, BEHIND, "rescue", start="0")
for i, f in r.xreadgroup("rescue", "consumer1", {BEHIND: ">"})[BEHIND]:
    done.append(f["value"])
    r.xack(BEHIND, "rescue", i)
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "zero-from-start",
        "this consumer's own pending entries: move",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
r.xreadgroup(GROUP, "consumer1", {BEHIND: "0"})
for i, f in r.xrange(BEHIND):
    done.append(f["value"])
    r.xack(BEHIND, GROUP, i)
r.xgroup_setid(BEHIND, GROUP, "$")
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "zero-from-start",
        "own pending entries: read with `>`",
        """
r.xgroup_setid(BEHIND, GROUP, "0")
for i, f in r.xrange(BEHIND):
    r.xreadgroup(GROUP, "consumer1", {BEHIND: i})
    done.append(f["value"])
    r.xack(BEHIND, GROUP, i)
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "dollar-hides",
        "before you moved the bookmark, so it returned nothing",
        """
reply = r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})
r.xgroup_setid(BEHIND, GROUP, "0")
for i, f in reply.get(BEHIND, []):
    done.append(f["value"])
    r.xack(BEHIND, GROUP, i)
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "",
        "the group is `consumerGroup` here, but you gave `consumer1`",
        """
r.xgroup_setid(BEHIND, "consumer1", "0")
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "ack-first",
        "some values aren't in `done`",
        """
from helpers.consumer import Consumer
r.xgroup_setid(BEHIND, GROUP, "0")
with Consumer(r, BEHIND, GROUP, "consumer1", print) as consumer:
    consumer.drain()
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "ack-first",
        "some values aren't in `done`",
        """
r.xgroup_setid(BEHIND, GROUP, "0-1")
for i, f in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    done = [f["value"]]
    r.xack(BEHIND, GROUP, i)
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "send-again",
        "you added entries, but the task is to handle the original",
        """
r.xadd(BEHIND, {"value": "test"})
for i, f in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    done.append(f["value"])
    r.xack(BEHIND, GROUP, i)
""",
    ),
    Right(
        "05.behind",
        """
first, _ = r.xinfo_stream(BEHIND)["first-entry"]
r.xgroup_setid(BEHIND, GROUP, f"{int(first.partition('-')[0]) - 1}-0")
p = r.pipeline()
for i, f in r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"})[BEHIND]:
    done.append(f["value"])
    p.xack(BEHIND, GROUP, i)
p.execute()
""",
    ),
    Right(
        "05.behind",
        """
def drain():
    if reply := r.xreadgroup(GROUP, "consumer1", {BEHIND: ">"}, count=1):
        [(i, f)] = reply[BEHIND]
        done.append(f["value"])
        r.xack(BEHIND, GROUP, i)
        drain()
p = r.pipeline()
p.xgroup_setid(BEHIND, GROUP, 0)
p.execute()
drain()
""",
    ),
    Right(
        "05.behind",
        """
for i, f in r.xclaim(BEHIND, GROUP, "consumer1", 0, [i for i, f in r.xrange(BEHIND)], force=True):
    done.append(f["value"])
    r.xack(BEHIND, GROUP, i)
""",
    ),
    Tried(
        "05.night",
        "nearly",
        "",
        "runs before the entry is in `numbers`",
        """
try:
    for i, f in r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]:
        n = int(f["value"])
        r.xack(NIGHT, GROUP, i)
        numbers.append(n)
except ValueError as error:
    ended_by = error
""",
    ),
    Tried(
        "05.night",
        "nearly",
        "",
        "you acknowledged entries without reading any",
        """
try:
    for i, f in entries[3:]:
        numbers.append(int(f["value"]))
        r.xack(NIGHT, GROUP, i)
except ValueError as error:
    ended_by = error
""",
    ),
    Tried(
        "05.night",
        "nearly",
        "error-swallowed",
        "holds None: let int() raise the error",
        """
try:
    for after in ("0", ">"):
        for i, f in r.xreadgroup(GROUP, "consumer1", {NIGHT: after})[NIGHT]:
            if not f["value"].isdigit():
                break
            numbers.append(int(f["value"]))
            r.xack(NIGHT, GROUP, i)
        else:
            continue
        break
except ValueError as error:
    ended_by = error
""",
    ),
    Tried(
        "05.night",
        "nearly",
        "error-swallowed",
        "holds None: keep the error that ends the run",
        """
try:
    for after in ("0", ">"):
        for i, f in r.xreadgroup(GROUP, "consumer1", {NIGHT: after})[NIGHT]:
            numbers.append(int(f["value"]))
            r.xack(NIGHT, GROUP, i)
except ValueError as error:
    ended_by == error
""",
    ),
    Tried(
        "05.night",
        "hint",
        "restart-resumes",
        "`>` returns only new entries: first read",
        """
try:
    for after in (">", "0"):
        for i, f in r.xreadgroup(GROUP, "consumer1", {NIGHT: after})[NIGHT]:
            numbers.append(int(f["value"]))
            r.xack(NIGHT, GROUP, i)
except ValueError as error:
    ended_by = error
numbers.sort()
""",
    ),
    Tried(
        "05.night",
        "open",
        "",
        "`numbers` lacks 3, 4, and holds 7, 6 instead",
        """
try:
    for i, f in reversed(r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]):
        numbers.append(int(f["value"]))
        r.xack(NIGHT, GROUP, i)
except ValueError as error:
    ended_by = error
""",
    ),
    Tried(
        "05.night",
        "open",
        "",
        "`numbers` is empty: append each number",
        """
try:
    numbers = [int(f["value"]) for i, f in r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]]
except ValueError as error:
    ended_by = error
""",
    ),
    Tried(
        "05.night",
        "open",
        "",
        "8 was delivered too early",
        """
old = r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]
new = r.xreadgroup(GROUP, "consumer1", {NIGHT: ">"})[NIGHT]
try:
    for i, f in old + new:
        numbers.append(int(f["value"]))
        r.xack(NIGHT, GROUP, i)
except ValueError as error:
    ended_by = error
""",
    ),
    Right(
        "05.night",
        """
def finish(i, f):
    numbers.append(int(f["value"]))
    return r.xack(NIGHT, GROUP, i)
pending = r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]
new = iter(lambda: r.xreadgroup(GROUP, "consumer1", {NIGHT: ">"}), {})
try:
    [finish(*pair) for pair in pending]
    [finish(*pair) for reply in new for pair in reply[NIGHT]]
except ValueError as error:
    ended_by = error
""",
    ),
    Right(
        "05.night",
        """
def consume(after):
    found = r.xreadgroup(GROUP, "consumer1", {NIGHT: after}, count=1).get(NIGHT)
    if not found:
        return None
    [(i, f)] = found
    try:
        numbers.append(int(f["value"]))
    except ValueError as error:
        return error
    r.xack(NIGHT, GROUP, i)
    return consume(after)
ended_by = consume("0") or consume(">")
""",
    ),
    Right(
        "05.night",
        """
ids = [line["message_id"] for line in r.xpending_range(NIGHT, GROUP, "-", "+", 10)]
try:
    for i in ids:
        [(_, f)] = r.xrange(NIGHT, i, i)
        numbers.append(int(f["value"]))
        r.xack(NIGHT, GROUP, i)
except ValueError as error:
    ended_by = error
""",
    ),
    Right(
        "05.night",
        """
def finish(i):
    r.xack(NIGHT, GROUP, i)
try:
    for i, f in r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]:
        numbers.append(int(f["value"]))
        finish(i)
except ValueError as error:
    ended_by = error
""",
    ),
    Tried(
        "05.behind",
        "hint",
        "bookmark-reads",
        "move its bookmark to before the first entry, and read as consumer1",
        """
for i, f in r.xrange(BEHIND):
    r.xgroup_setid(BEHIND, GROUP, i)
    done.append(f["value"])
    r.xack(BEHIND, GROUP, i)
""",
    ),
    Tried(
        "05.night",
        "open",
        "",
        "`numbers` is 4, not a list",
        """
try:
    for i, f in r.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]:
        numbers = int(f["value"])
        r.xack(NIGHT, GROUP, i)
except ValueError as error:
    ended_by = error
""",
    ),
    Right(
        "05.night",
        """
import redis
own = redis.Redis(connection_pool=r.connection_pool)
try:
    for i, f in own.xreadgroup(GROUP, "consumer1", {NIGHT: "0"})[NIGHT]:
        numbers.append(int(f["value"]))
        r.xack(NIGHT, GROUP, i)
except ValueError as error:
    ended_by = error
""",
    ),
]
