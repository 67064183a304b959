POISON = "07:limit"
clean_slate(r, POISON)
ensure_group(r, POISON, GROUP)
for value, deliveries in {"a": 1, "b": 4, "c": 2, "d": 3, "e": 1}.items():
    entry_id = r.xadd(POISON, {"value": value})
    r.xreadgroup(GROUP, "alice", {POISON: ">"})
    r.xclaim(POISON, GROUP, "alice", 0, [entry_id], retrycount=deliveries)

# One answer
for line in pending(r, POISON, GROUP):
    if line.deliveries >= 3:
        dead_letter(r, POISON, GROUP, line, f"delivered {line.deliveries} times")
