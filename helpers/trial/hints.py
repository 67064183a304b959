"""Hints for a program that leaves out a rule: first what was seen, then what to try."""

HINTS = {
    "error": "an error ended the program, as the last line says: fix the error first, then run the "
    "stage again.",
    "unready": "the program runs, but hasn't imported `handle` yet: import it first of all. If the "
    "program already does, this machine is too busy: run the stage again when less is running.",
    "nothing": "the program runs, but doesn't handle any entries: read with XREADGROUP and `>`, "
    "and call `handle` with each entry's fields.",
    "no-handle": "entries were delivered to the program, but `handle` never got their fields: call "
    "it with each entry's fields.",
    "ends": "the program ended by itself: an empty reply means only that no entry is there now, "
    "and the next one may arrive in a minute. Read in a loop that never ends, with `block`.",
    "empty-reply": "the program ended as soon as a read found nothing new: such a reply is empty, "
    "so it doesn't contain STREAM. Take the entries with `reply.get(STREAM, [])`, and keep "
    "reading.",
    "no-group": "you read without the group: XREAD gives every entry to every reader, and no entry "
    "is ever pending. Use XREADGROUP to read as CONSUMER of GROUP.",
    "other-name": "you read under a name other than CONSUMER: after a restart or a crash, nobody "
    "looks for entries pending under that name. Give XREADGROUP the name CONSUMER.",
    "other-group": "you read in a group of your own, so GROUP doesn't deliver anything. GROUP "
    "already exists: have XREADGROUP read as CONSUMER of GROUP.",
    "no-ack": "entries that were handled are still pending: acknowledge each entry with XACK "
    "after `handle` returns (XDEL doesn't acknowledge).",
    "ack-nothing": "you sent XACK, but entries that were handled are still pending: send XACK for "
    "each entry, new or old, with the stream, the group and the ID. It returns 1 if it worked.",
    "ack-first": "an entry was already acknowledged while `handle` was working on it: if the "
    "program dies at that moment, nobody will ever get the entry again. Handle first, then send "
    "XACK.",
    "noack": "an entry wasn't pending while `handle` was working on it: with NOACK, the group "
    "forgets entries as it delivers them. Read without NOACK, and acknowledge each entry once it "
    "is handled.",
    "lost": "an entry is no longer pending, but nobody has handled it: acknowledge an entry only "
    "after `handle` has returned.",
    "drops": "an entry is no longer pending, but nobody has handled it: XGROUP DELCONSUMER drops a "
    "consumer's pending entries. Claim and handle them first, or keep the consumer.",
    "left": "some entries are left, and nobody is handling them: the story below says where one of "
    "them is.",
    "twice": "an entry was handled twice, and no fault explains that: acknowledge an entry as soon "
    "as `handle` returns, and don't read or claim an entry that you are still working on.",
    "only-new": "entries that an earlier run read but didn't acknowledge are still pending, and "
    "`>` never returns them: first read your own pending entries, with an ID such as `0`.",
    "zero-forever": "the program handles its own pending entries, but never gets to new ones: once "
    "a read with the ID `0` returns no entries, read with `>`.",
    "history-page": "only the first of your own pending entries were handled: a reply holds at "
    "most `count` entries, so keep reading until a reply is empty.",
    "never-claims": "entries that the dead consumer read but didn't acknowledge are still "
    "pending for it: nobody else gets them unless you claim them, for example with XAUTOCLAIM.",
    "claims-once": "you claimed when the program started, but the dead consumer's entries hadn't "
    "been idle for two seconds yet: keep trying to claim for as long as the program runs.",
    "claims-late": "you claim, but with a min-idle time that no entry here reaches: handling an "
    "entry takes at most a second, so two seconds (2000 ms) is enough.",
    "one-page": "some of the dead consumer's entries are left: by default, XAUTOCLAIM claims "
    "at most 100 per call. Continue from the cursor in its reply, or call it again in every round.",
    "claimed-unhandled": "you claimed entries, but didn't handle them: XAUTOCLAIM's reply contains "
    "these entries with their fields, and a read with `>` won't return them.",
    "robs": "you took entries from Nina, who is alive and working on them: claim only entries that "
    "have been idle for two seconds (2000 ms).",
    "rewinds": "XGROUP SETID makes the group deliver entries again, no matter who has them: leave "
    "the last delivered ID alone, and claim entries that have been idle for two seconds (2000 ms).",
    "first-failure": "an entry went to the dead letters after failing once, but its second try "
    "would have worked. Bury an entry only after four deliveries.",
    "neighbors": "an entry that isn't poison went to the dead letters: reading or claiming a batch "
    "counts a delivery for every entry in it, even if poison ends the program before the rest are "
    "tried. Read pending entries one at a time (`count=1`).",
    "poison-acked": "poison was acknowledged, but it isn't in the stream `orders:dead`: add its "
    "fields there first, so that a person can look at it.",
    "other-fields": "a dead letter doesn't have the fields of its entry, so nobody can replay it: "
    "XADD the same fields to `orders:dead`.",
    "buried-unacked": "a dead letter is still pending, so it can be delivered again: after XADD to "
    "the dead-letter stream, acknowledge the entry.",
    "counts-in-memory": "poison that kills the program is never buried: a count in the program's "
    "memory dies with it, and a count that you look at after `handle` comes too late. The server "
    "counts deliveries: ask XPENDING before you call `handle`.",
    "dies-of-poison": "the program ended with ValueError: catch it, leave the entry "
    "pending, and bury it when it has had four deliveries.",
    "no-limit": "poison is delivered again and again: XPENDING says how many times an entry has "
    "been delivered. After four deliveries, add the entry to `orders:dead` and acknowledge it.",
    "not-again": "poison is still pending, and the program has stopped trying it: keep reading or "
    "claiming your pending entries, and bury an entry after four deliveries.",
    "same-delivery": "poison is tried again and again, but its delivery count doesn't rise: only a "
    "new delivery counts, not a retry within the program or a claim with JUSTID. After ValueError, "
    "leave the entry pending, and let it be delivered again.",
    "lost-read": "a read's reply was lost, so your program has pending entries that it doesn't "
    "know about. After a connection error, read your own pending entries again, instead of "
    "repeating the command with `>`.",
    "handles-again": "the reply to an acknowledgment was lost, and then you handled the entry "
    "again: first repeat XACK, or check what is still pending, before you handle anything again.",
    "outage-is-poison": "an entry went to the dead letters because the database was down: "
    "ConnectionError isn't the entry's fault. Wait, then try the same entry again, without "
    "counting the failure.",
    "dies-of-outage": "the ConnectionError from `handle` ended the program: each restart is "
    "another delivery, and after four deliveries, the entry counts as poison. Catch the error, "
    "wait, and try the same entry again.",
    "outage-acked": "an entry was acknowledged although `handle` had raised ConnectionError, so "
    "the entry is lost. Don't acknowledge it: wait, then try the same entry again.",
    "outage-left": "the database is back, but entries that failed during the outage are still "
    "pending: keep trying an entry until it is handled, before you read others.",
    "hammers": "during the outage, you tried again more than fifty times a second, which makes it "
    "harder for a database to start up. Wait a tenth of a second between attempts.",
    "no-handler": "SIGTERM ended the program in the middle of an entry: `signal.signal` lets you "
    "note that it arrived, and end after the entry in hand.",
    "exits-at-once": "SIGTERM interrupted `handle`: an exception or exit in the signal's handler "
    "cuts off the entry in hand. Have the handler only note the signal, and check for it between "
    "two entries.",
    "deaf": "the program was still running four seconds after SIGTERM, so it was killed: check "
    "between two entries whether the signal has arrived, and end if it has.",
    "finishes-batch": "after SIGTERM, you finished the whole batch, which takes longer than the "
    "four seconds that you have. Finish the entry in hand, and hand back the rest (lesson 15), or "
    "read one entry at a time.",
    "keeps-batch": "the program ended and left entries pending that nobody may claim for two "
    "seconds: hand them back (lesson 15), or read one entry at a time.",
    "two-at-once": "both consumers were working on the same key, so a later entry overtook an "
    "earlier one: let only one at a time work, with a lease such as `STREAM:owner` (lesson 11).",
    "overtakes-failed": "an entry failed once, and you went on to later entries with the same key: "
    "stay with the failed entry until it is handled or buried.",
    "overtakes-dead": "an earlier entry was still pending, but you went on to later entries with "
    "the same key: don't read anything new while any entry is pending, even if it belongs to a "
    "different consumer.",
}
"""By name, as the stages give them."""
