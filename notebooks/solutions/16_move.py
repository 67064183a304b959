MOVE, MOVED = "16:move", "16:move:stream"
clean_slate(r, MOVE)
r.rpush(MOVE, *range(12))

def move_one(r):
    """Move the oldest value from the list to the stream in one step."""
    # One answer
    take = "local value = redis.call('LPOP', KEYS[1])"
    add = "if value then redis.call('XADD', KEYS[2], '*', 'value', value) end"
    return r.eval(f"{take} {add} return value", 2, MOVE, MOVED)

for _ in range(10):
    move_one(r)
