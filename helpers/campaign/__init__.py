"""The fault campaign: unique values, a ledger outside the system, faults by plan, a quiet period, then set arithmetic.

plan      which fault comes when, which entries are poison      crew      the worker processes, started again when they end
ledger    what was stored and handled, noted in files           stage     the server, the proxies, and the faults done to them
ours      the course's producer and consumer, less one rule     run       one run, from the first entry to the last count
naive     what others write                                     verdict   the counts
versions  all of them by name                                   report    the table, the chart
"""
