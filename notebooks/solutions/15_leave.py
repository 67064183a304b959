LEAVE = "15:leave"
clean_slate(r, LEAVE)
ensure_group(r, LEAVE, GROUP)
for value in range(6):
    r.xadd(LEAVE, {"value": value})
entries = read_group(r, LEAVE, GROUP, "alice")
r.xack(LEAVE, GROUP, entries[0].id)
rest = [entry.id for entry in entries[1:]]
# One answer
r.xclaim(LEAVE, GROUP, "alice", 0, rest, idle=3_600_000, justid=True)
