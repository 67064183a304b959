EACH = "06:each"
clean_slate(r, EACH)
ensure_group(r, EACH, GROUP)
for n in range(5):
    r.xadd(EACH, {"value": n})
hers = [entry_id for entry_id, fields in r.xreadgroup(GROUP, "mallory", {EACH: ">"})[EACH]]
aged = r.xclaim(EACH, GROUP, "mallory", 0, hers, idle=3_600_000, justid=True)
done = []

def handle(fields):
    if fields["value"] == "3":
        raise SystemError("power cut")
    done.append(fields["value"])

def rescue():
    """Claim, handle and acknowledge one entry after another, for Carol."""
    # One answer
    for entry_id in hers:
        for _, fields in r.xclaim(EACH, GROUP, "carol", 60_000, [entry_id]):
            handle(fields)
            r.xack(EACH, GROUP, entry_id)

try:
    rescue()
except SystemError as error:
    crash_of_carol = error
