clean_slate(r, "08:count")
ensure_group(r, "08:count", GROUP)
for amount in (5, 10, 20):
    r.xadd("08:count", {"value": amount})
entries = read_group(r, "08:count", GROUP, "alice")
work = entries[:2] + entries + entries[1:]

# One answer
for entry in work:
    ack_with(r, "08:count", GROUP, entry.id,
             "HINCRBY", "08:count:till", "sum", entry.fields["value"])
