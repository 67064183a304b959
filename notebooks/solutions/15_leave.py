r.xclaim(LEAVE, GROUP, "alice", 0, rest, idle=3_600_000, justid=True)
