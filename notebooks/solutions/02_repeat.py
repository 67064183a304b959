AGAIN = "02:repeat"
clean_slate(r, AGAIN)
r.xadd(AGAIN, {"value": "from yesterday"})
r.xgroup_create(AGAIN, "workers", id="0")
yesterday = r.xreadgroup("workers", "ann", {AGAIN: ">"})
# One answer
r.xadd(AGAIN, {"value": "starting"})
ensure_group(r, AGAIN, "workers")
r.xadd(AGAIN, {"value": "started"})
