"""Answers to the exercises of lesson 06."""

from tests.checks.answers.kinds import Right, Wrong

ANSWERS = [
    Right(
        "06.over",
        'r.xclaim(OVER, GROUP, "rescuer", 60_000, [entry_id for entry_id, fields in '
        "crashed], justid=True)",
    ),
    Right(
        "06.over",
        """
r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=3_000_000, count=1000)
r.xgroup_delconsumer(OVER, GROUP, "mallory")""",
    ),
    Wrong("06.over", "one-autoclaim", 'r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=60_000)'),
    Wrong(
        "06.over", "min-idle", 'r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=0, count=1000)'
    ),
    Wrong(
        "06.over", "min-idle", 'r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=60, count=1000)'
    ),
    Wrong("06.over", "zero-loop", 'r.xreadgroup(GROUP, "mallory", {OVER: "0"}, count=130)'),
    Wrong(
        "06.over",
        "delconsumer-frees",
        """
r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=60_000)
r.xgroup_delconsumer(OVER, GROUP, "mallory")""",
    ),
    Wrong(
        "06.over",
        "ack-early",
        """
cursor, claimed, deleted = r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=60_000, count=200)
r.xack(OVER, GROUP, *(entry_id for entry_id, fields in claimed))""",
    ),
    Wrong(
        "06.over",
        "",
        'r.xclaim(OVER, GROUP, "saviour", 60_000, [entry_id for entry_id, fields in crashed])',
    ),
    Wrong("06.over", "zero-loop", 'r.xautoclaim(OVER, GROUP, "mallory", min_idle_time=60_000)'),
    Wrong(
        "06.over",
        "min-idle",
        """
r.xautoclaim(OVER, GROUP, "rescuer", min_idle_time=0, count=1000)
r.xclaim(OVER, GROUP, "nina", 0, [entry_id for entry_id, fields in ninas])""",
    ),
    Right(
        "06.leave",
        """
for entry_id, fields in franks[LEAVE]:
    r.xclaim(LEAVE, GROUP, "grace", 0, [entry_id], justid=True)
for entry_id, fields in r.xreadgroup(GROUP, "grace", {LEAVE: "0"})[LEAVE]:
    done.append(int(fields["value"]))
    r.xack(LEAVE, GROUP, entry_id)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")""",
    ),
    Wrong("06.leave", "delconsumer-frees", 'r.xgroup_delconsumer(LEAVE, GROUP, "frank")'),
    Wrong(
        "06.leave",
        "delconsumer-frees",
        """
r.xclaim(LEAVE, GROUP, "grace", 60_000, [i for i, _ in franks[LEAVE]])
r.xgroup_delconsumer(LEAVE, GROUP, "frank")""",
    ),
    Wrong(
        "06.leave",
        "ack-deletes",
        """
for entry_id, fields in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, _ in franks[LEAVE]]):
    done.append(fields["value"])
    r.xdel(LEAVE, entry_id)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")""",
    ),
    Wrong(
        "06.leave",
        "same-name",
        """
for entry_id, fields in r.xreadgroup(GROUP, "frank", {LEAVE: "0"})[LEAVE]:
    done.append(fields["value"])
    r.xack(LEAVE, GROUP, entry_id)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")""",
    ),
    Wrong(
        "06.leave",
        "unacked",
        """
for entry_id, fields in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, _ in franks[LEAVE]]):
    done.append(fields["value"])
r.xgroup_delconsumer(LEAVE, GROUP, "frank")""",
    ),
    Wrong(
        "06.leave",
        "ack-first",
        """
for entry_id, fields in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, _ in franks[LEAVE]]):
    r.xack(LEAVE, GROUP, entry_id)""",
    ),
    Wrong(
        "06.leave",
        "",
        """
for entry_id, fields in r.xclaim(LEAVE, GROUP, "grace", 0, [i for i, _ in franks[LEAVE]]):
    done.append(fields["value"])
    r.xack(LEAVE, GROUP, entry_id)""",
    ),
]
