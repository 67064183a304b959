LOSS = "09:loss"
clean_slate(r, LOSS)
ensure_group(r, LOSS, "mailing")
for n in range(12):
    r.xadd(LOSS, {"value": n})
entries = r.xreadgroup("mailing", "consumer1", {LOSS: ">"}, count=4)[LOSS]
r.xack(LOSS, "mailing", *(entry_id for entry_id, fields in entries))
r.xtrim(LOSS, maxlen=3, approximate=False)
lost = None
# One answer
info = r.xinfo_stream(LOSS)
[group] = r.xinfo_groups(LOSS)
lost = info["entries-added"] - group["entries-read"] - info["length"]
