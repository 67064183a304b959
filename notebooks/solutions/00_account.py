ACCOUNT = "00:account"
clean_slate(r, ACCOUNT)
for value in "abcdefghi":
    r.xadd(ACCOUNT, {"value": value})
r.xgroup_create(ACCOUNT, GROUP, id="0")
given = r.xreadgroup(GROUP, "alice", {ACCOUNT: ">"}, count=5)[ACCOUNT]
r.xack(ACCOUNT, GROUP, given[0][0], given[1][0])
waiting, unfinished = None, None
# One answer
waiting, unfinished = 4, 3
picture(r, ACCOUNT, GROUP)
