CRASH = "04:done"
clean_slate(r, CRASH)
ensure_group(r, CRASH, "team")
for n in range(7):
    r.xadd(CRASH, {"value": n})
lost = r.xreadgroup("team", "ann", {CRASH: ">"}, count=3)
handled = []
# One answer
for after in ("0", ">"):
    reply = r.xreadgroup("team", "ann", {CRASH: after})
    for entry_id, fields in reply[CRASH]:
        handled.append(fields["value"])
        r.xack(CRASH, "team", entry_id)
