clean_slate(r, "08:line")
store = r.register_script(ONE)
calls = [(1, ["a", "b"]), (1, ["a", "b"]), (3, ["a"]), (2, ["b", "a", "d"]), (4, ["d"])]

# One answer
for first, values in calls:
    for number, value in enumerate(values, first):
        store(keys=["08:line", "08:line:producer"], args=[number, value])
