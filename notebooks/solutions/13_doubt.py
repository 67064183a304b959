DOUBT, nights = "13:doubt", []
clean_slate(r, DOUBT)

def again(server, doubtful):
    """Let 13:doubt hold each of the doubtful orders once."""
    # One answer
    for number in doubtful:
        server.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer", number, number)

for died in (False, True):
    with Pair(r) as trial:
        berlin, oslo = connect(trial.master.url), connect(trial.replica.url)
        for number in range(1, 7):
            berlin.eval(NUMBERED, 2, DOUBT, DOUBT + ":producer", number, number)
            if number == 3:
                berlin.wait(1, 4000)
                trial.line.hold()
        trial.fail_over() if died else trial.line.release()
        master = oslo if died else berlin
        again(master, [4, 5, 6])
        nights.append([fields.get("value") for _, fields in master.xrange(DOUBT)])
