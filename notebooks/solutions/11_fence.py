FENCE = "11:fence:{0}"
PRICES, HIGHEST, NOW = FENCE + ":prices", FENCE + ":highest", FENCE + ":now"
clean_slate(r, "11:fence")
ensure_group(r, FENCE, GROUP)
for price in (10, 12):
    r.xadd(FENCE, {"price": price})
alice = Partition(r, FENCE, GROUP, "alice", lease_ms=60_000)
bob = Partition(r, FENCE, GROUP, "bob", lease_ms=60_000)
alice.take()
ten, twelve = alice.read()
r.delete(alice.lease)  # Her lease has ended
bob.take()

def apply(partition, entry, price):
    """Apply the three effects of an entry, and acknowledge it."""
    # One answer
    r.sadd(PRICES, price)
    r.zadd(HIGHEST, {"price": price}, gt=True)
    partition.finish(entry.id, "SET", NOW, price)

for partition, entry in [(bob, ten), (bob, twelve), (alice, ten)]:
    apply(partition, entry, entry.fields["price"])
