NIGHT = "05:night"
clean_slate(r, NIGHT)
ensure_group(r, NIGHT, GROUP)
for value in (0, 1, 2, 3, 4, "five", 6, 7):
    r.xadd(NIGHT, {"value": value})
entries = r.xreadgroup(GROUP, "consumer1", {NIGHT: ">"})[NIGHT]
r.xack(NIGHT, GROUP, *(entry_id for entry_id, fields in entries[:3]))
for value in (8, 9, 10):
    r.xadd(NIGHT, {"value": value})
numbers, ended_by = [], None
# One answer
try:
    for after in ("0", ">"):
        while entries := r.xreadgroup(GROUP, "consumer1", {NIGHT: after},
                                      count=10, block=100).get(NIGHT):
            for entry_id, fields in entries:
                numbers.append(int(fields["value"]))
                r.xack(NIGHT, GROUP, entry_id)
except ValueError as error:
    ended_by = error
