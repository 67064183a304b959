"""The fault campaign: unique values, an independent ledger, planned faults, then set arithmetic.

plan        which fault comes when, which entries are poison
ledger      what was stored and handled, noted in files
ours        the course's producer and consumer, less one rule
in_asyncio  the same for asyncio
naive       what others write
mine        a learner's own program
versions    all of them by name
crew        the worker processes, started again when they end
stage       the server, the proxies, and the faults done to them
run         one run, from the first entry to the last count
verdict     the counts
report      the table, the chart

in_cluster  the same in a Redis Cluster: faults and counts; `lane` is one of its streams
"""
