    for number in doubtful:
        server.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer", number, number)
