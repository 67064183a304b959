PRICES = "03:types"
clean_slate(r, PRICES)
for price in (7, 20, 15):
    r.xadd(PRICES, {"value": price})
highest, total = None, None
# One answer
prices = [int(fields["value"]) for entry_id, fields in r.xrange(PRICES, "-", "+")]
highest, total = max(prices), sum(prices)
