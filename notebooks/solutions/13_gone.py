have = {entry_id for entry_id, fields in oslo.xrange(GONE)}
lost = [value for entry_id, value in receipts.items() if entry_id not in have]
ghosts = [receipts[entry_id] for entry_id in mails if entry_id not in have]
