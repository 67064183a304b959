NUMBERS = "03:numbers"
clean_slate(r, NUMBERS)
for n in range(10):
    r.xadd(NUMBERS, {"value": n})
