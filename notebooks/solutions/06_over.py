OVER = "06:over"
clean_slate(r, OVER)
ensure_group(r, OVER, GROUP)
for n in range(132):
    r.xadd(OVER, {"value": n})
ninas = r.xreadgroup(GROUP, "nina", {OVER: ">"}, count=2)[OVER]
crashed = r.xreadgroup(GROUP, "mallory", {OVER: ">"}, count=130)[OVER]
aged = r.xclaim(OVER, GROUP, "mallory", 0, [i for i, _ in crashed], idle=3_600_000, justid=True)
at_work = r.xclaim(OVER, GROUP, "nina", 0, [i for i, _ in ninas], idle=10_000, justid=True)
# One answer
cursor = "0-0"
while True:
    cursor, claimed, deleted = r.xautoclaim(OVER, GROUP, "rescuer",
                                            min_idle_time=60_000, start_id=cursor)
    if cursor == "0-0":
        break
