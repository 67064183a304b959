BOTH = "02:two"
clean_slate(r, BOTH)
for value in "abc":
    r.xadd(BOTH, {"value": value})
waiting = None
# One answer
r.xgroup_create(BOTH, "archive", id="0")
r.xgroup_create(BOTH, "alerts", id="$")
r.xadd(BOTH, {"value": "alarm"})
waiting = 1
