used = 0
clean_slate(r, "10:store")

def store():
    """Store 0 to 99 in few round trips."""
    # One answer
    pipeline = r.pipeline(transaction=False)
    for n in range(100):
        pipeline.xadd("10:store", {"value": n})
    pipeline.execute()

with RoundTrips(r) as trips:
    store()
used = trips.count
