RIGHTS, may = "15:rights", None
clean_slate(r, RIGHTS)
ASKED = [
    "XREADGROUP GROUP workers alice STREAMS 15:rights >", "XACK 15:rights workers 0-0",
    "XAUTOCLAIM 15:rights workers alice 60000 0", "XADD 15:rights * item tea",
    "XTRIM 15:rights MAXLEN 0", "XGROUP DESTROY 15:rights workers", "DEL 15:rights",
    "XREADGROUP GROUP workers alice STREAMS 15:salaries >",
    "XREADGROUP GROUP workers alice STREAMS 15:rights:old >", "KEYS *", "CONFIG GET dir",
]
rules = ""
# One answer
rules = "~15:rights +xreadgroup +xack +xautoclaim"

with OwnServer() as trial:
    admin = connect(trial.url)
    admin.execute_command("ACL", "SETUSER", "clerk", "reset", "on", "nopass", *rules.split())
    may = [command for command in ASKED
           if admin.execute_command("ACL", "DRYRUN", "clerk", *command.split()) == "OK"]
