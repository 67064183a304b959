DECIDE = "07:decide"
clean_slate(r, DECIDE)
ensure_group(r, DECIDE, GROUP)
for value, deliveries in {"a": 1, "bomb": 3, "word": 1, "b": 2}.items():
    entry_id = r.xadd(DECIDE, {"value": value})
    r.xreadgroup(GROUP, "alice", {DECIDE: ">"})
    r.xclaim(DECIDE, GROUP, "alice", 0, [entry_id], retrycount=deliveries, idle=3_600_000)
tried, done = [], []

def handle(fields):
    tried.append(fields["value"])
    if fields["value"] in ("bomb", "word"):
        raise ValueError(fields["value"])
    done.append(fields["value"])

def recover(limit):
    """Handle or dead-letter each pending entry, once."""
    # One answer
    for line in pending(r, DECIDE, GROUP):
        if line.deliveries >= limit:
            dead_letter(r, DECIDE, GROUP, line, f"delivered {line.deliveries} times")
            continue
        for entry_id, fields in r.xclaim(DECIDE, GROUP, "bob", 60_000, [line.id]):
            try:
                handle(fields)
            except ValueError:
                continue
            r.xack(DECIDE, GROUP, entry_id)

recover(limit=3)
