"""Hints for a program that leaves out a rule: first what was seen, then what to try."""

HINTS = {
    "error": "an error ended the program, as the last line says: fix the error first, then run the "
    "stage again.",
    "unready": "the program runs, but hasn't imported `handle` yet: import it first of all. If the "
    "program already does, this machine is too busy: run the stage again when less is running.",
    "nothing": "the program runs, but handles nothing: read with XREADGROUP and `>`, and call "
    "`handle` with each entry's fields.",
    "no-handle": "entries were delivered to the program, but `handle` never got their fields: call "
    "it with each entry's fields.",
    "ends": "the program ended by itself: an empty reply means that nothing is there now, and the "
    "next entry may arrive in a minute. Read in a loop that never ends, with `block`.",
    "empty-reply": "the program ended as soon as nothing new came: the reply is empty then, and "
    "has no STREAM in it. Take entries with `reply.get(STREAM, [])`, and read on.",
    "no-group": "you read without the group: XREAD gives every reader everything, and nothing is "
    "ever pending. XREADGROUP reads as CONSUMER of GROUP.",
    "other-name": "you read under a name other than CONSUMER: after a restart or a crash, nobody "
    "looks for entries pending under that name. Give XREADGROUP the name CONSUMER.",
    "other-group": "you read in a group of your own, so GROUP delivers nothing: GROUP exists "
    "already, so have XREADGROUP read as CONSUMER of GROUP.",
    "no-ack": "entries that were handled are still pending: acknowledge each entry with XACK "
    "after `handle` returns (XDEL doesn't acknowledge).",
    "ack-nothing": "you sent XACK, but entries that were handled are still pending: send it for "
    "each entry, new or old; it takes the stream, the group, then the ID, and returns 1.",
    "ack-first": "an entry was already acknowledged while `handle` was working on it: if the "
    "program dies at that moment, nobody ever gets it again. Handle first, then XACK.",
    "noack": "an entry was never pending while `handle` was working on it: NOACK forgets entries "
    "as it delivers them. Read without it, and acknowledge entries that are handled.",
    "lost": "an entry is no longer pending, but nobody has handled it: acknowledge an entry only "
    "after `handle` has returned.",
    "drops": "an entry is no longer pending, but nobody has handled it: XGROUP DELCONSUMER drops a "
    "consumer's pending entries. Claim and handle them first, or keep the consumer.",
    "left": "some entries are left over, and nobody handles them: the story below says where one "
    "is.",
    "twice": "an entry was handled twice, and no fault excuses that: acknowledge an entry as soon "
    "as `handle` returns, and don't read or claim an entry that you are still working on.",
    "only-new": "entries that an earlier run read but didn't acknowledge are still pending, and "
    "`>` never returns them: first read your own pending entries, with an ID such as `0`.",
    "zero-forever": "the program handles its own pending entries, but never gets to new ones: "
    "once a read with the ID `0` returns none, read with `>`.",
    "history-page": "only the first of your own pending entries were handled: one reply holds at "
    "most `count` of them, so read on until a reply is empty.",
    "never-claims": "entries that the dead consumer read but didn't acknowledge are still "
    "pending for it: nobody else gets them unless you claim them, for example with XAUTOCLAIM.",
    "claims-once": "you claimed when the program began, and the dead consumer's entries weren't "
    "idle for two seconds yet: look again and again, as long as the program runs.",
    "claims-late": "you claim, but with a minimum idle time that no entry here reaches: no work "
    "takes longer than a second, so two seconds, 2000 ms, are enough.",
    "one-page": "some of the dead consumer's entries were left: XAUTOCLAIM takes at most 100 a "
    "call. Go on from the cursor in its reply, or call it again in every round.",
    "claimed-unhandled": "you claimed entries, but didn't handle them: XAUTOCLAIM's reply has "
    "them, with their fields, and `>` won't return them.",
    "robs": "you took entries from Nina, who is alive and working on them: claim only "
    "entries that have been idle for two seconds, 2000 ms.",
    "rewinds": "XGROUP SETID delivers entries again, no matter who has them: leave the last "
    "delivered ID alone, and claim entries that have been idle for two seconds, 2000 ms.",
    "first-failure": "an entry that failed once went to the dead letters: it would have been "
    "handled the second time. Bury after four deliveries.",
    "neighbors": "an entry that isn't poison went to the dead letters: reading or claiming a batch "
    "counts a delivery for each entry, although poison ends the program before the rest are tried. "
    "Read pending entries one at a time (`count=1`).",
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
    "no-limit": "poison is delivered forever: XPENDING says how many times an entry was delivered. "
    "After four deliveries, add it to `orders:dead` and acknowledge it.",
    "not-again": "poison is still pending, and the program has stopped trying it: read or claim "
    "your pending entries again and again, and bury an entry after four deliveries.",
    "same-delivery": "poison is tried again and again, but its delivery count doesn't rise: only a "
    "new delivery counts, not a retry within the program or a claim with JUSTID. After ValueError, "
    "leave the entry pending, and let it be delivered again.",
    "lost-read": "a read's reply was lost, so your program has pending entries that it doesn't "
    "know of. After a connection error, read your own pending entries again, instead of "
    "repeating the command with `>`.",
    "handles-again": "an acknowledgment's reply was lost, and then you handled the entry again: "
    "repeat XACK, or look at what is still pending, before you handle anything twice.",
    "outage-is-poison": "an entry went to the dead letters because the database was down: "
    "ConnectionError isn't the entry's fault. Wait, try the same entry again, and count nothing.",
    "dies-of-outage": "the program ended with the ConnectionError of `handle`: each restart is "
    "another delivery, and after four, the entry counts as poison. Catch the error, wait, and try "
    "the same entry again.",
    "outage-acked": "an entry was acknowledged although `handle` had raised ConnectionError, so it "
    "is lost. Wait, and try the same entry again.",
    "outage-left": "the database is back, but entries that failed meanwhile are still pending: "
    "try an entry again until it is handled, before you read others.",
    "hammers": "during the outage, you tried again more than fifty times a second: a "
    "database that is starting up can do without that. Wait a tenth of a second between tries.",
    "no-handler": "SIGTERM ended the program in the middle of an entry: `signal.signal` lets you "
    "note that it arrived, and end after the entry in hand.",
    "exits-at-once": "SIGTERM interrupted `handle`: an exception or exit in the signal's handler "
    "cuts off the entry in hand. Only note that it arrived, and look at the note between two "
    "entries.",
    "deaf": "the program was still running four seconds after SIGTERM, so it was killed: check "
    "between two entries whether the signal has arrived, and end if it has.",
    "finishes-batch": "after SIGTERM, you finished the whole batch, which takes longer than the "
    "four seconds that you have. Finish the entry in hand, and hand back the rest (lesson 15), "
    "or read one at a time.",
    "keeps-batch": "the program ended with entries pending that nobody may claim for two seconds: "
    "hand them back (lesson 15), or read one at a time.",
    "two-at-once": "both consumers were working on the same key, so a later entry overtook an "
    "earlier one: let only one at a time work, with a lease such as `STREAM:owner` (lesson 11).",
    "overtakes-failed": "an entry failed once, and you went on with later entries of its key: "
    "stay with that entry until it is handled or buried.",
    "overtakes-dead": "an earlier entry was pending, and you went on with later entries of its "
    "key: read nothing new while anything is pending, even if it is another consumer's.",
}
"""By name, as the stages give them."""
