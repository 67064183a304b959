class Killed(Exception):
    pass

done, used = [], 0
clean_slate(r, "10:five")
ensure_group(r, "10:five", GROUP)
for n in range(120):
    r.xadd("10:five", {"value": n})

def work(fields):
    if fields["value"] == "107":
        raise Killed
    done.append(fields["value"])

def consume():
    """Handle all entries, in few round trips."""
    # One answer
    while reply := r.xreadgroup(GROUP, "alice", {"10:five": ">"}, count=50):
        for entry_id, fields in reply["10:five"]:
            work(fields)
        r.xack("10:five", GROUP, *(entry_id for entry_id, fields in reply["10:five"]))

with RoundTrips(r) as trips, suppress(Killed):
    consume()
used = trips.count
