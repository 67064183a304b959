clean_slate(r, "08:line")
store = r.register_script(STORE)
calls = [(1, ["a", "b"]), (1, ["a", "b"]), (3, ["c"]), (2, ["b", "c", "d"]), (4, ["d"])]

for first, values in calls:
    texts = [text for value in values for text in (2, "value", value)]
    store(keys=["08:line", "08:line:producer"], args=[first, REMEMBER_MS, *texts])
