LEAVE = "06:leave"
clean_slate(r, LEAVE)
ensure_group(r, LEAVE, GROUP)
for n in range(5):
    r.xadd(LEAVE, {"value": n})
franks = r.xreadgroup(GROUP, "frank", {LEAVE: ">"})
done = []
# One answer
ids = [entry_id for entry_id, fields in franks[LEAVE]]
for entry_id, fields in r.xclaim(LEAVE, GROUP, "grace", min_idle_time=0, message_ids=ids):
    done.append(fields["value"])
    r.xack(LEAVE, GROUP, entry_id)
r.xgroup_delconsumer(LEAVE, GROUP, "frank")
