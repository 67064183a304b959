    with server.pipeline(transaction=False) as pipe:
        pipe.xadd(CONFIRM, {"value": value})
        pipe.wait(1, ms)
        return pipe.execute()[-1]
