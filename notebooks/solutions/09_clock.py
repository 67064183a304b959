CLOCK = "09:clock"
clean_slate(r, CLOCK)
seconds, _ = r.time()
for n in range(14):
    r.xadd(CLOCK, {"value": n}, id=f"{(seconds - 1800 - 3600 * (13 - n)) * 1000}-0")
removed = None
# One answer
six_hours_ago = (seconds - 6 * 3600) * 1000
removed = r.xtrim(CLOCK, minid=six_hours_ago, approximate=False)
