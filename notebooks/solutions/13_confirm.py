CONFIRM, answers = "13:confirm", []
clean_slate(r, CONFIRM)
trial = Pair(r)
server, watcher = connect(trial.master.url), connect(trial.master.url)
watcher.ping()

def store(value, ms):
    """Add the value to 13:confirm, and return how many replicas have it within `ms`."""
    # One answer
    with server.pipeline(transaction=False) as pipe:
        pipe.xadd(CONFIRM, {"value": value})
        pipe.wait(1, ms)
        return pipe.execute()[-1]

answers += [store(0, ms=4000)]
answers += [store(1, ms=4000)]
server.wait(1, 4000)
trial.line.hold()
answers += [store(2, ms=100)]
answers += [store(3, ms=100)]
