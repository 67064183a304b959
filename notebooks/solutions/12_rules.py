from helpers.incidents import all_looks, firing

clean_slate(r, "12:rules")
rules, fired = {}, None
# One answer
rules["no group"] = lambda m: not m.group
rules["nothing added"] = lambda m: m.stream and m.added == 0
rules["entries-read missing"] = lambda m: m.group and m.entries_read is None
rules["oldest pending too old"] = lambda m: m.oldest_idle_ms > 120
rules["delivered too often"] = lambda m: m.deliveries >= 3
rules["dead letters grow"] = lambda m: m.dead_letters > 0
rules["lag grows"] = lambda m: (m.lag_growth or 0) > 0

fired = firing(rules, all_looks(seed=12))
