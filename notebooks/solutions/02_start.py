EARLY_BIRD = "02:start"
clean_slate(r, EARLY_BIRD)
for n in range(5):
    r.xadd(EARLY_BIRD, {"value": n})
# One answer
r.xgroup_create(EARLY_BIRD, "readers", id="0")
