PRICES = "07:replay"
clean_slate(r, PRICES)
ensure_group(r, PRICES, GROUP)
for value in ("3,50", "free", "4,20"):
    r.xadd(PRICES, {"value": value})
r.xreadgroup(GROUP, "alice", {PRICES: ">"})
for line in pending(r, PRICES, GROUP):
    dead_letter(r, PRICES, GROUP, line, "it is not a number")
prices = []

# One answer
def handle(entry):
    prices.append(float(entry.fields["value"].replace(",", ".")))

for letter in dead_letters(r, PRICES):
    if letter.fields["value"] != "free":
        replay(r, PRICES, letter.id)
with Consumer(r, PRICES, GROUP, "alice", handle) as consumer:
    consumer.drain()
