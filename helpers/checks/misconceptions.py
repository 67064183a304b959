"""The catalog of misconceptions about streams: each has a name, a sentence with the truth, and
the lesson that it belongs to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Misconception:
    """One misconception: `name` says it as learners would who have it, `truth` corrects it in one
    sentence."""

    id: str
    lesson: str
    name: str
    truth: str


CATALOG = [
    Misconception(
        "lag-is-pending",
        "00",
        "The lag is the number of entries not yet acknowledged",
        "The lag counts entries not yet delivered; entries delivered but not acknowledged are "
        "pending.",
    ),
    Misconception(
        "read-is-done",
        "00",
        "An entry that was read is done",
        "Reading an entry makes it pending; XACK finishes it.",
    ),
    Misconception(
        "read-is-pending",
        "00",
        "An entry that was read stays pending forever",
        "XACK takes it off the pending entries list; the stream keeps it.",
    ),
    Misconception(
        "xread-dollar",
        "01",
        "XREAD with $ continues where the last call ended",
        "$ is the last entry at the moment of each call, so it misses entries that come between "
        "two calls.",
    ),
    Misconception(
        "block-0",
        "01",
        "BLOCK 0 waits forever",
        "The server would, but a client with a socket time-out gives up when that is over.",
    ),
    Misconception(
        "block-socket",
        "01",
        "BLOCK and the socket time-out have nothing to do with each other",
        "The socket time-out must be longer than BLOCK; equal is too short already.",
    ),
    Misconception(
        "block-equal",
        "01",
        "A socket time-out equal to BLOCK is enough",
        "The two race, and the server's reply comes late: leave seconds between them.",
    ),
    Misconception(
        "units",
        "01",
        "BLOCK and time-outs have the same unit",
        "BLOCK is in milliseconds, the client's time-out in seconds.",
    ),
    Misconception(
        "raw-password",
        "01",
        "A password goes into a URL as it is",
        "Some characters have a meaning in a URL: percent-encode them.",
    ),
    Misconception(
        "user-slot",
        "01",
        "The text before the @ is the password",
        "It is the user's name; a password follows a colon.",
    ),
    Misconception(
        "database-name",
        "01",
        "A database has a name",
        "Databases have numbers; redis-py silently takes a name for number 0.",
    ),
    Misconception(
        "empty-is-end",
        "01",
        "An empty reply means that nothing more will come",
        "It means that nothing came within one BLOCK: ask again.",
    ),
    Misconception(
        "dollar-hides",
        "02",
        "A group created at $ gets entries that were produced before",
        "$ is the last entry at that moment, and the group starts after it; 0 is before all "
        "entries.",
    ),
    Misconception(
        "busygroup-destroy",
        "02",
        "You fix BUSYGROUP by creating the group again",
        "The group exists already; destroying it loses its pending entries list.",
    ),
    Misconception(
        "busygroup-stops",
        "02",
        "BUSYGROUP is a failure",
        "The group exists already; a program that only needs it to exist carries on.",
    ),
    Misconception(
        "zero-everything",
        "02",
        '0 means "nothing yet"',
        "0 is before the first entry, so the group gets the whole stream.",
    ),
    Misconception(
        "group-is-consumer",
        "02",
        "Two programs that each need all entries are two consumers",
        "Consumers of one group share its entries; each group gets them all.",
    ),
    Misconception(
        "lag-number",
        "02",
        "The lag is always a number",
        "None means that the server can't tell: it never counted the entries before the group's "
        "start, or an entry ahead was deleted.",
    ),
    Misconception(
        "another-type",
        "03",
        "Any command that stores something adds to a stream",
        "A key has one type: XADD adds to a stream, RPUSH creates a list, SET a string, HSET a "
        "hash.",
    ),
    Misconception(
        "one-xadd",
        "03",
        "One XADD adds an entry for each field",
        "One XADD adds one entry, no matter how many fields it has.",
    ),
    Misconception(
        "nested",
        "03",
        "The server sees the parts inside a field's value",
        "To the server, a value is bytes: JSON in it is common, but only your code sees its parts.",
    ),
    Misconception(
        "keeps-type",
        "03",
        "A field keeps its Python type",
        "A field holds bytes without a type: a number comes back as text.",
    ),
    Misconception(
        "none-is-value",
        "03",
        "None can be stored as a value",
        "Redis has no None: leave the field out, or agree on a text for it.",
    ),
    Misconception(
        "gap-dropped",
        "03",
        "A missing value needs no entry",
        "A consumer can't tell a gap from an entry that got lost; send one without the field.",
    ),
    Misconception(
        "xadd-is-producer",
        "03",
        "A loop with XADD does what a Producer does",
        "A Producer numbers its entries, so it can safely send them again, and raises errors "
        "from its thread in your cell.",
    ),
    Misconception(
        "take-turns",
        "04",
        "The consumers of a group take turns",
        "Whichever consumer asks first gets as many entries as it asks for; Redis promises "
        "neither turns nor an order across consumers.",
    ),
    Misconception(
        "zero-from-start",
        "04",
        "XREADGROUP with 0 reads from the start of the stream",
        "An ID instead of > asks for the consumer's own pending entries after that ID.",
    ),
    Misconception(
        "no-count",
        "04",
        "A read returns one entry, or a few",
        "Without COUNT, it returns all there is, and all of it becomes pending.",
    ),
    Misconception(
        "one-read",
        "04",
        "One read returns everything",
        "COUNT is the most that one reply holds: read until a reply is empty.",
    ),
    Misconception(
        "xrange-delivers",
        "04",
        "XRANGE takes entries from the group",
        "It only looks; XREADGROUP delivers entries.",
    ),
    Misconception(
        "reply-shape",
        "04",
        "XREADGROUP returns the entries",
        "It returns a list of pairs of ID and fields for each stream.",
    ),
    Misconception(
        "ack-deletes",
        "04",
        "XACK deletes entries, or XDEL acknowledges them",
        "XACK changes only the pending entries list, XDEL only the stream.",
    ),
    Misconception(
        "ack-zero",
        "04",
        "XACK acknowledged the entries unless it raised an error",
        "Its reply counts the entries it took off the list: 0 means a wrong ID, group or "
        "stream, or acknowledged before.",
    ),
    Misconception(
        "lag-0-done",
        "04",
        "Lag 0 means done",
        "Lag 0 says that every entry was delivered; done needs pending 0 as well.",
    ),
    Misconception(
        "restart-resumes",
        "04",
        "A restarted consumer gets its unfinished entries with >",
        "> asks only for entries not yet delivered in the group; own pending entries come with "
        "an ID such as 0.",
    ),
    Misconception(
        "ack-first",
        "04",
        "Acknowledge, then work",
        "A crash in between loses the entry; if you work first, a crash only repeats it.",
    ),
    Misconception(
        "ack-early",
        "06",
        "Claiming an entry acknowledges it",
        "XACK says that the work is done; a claimed entry stays pending for its new owner.",
    ),
    Misconception(
        "zero-loop",
        "06",
        "Reading 0 in a loop is a way to wait",
        "Each such read delivers the same entries again and resets their idle time.",
    ),
    Misconception(
        "one-autoclaim",
        "06",
        "One XAUTOCLAIM claims everything",
        "It claims up to COUNT entries, 100 by default, and returns a cursor: call again from "
        "there until it is 0-0.",
    ),
    Misconception(
        "min-idle",
        "06",
        "A short min-idle time makes recovery faster",
        "It takes entries from consumers still at work; make it longer than a whole batch can "
        "take, COUNT handlers together.",
    ),
    Misconception(
        "claim-all",
        "06",
        "Claim everything, then work through it",
        "Each claim counts as a delivery and resets the idle time: claim an entry right before "
        "handling it.",
    ),
    Misconception(
        "delconsumer-frees",
        "06",
        "XGROUP DELCONSUMER gives a consumer's entries to others",
        "It drops them from the pending entries list, and > doesn't deliver them again: claim "
        "them first.",
    ),
    Misconception(
        "stays-listed",
        "06",
        "A consumer that stops leaves its group",
        "It stays listed until XGROUP DELCONSUMER removes it.",
    ),
    Misconception(
        "same-name",
        "06",
        "Two workers can share a consumer name",
        "They share pending entries, too: after a restart, each gets what the other is working on.",
    ),
    Misconception(
        "bookmark-reads",
        "05",
        "Every command that reads a stream moves the group's bookmark",
        "Only XREADGROUP with > does, and XGROUP SETID or XCLAIM's LASTID can; XRANGE and XREAD "
        "don't.",
    ),
    Misconception(
        "send-again",
        "05",
        "Entries that a group missed must be produced again",
        "The stream still has them: move the group's bookmark, with XGROUP SETID.",
    ),
    Misconception(
        "create-moves",
        "05",
        "Creating a group again moves it",
        "An existing group stays as it is (BUSYGROUP); XGROUP SETID moves it.",
    ),
    Misconception(
        "after-the-bookmark",
        "05",
        "A group starts with the entry at its bookmark",
        "It starts after that entry: 0 is before the first entry.",
    ),
    Misconception(
        "start-over",
        "05",
        "After a crash, start over from the beginning of the stream",
        "Acknowledged entries are done: the ID 0 asks for the unfinished ones.",
    ),
    Misconception(
        "unacked",
        "05",
        "An entry that was handled is done",
        "The server can't see your work: an entry is pending until it is acknowledged.",
    ),
    Misconception(
        "error-as-value",
        "05",
        "A default value is a good answer to bad data",
        "It makes up data that nobody sent, and the acknowledgment hides that there was an error.",
    ),
    Misconception(
        "error-swallowed",
        "05",
        "A consumer must carry on, whatever happens",
        "An error that nobody sees is repeated forever or loses its entry: leave the entry "
        "pending, and report the error.",
    ),
    Misconception(
        "nogroup-never",
        "05",
        "A group lasts once it has been created",
        "It disappears with its stream (DEL, expiry, eviction), and the next read raises NOGROUP.",
    ),
    Misconception(
        "copy-is-move",
        "07",
        "Copying an entry makes it a dead letter",
        "As long as it is pending, it comes again: acknowledge it, too.",
    ),
    Misconception(
        "ack-buries",
        "07",
        "It's best to acknowledge entries that can't be handled",
        "Nobody sees them again: a dead-letter stream keeps them.",
    ),
    Misconception(
        "look-by-reading",
        "07",
        "Reading pending entries only looks at them",
        "Each read is a delivery; XPENDING only looks.",
    ),
    Misconception(
        "claim-to-look",
        "07",
        "You must claim an entry before you can judge it",
        "A claim is a delivery, too: XPENDING shows the delivery count without one.",
    ),
    Misconception(
        "limit-is-beyond",
        "07",
        "Poison is an entry above the limit",
        "An entry at the limit has had its chances.",
    ),
    Misconception(
        "limit-is-two",
        "07",
        "Delivered twice is close enough to the limit",
        "Each entry gets all of its deliveries: the limit is the number you agreed on.",
    ),
    Misconception(
        "neighbors-guilty",
        "07",
        "Every entry pending at a crash is poison",
        "Judge each entry by its own delivery count.",
    ),
    Misconception(
        "limit-after",
        "07",
        "Check the limit after a handler has failed",
        "An entry that kills its process leaves nobody to check: compare before calling the "
        "handler.",
    ),
    Misconception(
        "first-failure",
        "07",
        "An entry that fails is poison",
        "One failure may be bad luck: below the limit, the entry stays pending and comes again.",
    ),
    Misconception(
        "poison-stops",
        "07",
        "An error must end the consumer",
        "With a limit it can carry on: the entry stays pending, and its deliveries count.",
    ),
    Misconception(
        "uncounted-try",
        "07",
        "Retrying counts as a try by itself",
        "The server counts deliveries: claim before each try, or no entry ever reaches the limit.",
    ),
    Misconception(
        "outage-is-poison",
        "07",
        "An entry that fails three times is poison",
        "In an outage, every entry fails: raise Retry, and the try doesn't count.",
    ),
    Misconception(
        "poison-passes",
        "07",
        "Trying again helps against any error",
        "Poison fails on every try: only an error that passes by itself is worth a Retry.",
    ),
    Misconception(
        "handler-waits",
        "07",
        "A handler should wait until the database is back",
        "Meanwhile it handles nothing else, and other consumers claim its entry: raise Retry.",
    ),
    Misconception(
        "return-is-done",
        "07",
        "Catching an error deals with it",
        "When a handler returns, its entry counts as done and is acknowledged.",
    ),
    Misconception(
        "replay-all",
        "07",
        "Replay all dead letters at once",
        "Only entries whose cause is fixed can be handled now.",
    ),
    Misconception(
        "replay-note",
        "07",
        "Replay a dead letter as it is",
        "The note on why it died isn't part of the entry.",
    ),
    Misconception(
        "replay-edited",
        "07",
        "Correct a dead letter before replaying it",
        "It is the record of what was sent: fix the handler, not the entry.",
    ),
    Misconception(
        "replay-leaves",
        "07",
        "A replayed dead letter can stay",
        "Somebody will replay it again: delete it.",
    ),
    Misconception(
        "replay-loses",
        "07",
        "Delete the dead letter, then add the entry",
        "A crash in between loses the entry: add it first.",
    ),
    Misconception(
        "replay-is-handled",
        "07",
        "A replayed entry is done",
        "It is a new entry: it still has to be delivered, handled and acknowledged.",
    ),
    Misconception(
        "repeat-is-known",
        "08",
        "The server recognizes a repeat",
        "Each XADD creates a new ID: a repeat needs a producer's ID and a number.",
    ),
    Misconception(
        "equal-is-repeat",
        "08",
        "Equal values mean a repeat",
        "They may be two orders: only a repeat has the same number.",
    ),
    Misconception(
        "remember-in-python",
        "08",
        "A program can recognize its own repeats",
        "It forgets them when it ends: let the server store the number, in one step with the "
        "entry.",
    ),
    Misconception(
        "sequence-counts-calls",
        "08",
        "Sequence numbers count calls",
        "They count entries; a repeat keeps its first number.",
    ),
    Misconception(
        "key-per-call",
        "08",
        "Each call is a new producer",
        "A producer keeps one key, or its numbers start over.",
    ),
    Misconception(
        "delete-duplicates",
        "08",
        "You can delete duplicates afterward",
        "A consumer may have read them already: keep them out.",
    ),
    Misconception(
        "idmp-exactly-once",
        "08",
        "An entry stored once, by IDMP or a sequence number, is handled once",
        "These keep out one producer's repeats for a while; delivery and handling can still "
        "happen twice.",
    ),
    Misconception(
        "effect-is-enough",
        "08",
        "After the effect, the acknowledgment can wait",
        "Until it comes, another delivery repeats the effect.",
    ),
    Misconception(
        "script-once",
        "08",
        "A script's effects happen once",
        "They happen at each call: let the script check whether the entry is still pending.",
    ),
    Misconception(
        "lua-is-python",
        "08",
        "Lua looks like Python",
        "It needs `if … then … end`, `nil` and `local`; a script that doesn't compile does "
        "nothing.",
    ),
    Misconception(
        "another-name",
        "08",
        "A key or field can have any name",
        "Producers and consumers must use the same one.",
    ),
    Misconception(
        "trim-pending",
        "09",
        "Trimming spares pending entries",
        "It looks at the stream alone: pending entries lose their fields.",
    ),
    Misconception(
        "ids-are-text",
        "09",
        "Entry IDs can be compared as text",
        "As text, -119 comes before -9: compare both parts as numbers.",
    ),
    Misconception(
        "list-is-all",
        "09",
        "A group needs only its pending entries",
        "It also needs all entries after its last delivered ID, which may be lower.",
    ),
    Misconception(
        "first-group",
        "09",
        "A stream belongs to one group",
        "All of its groups read it: ask each one which entries it still needs.",
    ),
    Misconception(
        "maxlen-exact",
        "09",
        "MAXLEN is exact",
        "By default, redis-py asks for about that many, and the server trims whole nodes.",
    ),
    Misconception(
        "count-is-age",
        "09",
        "A number of entries is a number of hours",
        "Producers pause and speed up: MINID trims by age, MAXLEN by number.",
    ),
    Misconception(
        "id-in-seconds",
        "09",
        "An ID counts seconds",
        "Its first part is milliseconds since 1970: multiply seconds by 1,000.",
    ),
    Misconception(
        "expiry-per-entry",
        "09",
        "EXPIRE removes old entries",
        "It removes the whole key, groups included; MINID trims by age.",
    ),
    Misconception(
        "lag-sees-loss",
        "09",
        "The lag shows which entries were lost",
        "It never says which are gone; servers differ in what they count, and on Redis 7.0 the "
        "lag may stay wrong.",
    ),
    Misconception(
        "trimmed-is-lost",
        "09",
        "Trimmed entries are lost",
        "Only those that a group hadn't acknowledged; the rest were done.",
    ),
    Misconception(
        "waiting-is-lost",
        "09",
        "Entries not yet delivered to a group are lost",
        "Those still in the stream will be delivered.",
    ),
    Misconception(
        "forgotten-group",
        "09",
        "A group without readers costs nothing",
        "It still needs every entry it never received, so you can't trim any: destroy the group.",
    ),
    Misconception(
        "round-trip",
        "10",
        "A slow loop needs a faster server",
        "It waits for replies: send many commands at once.",
    ),
    Misconception(
        "one-entry-many-fields",
        "10",
        "One entry with many fields is many entries",
        "It is delivered as a whole.",
    ),
    Misconception(
        "pipeline-unsent",
        "10",
        "Commands in a pipeline are on their way",
        "The pipeline sends them on execute(), all at once.",
    ),
    Misconception(
        "ack-once",
        "10",
        "Acknowledging the last entry covers those before it",
        "XACK takes only the given IDs off the list.",
    ),
    Misconception(
        "noack",
        "10",
        "NOACK acknowledges for free",
        "Nothing is pending then, so a crash loses entries that were read but not handled.",
    ),
    Misconception(
        "ack-each",
        "10",
        "Reading fast is enough for a fast consumer",
        "One XACK per entry costs as much as one read per entry.",
    ),
    Misconception(
        "one-stream",
        "11",
        "A group keeps the order",
        "It delivers in order, but several consumers of one stream handle its entries in any "
        "order.",
    ),
    Misconception(
        "round-robin",
        "11",
        "The best partition is the next one",
        "Entries that must stay in order need the same partition, so their key chooses it.",
    ),
    Misconception(
        "stream-per-key",
        "11",
        "Each key needs a partition of its own",
        "Many keys share a partition, and its owner handles each of them in order.",
    ),
    Misconception(
        "hash-is-stable",
        "11",
        "hash() gives a key the same number everywhere",
        "For text it differs in every Python process; crc32 is the same everywhere.",
    ),
    Misconception(
        "late-write-wins",
        "11",
        "An effect that may happen twice does no harm when it comes late",
        "A late SET undoes a newer one; only an effect with the same result in any order is safe.",
    ),
    Misconception(
        "look-then-act",
        "11",
        "A worker that checks its lease before each effect is safe",
        "It may freeze between the check and the effect: both must be one step on the server.",
    ),
    Misconception(
        "one-finish",
        "11",
        "Finish an entry once for each effect",
        "Finishing acknowledges it, so later effects are refused, or lost in a crash.",
    ),
    Misconception(
        "green-is-well",
        "12",
        "Lag 0 and nothing pending mean that all is well",
        "You see the same when a producer has stopped, when a group starts at the end, and when "
        "every entry went to the dead-letter stream.",
    ),
    Misconception(
        "slow-is-dead",
        "12",
        "A slow consumer and a dead one look the same",
        "Look twice: a slow one's pending entries change, a dead one's only grow older.",
    ),
    Misconception(
        "nobody-is-slow",
        "12",
        "A growing lag means that consumers are too slow",
        "If the last delivered ID stands still, too, nobody is reading at all.",
    ),
    Misconception(
        "poison-is-dead",
        "12",
        "An entry that stays pending has a dead consumer",
        "If its delivery count grows, it is delivered again and again: it is poison.",
    ),
    Misconception(
        "backlog-is-there",
        "12",
        "The entries that the lag counts can still be read",
        "It also counts entries that were trimmed before the group received them.",
    ),
    Misconception(
        "none-is-zero",
        "12",
        "A missing figure is 0",
        "None means that the server can't tell, or that there is no group: a missing figure "
        "needs its own alarm.",
    ),
    Misconception(
        "always-rings",
        "12",
        "An alarm that rings too often errs on the safe side",
        "Nobody gets up for it a third time: a good rule is silent while all is well, and says "
        "what is wrong when it rings.",
    ),
    Misconception(
        "r-is-everywhere",
        "12",
        "r reaches every stream",
        "A client talks to one server: use the other server's client for a stream there.",
    ),
    Misconception(
        "found-is-fixed",
        "12",
        "A problem that was found is as good as fixed",
        "Look again afterward: only two more looks show whether a fix worked.",
    ),
    Misconception(
        "ack-repairs",
        "12",
        "An incident is over when nothing is pending",
        "XACK, XDEL and DELCONSUMER make the figures green, but entries that nobody handled are "
        "lost.",
    ),
    Misconception(
        "rewind-repairs",
        "12",
        "Moving a group back fixes everything it missed",
        "XGROUP SETID delivers everything after that ID again, including entries that were "
        "handled.",
    ),
    Misconception(
        "id-is-proof",
        "13",
        "An entry ID proves that the entry is safe",
        "It proves that the master has the entry; replicas get it later, and a failover may "
        "lose it.",
    ),
    Misconception(
        "wait-anywhere",
        "13",
        "WAIT asks about the whole server",
        "It asks about writes on its own connection; on one without writes, it reports success "
        "at once.",
    ),
    Misconception(
        "wait-first",
        "13",
        "WAIT announces the writes to confirm",
        "It asks about writes sent before it.",
    ),
    Misconception(
        "wait-in-multi",
        "13",
        "WAIT works in a transaction or a script",
        "It can't wait there: it returns at once or is refused.",
    ),
    Misconception(
        "wait-0-ms",
        "13",
        "WAIT with 0 ms doesn't wait",
        "It waits forever.",
    ),
    Misconception(
        "wait-0-replicas",
        "13",
        "WAIT finds out how many replicas to wait for",
        "Its first argument says how many; it returns as soon as that many have answered.",
    ),
    Misconception(
        "reply-lost",
        "13",
        "A function returns the value of its last line",
        "It returns the value after `return`, or None.",
    ),
    Misconception(
        "zero-is-refused",
        "13",
        "A WAIT of 0 means that the write failed",
        "The master has it, and a replica may still get it: number the entry, and send it again.",
    ),
    Misconception(
        "zero-is-stored",
        "13",
        "A WAIT of 0 means that the write is only late",
        "If the master dies first, the entry is lost: number it, and send it again.",
    ),
    Misconception(
        "value-is-identity",
        "13",
        "Equal values mean the same entry",
        "Two customers may order the same thing; an entry is identified by its ID.",
    ),
    Misconception(
        "length-shows-loss",
        "13",
        "The length of a stream shows what was lost",
        "New entries hide the loss; look for the ID of each entry that was acknowledged.",
    ),
    Misconception(
        "last-id-decides",
        "13",
        "Every ID below the last one is there",
        "A new master continues with new IDs, higher than those it never had.",
    ),
    Misconception(
        "mailed-is-lost",
        "13",
        "An entry that was handled must have been stored",
        "A consumer reads from the master, and may handle entries that no replica has.",
    ),
    Misconception(
        "old-is-lost",
        "13",
        "A failover loses the entries from before it",
        "It loses entries that the replica didn't have yet.",
    ),
    Misconception(
        "id-as-value",
        "13",
        "An entry and its ID are the same",
        "The ID names the entry; its data is in the fields.",
    ),
    Misconception(
        "tag-is-number",
        "14",
        "Tags 0, 1, 2 are on nodes 1, 2, 3",
        "A tag is hashed like any text, so neighboring numbers may share a node, and a node "
        "may have none.",
    ),
    Misconception(
        "tag-is-whole",
        "14",
        "Empty braces are a hash tag",
        "With nothing between the braces, or without a closing one, the whole name is hashed.",
    ),
    Misconception(
        "tag-first",
        "14",
        "A hash tag must be at the start of a name",
        "It can be anywhere; only the text in the first pair of braces is hashed.",
    ),
    Misconception(
        "tag-spreads",
        "14",
        "Different hash tags are on different nodes",
        "They usually have different slots, but a node has thousands of slots.",
    ),
    Misconception(
        "same-start",
        "14",
        "Names that start alike are stored together",
        "Without a hash tag, the whole name is hashed, so one more character gives another slot.",
    ),
    Misconception(
        "name-is-all",
        "14",
        "A hash tag is all that a program needs in a cluster",
        "It only lets keys be used together; you still have to store, count and add up.",
    ),
    Misconception(
        "one-for-all",
        "14",
        "One counter can serve streams in several slots",
        "A script's keys must share one slot: keep a counter next to each stream, and add them "
        "up in the client.",
    ),
    Misconception(
        "effect-is-stream",
        "14",
        "An effect can change the stream's own key",
        "A key has one type: the effect needs its own key in the same slot.",
    ),
    Misconception(
        "tag-swapped",
        "14",
        "Any hash tag will do for the effect's key",
        "It must be the tag of the stream whose entry is acknowledged.",
    ),
    Misconception(
        "copy-gives-back",
        "15",
        "Adding an entry again releases it",
        "That is another entry, and the pending one comes as well.",
    ),
    Misconception(
        "rewind-gives-back",
        "15",
        "Moving the group back releases pending entries",
        "XGROUP SETID delivers again for the whole group; pending entries stay with their owner.",
    ),
    Misconception(
        "ack-gives-back",
        "15",
        "XACK releases an entry to others",
        "XACK says that it is done; nobody gets it again.",
    ),
    Misconception(
        "claim-for-somebody",
        "15",
        "You hand an entry over to a specific consumer",
        "Nobody knows who will be there; with a high idle time, anyone can claim it.",
    ),
    Misconception(
        "only-the-first",
        "15",
        "Releasing its first entry releases a batch",
        "Each entry is pending on its own, and XCLAIM takes several IDs.",
    ),
    Misconception(
        "claim-counts",
        "15",
        "A claim leaves the delivery count alone",
        "It raises the count by one, unless JUSTID is given.",
    ),
    Misconception(
        "read-gives-back",
        "15",
        "Reading your own pending entries again releases them",
        "It is another delivery, and resets their idle time to 0.",
    ),
    Misconception(
        "idle-too-short",
        "15",
        "Idle times are in seconds",
        "They are in milliseconds.",
    ),
    Misconception(
        "min-idle-is-idle",
        "15",
        "The minimum idle time of XCLAIM sets the idle time",
        "It selects the entries; IDLE sets the idle time.",
    ),
    Misconception(
        "claim-is-old",
        "15",
        "A claimed entry can be claimed by others at once",
        "A claim resets the idle time to 0, unless IDLE is given.",
    ),
    Misconception(
        "rule-without-sign",
        "15",
        "A command's name is a rule",
        "`+` allows a command, `+@` a category of commands, `~` a key.",
    ),
    Misconception(
        "all-is-convenient",
        "15",
        "A program may as well have all rights",
        "Anyone who gets its password has them, too.",
    ),
    Misconception(
        "dangerous-is-all",
        "15",
        "Without @dangerous, a user can do no damage",
        "DEL and XTRIM aren't in that category.",
    ),
    Misconception(
        "category-is-role",
        "15",
        "A consumer needs the category @stream",
        "It contains XADD, XTRIM and XGROUP DESTROY as well; allow commands by name.",
    ),
    Misconception(
        "keys-are-open",
        "15",
        "Rights are about commands",
        "They are also about keys: `~` and a narrow pattern.",
    ),
    Misconception(
        "reading-is-reading",
        "15",
        "XREADGROUP only reads",
        "It changes the group, so it needs write access to the key, too.",
    ),
    Misconception(
        "command-is-enough",
        "15",
        "A rule for a command allows it on every key",
        "Without a rule for keys, there is no key to use it on.",
    ),
    Misconception(
        "key-is-enough",
        "15",
        "A rule for a key allows every command on it",
        "Without a rule for commands, there is no command to use on it.",
    ),
    Misconception(
        "claim-is-reading",
        "15",
        "The right to read covers claims",
        "Each command has its own rule.",
    ),
    Misconception(
        "alive-is-dead",
        "16",
        "You can take back every value in a worker's own list",
        "A live worker is still handling its value, so it would be handled twice.",
    ),
    Misconception(
        "copied-is-moved",
        "16",
        "A copied value has been moved",
        "It is in both places until you remove it from the first.",
    ),
    Misconception(
        "own-list-waits",
        "16",
        "A value in a worker's own list comes back by itself",
        "Something has to look there and move all of it.",
    ),
    Misconception(
        "list-ends",
        "16",
        "It doesn't matter at which end you add a value",
        "RPUSH and LPOP make a queue: values enter on the right and leave on the left.",
    ),
    Misconception(
        "two-commands",
        "16",
        "Two commands in a row are one step",
        "A crash can come between them; only a script or a transaction is one step.",
    ),
    Misconception(
        "pubsub-buffers",
        "16",
        "A channel keeps published messages",
        "Pub/Sub reaches subscribers that are connected, and stores nothing.",
    ),
    Misconception(
        "pubsub-shares",
        "16",
        "Subscribers share published messages",
        "Each of them gets every message; a list or a group shares.",
    ),
    Misconception(
        "safe-list",
        "16",
        "A safe list does everything that a stream does",
        "It gives each value to one reader, once, and knows neither times nor delivery counts.",
    ),
    Misconception(
        "more-is-safer",
        "16",
        "The most powerful tool is the safest choice",
        "Features that you don't need still have to be run, trimmed and understood.",
    ),
    Misconception(
        "stream-on-disk",
        "16",
        "A stream can hold any amount of data",
        "It lives in the server's memory, whatever is saved to disk.",
    ),
    Misconception(
        "group-keeps-order",
        "16",
        "A group keeps the order of a stream",
        "It delivers in order, but several consumers finish in any order.",
    ),
    Misconception(
        "keep-all",
        "16",
        "Everything that is sent should be stored",
        "If only connected readers need it, storing it costs and helps nobody.",
    ),
]
"""In the order in which they come up."""

BY_ID = {m.id: m for m in CATALOG}
