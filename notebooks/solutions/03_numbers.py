NUMBERS = "03:numbers"
deleted = clean_slate(r, NUMBERS)
# One answer
for n in range(10):
    r.xadd(NUMBERS, {"value": n})
