EVEN = "04:handover"
clean_slate(r, EVEN)
ensure_group(r, EVEN, "team")
for n in range(10):
    r.xadd(EVEN, {"value": n})
got = []
# One answer
reply = r.xreadgroup("team", "ann", {EVEN: ">"}, count=5)
for entry_id, fields in reply[EVEN]:
    got.append(fields["value"])
    if int(fields["value"]) % 2 == 0:
        r.xack(EVEN, "team", entry_id)
