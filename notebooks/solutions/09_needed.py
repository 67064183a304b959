NEEDED, BACK, needed = "09:needed", "09:needed:back", None
clean_slate(r, NEEDED)
seconds, _ = r.time()
for n in range(240):
    r.xadd(BACK if n % 2 else NEEDED, {"value": n // 2}, id=f"{seconds * 1000}-{n // 2}")
for stream, group, given, acked in [(NEEDED, "audit", 60, 60), (NEEDED, "billing", 30, 9),
                                    (NEEDED, "mailing", 120, 120), (NEEDED, "stock", 50, 50),
                                    (BACK, "refunds", 8, 4)]:
    ensure_group(r, stream, group)
    entries = r.xreadgroup(group, "consumer1", {stream: ">"}, count=given)[stream]
    r.xack(stream, group, *(entry_id for entry_id, fields in entries[:acked]))
set_back = r.xgroup_setid(BACK, "refunds", entries[1][0])

def oldest_needed(r, stream):
    """Return the lowest ID that any group of the stream still needs."""
    # One answer
    needed = []
    for group in r.xinfo_groups(stream):
        pending = r.xpending_range(stream, group["name"], "-", "+", count=1)
        needed += [group["last-delivered-id"], *(line["message_id"] for line in pending)]
    return min(needed, key=id_key)

needed = [oldest_needed(r, stream) for stream in (NEEDED, BACK)]
