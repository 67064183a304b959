from helpers.streams import ack_with, read_group

keys, total = {}, None
clean_slate(r, "14:count")
STREAMS = ["14:count:{eu}", "14:count:{us}"]
for stream in STREAMS:
    ensure_group(r, stream, GROUP)
    for n in range(5):
        r.xadd(stream, {"value": n})

def count(stream, key):
    """Read a stream's orders as ann, and count each in `key` with its acknowledgment."""
    for entry in read_group(r, stream, GROUP, "ann"):
        ack_with(r, stream, GROUP, entry.id, "INCR", key)

# One answer
for stream in STREAMS:
    keys[stream] = f"{stream}:count"
    count(stream, keys[stream])
total = sum(int(r.get(key)) for key in keys.values())
