SHRINK = "09:shrink"
clean_slate(r, SHRINK)
for group in ("audit", "billing", "mailing"):
    ensure_group(r, SHRINK, group)
for n in range(20):
    r.xadd(SHRINK, {"value": n})
for group, given, acked in (("billing", 20, 20), ("mailing", 12, 5)):
    entries = r.xreadgroup(group, "consumer1", {SHRINK: ">"}, count=given)[SHRINK]
    r.xack(SHRINK, group, *(entry_id for entry_id, fields in entries[:acked]))
removed = None
# One answer
r.xgroup_destroy(SHRINK, "audit")
removed = trim_acknowledged(r, SHRINK)
