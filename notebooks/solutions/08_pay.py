clean_slate(r, "08:pay")
ensure_group(r, "08:pay", GROUP)
for amount in (5, 7):
    r.xadd("08:pay", {"value": amount})
five, seven = read_group(r, "08:pay", GROUP, "alice")
r.set("08:pay:broken", "I am not a hash")
look = "local line = redis.call('XPENDING', KEYS[1], ARGV[1], ARGV[2], ARGV[2], 1)[1]"
gate, answers = None, []
# One answer
gate = look + """
if not line then return 0 end
redis.call('HINCRBY', KEYS[2], 'sum', ARGV[3])
return redis.call('XACK', KEYS[1], ARGV[1], ARGV[2])
"""

for entry, key in [(five, "08:pay:till"), (five, "08:pay:till"), (seven, "08:pay:broken")]:
    try:
        values = GROUP, entry.id, entry.fields["value"]
        answers.append(r.eval(gate, 2, "08:pay", key, *values) if gate else None)
    except ResponseError as error:
        answers.append(error)
