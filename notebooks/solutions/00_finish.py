FINISH = "00:finish"
clean_slate(r, FINISH)
r.xgroup_create(FINISH, GROUP, id="0", mkstream=True)
for value in ("a", "b"):
    r.xadd(FINISH, {"value": value})
entries = r.xreadgroup(GROUP, "alice", {FINISH: ">"})[FINISH]
# One answer
for entry_id, fields in entries:
    r.xack(FINISH, GROUP, entry_id)
