"""Answers to the exercises of lesson 01."""

from tests.checks.answers.kinds import Right, Wrong

ANSWERS = [
    Right("01.patience", "import redis\npatient = redis.Redis(socket_timeout=9.5)"),
    Right("01.patience", "import redis\npatient = redis.Redis(socket_timeout=None)"),
    Wrong("01.patience", "block-socket", "patient = connect()"),
    Wrong("01.patience", "block-socket", "patient = connect(timeout=0.8)"),
    Wrong("01.patience", "block-equal", "patient = connect(timeout=8)"),
    Wrong("01.patience", "block-equal", "patient = connect(timeout=8.5)"),
    Wrong("01.patience", "units", "patient = connect(timeout=9000)"),
    Wrong("01.patience", "", "patient = 9"),
    Right("01.address", 'address = "redis://:tea%234@localhost?db=2"'),
    Wrong("01.address", "raw-password", 'address = "redis://:tea#4@localhost:6379/2"'),
    Wrong("01.address", "database-name", 'address = "redis://:tea%234@localhost:6379/orders"'),
    Wrong("01.address", "user-slot", 'address = "redis://tea%234@localhost:6379/2"'),
    Wrong("01.address", "", 'address = "redis://:tea%234@localhost:6379/3"'),
    Wrong("01.address", "", 'address = "redis://:tea%234@localhost:6379/2?db=3"'),
    Wrong("01.address", "", 'address = "redis://:tea%234@localhost:6380/2"'),
    Wrong("01.address", "", 'address = "rediss://:tea%234@localhost:6379/2"'),
    Wrong("01.address", "", "address = connect"),
    Right("01.missed", 'reply = r.xread({"01:missed": "0-0"}, count=1, block=50)'),
    Wrong("01.missed", "xread-dollar", 'reply = r.xread({MISSED: "$"}, block=50)'),
    Wrong("01.missed", "", "reply = r.xread"),
    Right(
        "01.late",
        """
block_ms = 150
for turn in range(99):
    if news := hasty.xread({LATE: "0-0"}, count=1, block=block_ms):
        break""",
    ),
    Wrong("01.late", "block-0", 'block_ms = 0\nnews = hasty.xread({LATE: "0"}, block=block_ms)'),
    Wrong(
        "01.late",
        "block-socket",
        'block_ms = 1000\nnews = hasty.xread({LATE: "0"}, block=block_ms)',
    ),
    Wrong("01.late", "block-socket", "block_ms = 450"),
    Wrong("01.late", "units", 'block_ms = 0.2\nnews = hasty.xread({LATE: "0"}, block=block_ms)'),
    Wrong(
        "01.late", "empty-is-end", 'block_ms = 50\nnews = hasty.xread({LATE: "0"}, block=block_ms)'
    ),
]
