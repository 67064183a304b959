LOOP = "04:loop"
clean_slate(r, LOOP)
ensure_group(r, LOOP, "team")
for n in range(25):
    r.xadd(LOOP, {"value": n})

def work(entry_id, fields):
    held = r.xpending_range(LOOP, "team", entry_id, entry_id, 1)
    in_hand = r.xpending(LOOP, "team")["pending"]
    r.xadd("04:loop:done", {"value": fields["value"], "pending": len(held), "in_hand": in_hand})
# One answer
while entries := r.xreadgroup("team", "ann", {LOOP: ">"}, count=10).get(LOOP, []):
    for entry_id, fields in entries:
        work(entry_id, fields)
        r.xack(LOOP, "team", entry_id)
