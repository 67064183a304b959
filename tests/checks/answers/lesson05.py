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
    Wrong(
        "05.behind",
        "dollar-hides",
        'r.xgroup_createconsumer(BEHIND, GROUP, "c")\nr.xreadgroup(GROUP, "c", {BEHIND: ">"})',
    ),
    Wrong(
        "05.behind",
        "dollar-hides",
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
    Wrong("05.night", "", "numbers.append(3)"),
    Wrong(
        "05.night",
        "",
        """
try:
    for entry_id, fields in entries:
        numbers.append(int(fields["value"]))
except ValueError as error:
    ended_by = error""",
    ),
]
