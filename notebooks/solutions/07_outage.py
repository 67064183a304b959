OUTAGE = "07:outage"
clean_slate(r, OUTAGE)
ensure_group(r, OUTAGE, GROUP)
for value in (30, "ten", 12):
    r.xadd(OUTAGE, {"value": value})
bank = OwnServer().start()
shop = connect(bank.url)
paid = []

def through_an_outage(handle, **options):
    """Run a consumer with `handle` while the database is down, and after it is back."""
    bank.kill()
    with Consumer(r, OUTAGE, GROUP, "alice", handle, min_idle_ms=100,
                  max_deliveries=3, **options) as alice:
        try:
            wait_until(lambda: alice.failures >= 9 or is_done(r, OUTAGE, GROUP), 8, "failures")
        finally:
            bank.start()
        try:
            alice.drain(seconds=8)
        finally:
            paid[:] = shop.lrange("paid", 0, -1)

# One answer
def pay(entry):
    number = int(entry.fields["value"])
    try:
        shop.rpush("paid", number)
    except redis.ConnectionError:
        raise Retry("the database is down") from None

through_an_outage(pay)
