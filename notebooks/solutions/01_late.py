from threading import Timer

LATE = "01:late"
clean_slate(r, LATE)
Timer(0.8, r.xadd, (LATE, {"value": "at last"})).start()
hasty = connect(timeout=0.5)
block_ms, news = None, {}
# One answer
block_ms = 100
while not news:
    news = hasty.xread({LATE: "0"}, block=block_ms)
