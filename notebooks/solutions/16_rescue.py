RESCUE = "16:rescue"
clean_slate(r, RESCUE)
r.rpush(RESCUE, *range(10))
r.set(f"{RESCUE}:ben:alive", 1, ex=600)
for name in ("ann", "ann", "ben", "cleo", "cleo"):
    r.lmove(RESCUE, f"{RESCUE}:{name}", "LEFT", "RIGHT")
# One answer
for name in ("cleo", "ben", "ann"):
    if not r.exists(f"{RESCUE}:{name}:alive"):
        while r.lmove(f"{RESCUE}:{name}", RESCUE, "RIGHT", "LEFT"):
            pass
