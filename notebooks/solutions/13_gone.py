GONE, receipts, mails = "13:gone", {}, []
clean_slate(r, GONE)
trial = Pair(r)
berlin, oslo = connect(trial.master.url), connect(trial.replica.url)
for number, value in enumerate(["tea", "salt", "milk", "rice", "tea", "bread", "salt", "corn"]):
    if number == 4:
        berlin.wait(1, 4000)
        trial.line.hold()
    receipts[berlin.xadd(GONE, {"value": value})] = value
mails = [entry_id for number, entry_id in enumerate(receipts) if number not in (2, 4, 7)]
trial.fail_over()
new = [oslo.xadd(GONE, {"value": value}) for value in ("bread", "plums")]
lost = ghosts = None
# One answer
have = {entry_id for entry_id, fields in oslo.xrange(GONE)}
lost = [value for entry_id, value in receipts.items() if entry_id not in have]
ghosts = [receipts[entry_id] for entry_id in mails if entry_id not in have]
