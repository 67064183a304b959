DEAL = "04:turns"
clean_slate(r, DEAL)
ensure_group(r, DEAL, "team")
for n in range(6):
    r.xadd(DEAL, {"value": n})
# One answer
for turn in range(3):
    for name in ("ann", "bob"):
        r.xreadgroup("team", name, {DEAL: ">"}, count=1)
