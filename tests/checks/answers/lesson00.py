"""Answers to the exercises of lesson 00."""

from tests.checks.answers.kinds import Right, Wrong

ANSWERS = [
    Right(
        "00.finish",
        'r.xack(FINISH, GROUP, *[line["message_id"] for line in r.xpending_range(FINISH, '
        'GROUP, "-", "+", 10)])',
    ),
    Wrong(
        "00.finish", "ack-deletes", "r.xdel(FINISH, *[entry_id for entry_id, fields in entries])"
    ),
    Wrong("00.finish", "ack-once", "r.xack(FINISH, GROUP, entries[0][0])"),
    Wrong("00.finish", "busygroup-destroy", 'r.xgroup_delconsumer(FINISH, GROUP, "alice")'),
    Right(
        "00.account",
        """
[group] = r.xinfo_groups(ACCOUNT)
waiting, unfinished = group["lag"], group["pending"]""",
    ),
    Wrong("00.account", "lag-is-pending", "waiting, unfinished = 3, 4"),
    Wrong("00.account", "lag-is-pending", "waiting, unfinished = 7, 3"),
    Wrong("00.account", "lag-is-pending", "waiting, unfinished = 4, 7"),
    Wrong("00.account", "read-is-done", "waiting, unfinished = 4, 0"),
    Wrong("00.account", "read-is-pending", "waiting, unfinished = 4, 5"),
    Wrong("00.account", "", "waiting = 4"),
    Wrong("00.account", "lag-is-pending", "waiting, unfinished = 9, 2"),
]
