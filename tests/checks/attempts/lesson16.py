"""Attempts at the exercises of lesson 16, by somebody who has read only the lesson."""

from tests.checks.attempts.kinds import Tried

ATTEMPTS = [
    Tried(
        "16.cases",
        "hint",
        "stream-on-disk",
        "terabytes",
        """
choices |= {"presence": "pubsub", "payments": "stream", "thumbnails": "stream"}
choices |= {"audit": "stream", "scores": "list", "accounts": "partitions"}
""",
    ),
    Tried(
        "16.cases",
        "open",
        "",
        "in the dictionary `choices`",
        'choices = ["pubsub", "stream", "list", "disk", "pubsub", "partitions"]',
    ),
    Tried(
        "16.move",
        "nearly",
        "two-commands",
        "doubles it",
        """
for value in r.lrange(MOVE, 0, -1):
    r.eval("redis.call('XADD', KEYS[2], '*', 'value', ARGV[1])", 2, MOVE, MOVED, value)
r.delete(MOVE)
""",
    ),
]
