"""The catalog of misconceptions about streams: each has a name, a sentence with the truth, and
the lesson that it belongs to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Misconception:
    """One misconception: `name` says it as a learner would, and `truth` corrects it in one
    sentence."""

    id: str
    lesson: str
    name: str
    truth: str


CATALOG = {
    "00": {
        "lag-is-pending": (
            "The lag is the number of entries not yet acknowledged",
            "The lag counts entries not yet delivered; entries delivered but not acknowledged are "
            "pending.",
        ),
        "read-is-done": (
            "An entry that was read is done",
            "Reading an entry makes it pending; XACK finishes it.",
        ),
        "read-is-pending": (
            "An entry that was read stays pending forever",
            "XACK takes it off the pending entries list; the stream keeps it.",
        ),
    },
    "01": {
        "xread-dollar": (
            "XREAD with $ continues where the last call ended",
            "$ is the last entry at the moment of each call, so it misses entries that come "
            "between two calls.",
        ),
        "block-0": (
            "BLOCK 0 waits forever",
            "The server would, but a client gives up when its socket time-out is over.",
        ),
        "block-socket": (
            "BLOCK and the socket time-out have nothing to do with each other",
            "The socket time-out must be longer than BLOCK; an equal one is too short.",
        ),
        "block-equal": (
            "A socket time-out equal to BLOCK is enough",
            "The two race, and the server's reply arrives late: leave a few seconds between them.",
        ),
        "units": (
            "BLOCK and time-outs have the same unit",
            "BLOCK is in milliseconds, the client's time-out in seconds.",
        ),
        "raw-password": (
            "A password goes into a URL as it is",
            "Some characters have a meaning in a URL: percent-encode them.",
        ),
        "user-slot": (
            "The text before the @ is the password",
            "It is the user's name; a password follows a colon.",
        ),
        "database-name": (
            "A database has a name",
            "Databases have numbers; redis-py silently treats a name as number 0.",
        ),
        "empty-is-end": (
            "An empty reply means that nothing more will come",
            "It means that nothing came within one BLOCK: ask again.",
        ),
    },
    "02": {
        "dollar-hides": (
            "A group created at $ gets entries that were produced before",
            "$ is the last entry at that moment, and the group starts after it; 0 is before all "
            "entries.",
        ),
        "busygroup-destroy": (
            "You fix BUSYGROUP by creating the group again",
            "The group exists already; destroying it loses its pending entries list.",
        ),
        "busygroup-stops": (
            "BUSYGROUP is a failure",
            "The group exists already; a program that only needs it to exist carries on.",
        ),
        "zero-everything": (
            '0 means "nothing yet"',
            "0 is before the first entry, so the group gets the whole stream.",
        ),
        "group-is-consumer": (
            "Two programs that each need all entries are two consumers",
            "Consumers of one group share its entries; each group gets them all.",
        ),
        "lag-number": (
            "The lag is always a number",
            "None means that the server can't tell: it never counted the entries before the "
            "group's start, or an entry ahead was deleted.",
        ),
    },
    "03": {
        "another-type": (
            "Any command that stores something adds to a stream",
            "A key has one type: XADD adds to a stream, RPUSH creates a list, SET a string, HSET a "
            "hash.",
        ),
        "one-xadd": (
            "One XADD adds an entry for each field",
            "One XADD adds one entry, no matter how many fields it has.",
        ),
        "nested": (
            "The server sees the parts inside a field's value",
            "To the server, a value is bytes: JSON in it is common, but only your code sees its "
            "parts.",
        ),
        "keeps-type": (
            "A field keeps its Python type",
            "A field holds bytes without a type: a number comes back as text.",
        ),
        "none-is-value": (
            "None can be stored as a value",
            "Redis has no None: leave the field out, or agree on a text for it.",
        ),
        "gap-dropped": (
            "A missing value needs no entry",
            "A consumer can't tell a gap from a lost entry; send an entry without the field.",
        ),
        "xadd-is-producer": (
            "A loop with XADD does what a Producer does",
            "A Producer numbers its entries, so it can safely send them again, and raises errors "
            "from its thread in your cell.",
        ),
    },
    "04": {
        "take-turns": (
            "The consumers of a group take turns",
            "Whichever consumer asks first gets as many entries as it asks for; Redis doesn't "
            "make consumers take turns, or finish in order.",
        ),
        "zero-from-start": (
            "XREADGROUP with 0 reads from the start of the stream",
            "An ID instead of > asks for the consumer's own pending entries after that ID.",
        ),
        "no-count": (
            "A read returns one entry, or a few",
            "Without COUNT, it returns all there is, and all of it becomes pending.",
        ),
        "one-read": (
            "One read returns everything",
            "COUNT is the most that one reply holds: read until a reply is empty.",
        ),
        "xrange-delivers": (
            "XRANGE takes entries from the group",
            "It only looks; XREADGROUP delivers entries.",
        ),
        "reply-shape": (
            "XREADGROUP returns the entries",
            "It returns a list of (ID, fields) pairs for each stream.",
        ),
        "ack-deletes": (
            "XACK deletes entries, or XDEL acknowledges them",
            "XACK changes only the pending entries list, XDEL only the stream.",
        ),
        "ack-zero": (
            "XACK acknowledged the entries unless it raised an error",
            "Its reply counts the entries it took off the list: 0 means a wrong ID, group or "
            "stream, or an entry acknowledged before.",
        ),
        "lag-0-done": (
            "Lag 0 means done",
            "Lag 0 says that every entry was delivered; done means that pending is 0, too.",
        ),
        "restart-resumes": (
            "A restarted consumer gets its unfinished entries with >",
            "> asks only for entries not yet delivered in the group; to get its own pending "
            "entries, a consumer reads with an ID such as 0.",
        ),
        "ack-first": (
            "Acknowledge, then work",
            "A crash in between loses the entry; if you work first, a crash only repeats it.",
        ),
    },
    "05": {
        "bookmark-reads": (
            "Every command that reads a stream moves the group's bookmark",
            "Only XREADGROUP with > moves it, as XGROUP SETID and XCLAIM's LASTID can; XRANGE and "
            "XREAD don't.",
        ),
        "send-again": (
            "Entries that a group missed must be produced again",
            "The stream still has them: move the group's bookmark, with XGROUP SETID.",
        ),
        "create-moves": (
            "Creating a group again moves it",
            "An existing group stays as it is (BUSYGROUP); XGROUP SETID moves it.",
        ),
        "after-the-bookmark": (
            "A group starts with the entry at its bookmark",
            "It starts after that entry: 0 is before the first entry.",
        ),
        "start-over": (
            "After a crash, start over from the beginning of the stream",
            "Acknowledged entries are done: the ID 0 asks for the unfinished ones.",
        ),
        "unacked": (
            "An entry that was handled is done",
            "The server can't see your work: an entry is pending until it is acknowledged.",
        ),
        "error-as-value": (
            "A default value is a good answer to bad data",
            "It makes up data that nobody sent, and the acknowledgment hides that there was an "
            "error.",
        ),
        "error-swallowed": (
            "A consumer must carry on, whatever happens",
            "An error that nobody sees is repeated forever or loses its entry: leave the entry "
            "pending, and report the error.",
        ),
        "nogroup-never": (
            "A group lasts once it has been created",
            "It disappears with its stream (DEL, expiry, eviction), and the next read raises "
            "NOGROUP.",
        ),
    },
    "06": {
        "ack-early": (
            "Claiming an entry acknowledges it",
            "XACK says that the work is done; a claimed entry stays pending for its new owner.",
        ),
        "zero-loop": (
            "Reading 0 in a loop is a way to wait",
            "Each such read delivers the same entries again and resets their idle time.",
        ),
        "one-autoclaim": (
            "One XAUTOCLAIM claims everything",
            "It claims up to COUNT entries, 100 by default, and returns a cursor: call again from "
            "there until it is 0-0.",
        ),
        "min-idle": (
            "A short min-idle time makes recovery faster",
            "It takes entries from consumers still at work; make it longer than a whole "
            "batch (COUNT entries) can take.",
        ),
        "claim-all": (
            "Claim everything, then work through it",
            "Each claim counts as a delivery and resets the idle time: claim an entry right before "
            "handling it.",
        ),
        "delconsumer-frees": (
            "XGROUP DELCONSUMER gives a consumer's entries to others",
            "It drops them from the pending entries list, and > doesn't deliver them again: claim "
            "them first.",
        ),
        "stays-listed": (
            "A consumer that stops leaves its group",
            "It stays listed until XGROUP DELCONSUMER removes it.",
        ),
        "same-name": (
            "Two workers can share a consumer name",
            "They share pending entries, too: after a restart, each gets what the other is working "
            "on.",
        ),
    },
    "07": {
        "copy-is-move": (
            "Copying an entry makes it a dead letter",
            "As long as it is pending, it can be delivered again: acknowledge it, too.",
        ),
        "ack-buries": (
            "It's best to acknowledge entries that can't be handled",
            "Nobody sees them again: a dead-letter stream keeps them.",
        ),
        "look-by-reading": (
            "Reading pending entries only looks at them",
            "Each read is a delivery; XPENDING only looks.",
        ),
        "claim-to-look": (
            "You must claim an entry before you can judge it",
            "A claim is a delivery, too: XPENDING shows the delivery count without one.",
        ),
        "limit-is-beyond": (
            "Poison is an entry above the limit",
            "An entry that has reached the limit isn't tried again.",
        ),
        "limit-is-two": (
            "Delivered twice is close enough to the limit",
            "Below the limit, an entry is tried again: the limit is the number you agreed on.",
        ),
        "neighbors-guilty": (
            "Every entry pending at a crash is poison",
            "Judge each entry by its own delivery count.",
        ),
        "limit-after": (
            "Check the limit after a handler has failed",
            "An entry that kills its process leaves nobody to check: compare before calling the "
            "handler.",
        ),
        "first-failure": (
            "An entry that fails is poison",
            "One failure may be bad luck: below the limit, the entry stays pending and comes "
            "again.",
        ),
        "poison-stops": (
            "An error must end the consumer",
            "With a limit, it can carry on: the entry stays pending, and its deliveries are "
            "counted.",
        ),
        "uncounted-try": (
            "Retrying counts as an attempt by itself",
            "The server counts deliveries: claim before each attempt, or no entry ever reaches the "
            "limit.",
        ),
        "outage-is-poison": (
            "An entry that fails three times is poison",
            "In an outage, every entry fails: raise Retry, and the attempt doesn't count.",
        ),
        "poison-passes": (
            "Trying again helps against any error",
            "Poison fails on every try: raise Retry only for an error that can go away by itself.",
        ),
        "handler-waits": (
            "A handler should wait until the database is back",
            "Meanwhile it handles nothing else, and other consumers claim its entry: raise Retry.",
        ),
        "return-is-done": (
            "Catching an error deals with it",
            "When a handler returns, its entry counts as done and is acknowledged.",
        ),
        "replay-all": (
            "Replay all dead letters at once",
            "Only entries whose cause is fixed can be handled now.",
        ),
        "replay-note": (
            "Replay a dead letter as it is",
            "The note that says why it failed isn't part of the entry: leave it out.",
        ),
        "replay-edited": (
            "Correct a dead letter before replaying it",
            "It is the record of what was sent: fix the handler, not the entry.",
        ),
        "replay-leaves": (
            "A replayed dead letter can stay",
            "Somebody will replay it again: delete it.",
        ),
        "replay-loses": (
            "Delete the dead letter, then add the entry",
            "A crash in between loses the entry: add it first.",
        ),
        "replay-is-handled": (
            "A replayed entry is done",
            "It is a new entry: it still has to be delivered, handled and acknowledged.",
        ),
    },
    "08": {
        "repeat-is-known": (
            "The server recognizes a repeat",
            "Each XADD creates a new ID: a repeat needs a producer's ID and a number.",
        ),
        "equal-is-repeat": (
            "Equal values mean a repeat",
            "They may be two orders: only a repeat has the same number.",
        ),
        "remember-in-python": (
            "A program can recognize its own repeats",
            "It forgets them when it ends: have the server store the number, in one step with the "
            "entry.",
        ),
        "sequence-counts-calls": (
            "Sequence numbers count calls",
            "They count entries; a repeat keeps its first number.",
        ),
        "key-per-call": (
            "Each call is a new producer",
            "A producer keeps one key, or its numbers start over.",
        ),
        "delete-duplicates": (
            "You can delete duplicates afterward",
            "A consumer may have read them already: don't store them in the first place.",
        ),
        "idmp-exactly-once": (
            "An entry stored once, by IDMP or a sequence number, is handled once",
            "These keep out one producer's repeats for a while; delivery and handling can still "
            "happen twice.",
        ),
        "effect-is-enough": (
            "After the effect, the acknowledgment can wait",
            "Until the entry is acknowledged, another delivery repeats the effect.",
        ),
        "script-once": (
            "A script's effects happen once",
            "They happen on each call: have the script check whether the entry is still pending.",
        ),
        "lua-is-python": (
            "Lua looks like Python",
            "It needs `if … then … end`, `nil` and `local`; a script that doesn't compile does "
            "nothing.",
        ),
        "another-name": (
            "A key or field can have any name",
            "Producers and consumers must use the same one.",
        ),
    },
    "09": {
        "trim-pending": (
            "Trimming spares pending entries",
            "It looks at the stream alone: pending entries lose their fields.",
        ),
        "ids-are-text": (
            "Entry IDs can be compared as text",
            "As text, -119 comes before -9: compare both parts as numbers.",
        ),
        "list-is-all": (
            "A group needs only its pending entries",
            "It also needs all entries after its last delivered ID, which may be lower.",
        ),
        "first-group": (
            "A stream belongs to one group",
            "All of its groups read it: ask each one which entries it still needs.",
        ),
        "maxlen-exact": (
            "MAXLEN is exact",
            "By default, redis-py asks for about that many, and the server trims whole nodes.",
        ),
        "count-is-age": (
            "A number of entries is a number of hours",
            "Producers pause and speed up: MINID trims by age, MAXLEN by number.",
        ),
        "id-in-seconds": (
            "An ID counts seconds",
            "Its first part is milliseconds since 1970: multiply seconds by 1,000.",
        ),
        "expiry-per-entry": (
            "EXPIRE removes old entries",
            "It removes the whole key, groups included; MINID trims by age.",
        ),
        "lag-sees-loss": (
            "The lag shows which entries were lost",
            "It never says which are gone; servers differ in what they count, and on Redis 7.0 the "
            "lag may stay wrong.",
        ),
        "trimmed-is-lost": (
            "Trimmed entries are lost",
            "Only entries that a group hadn't acknowledged are lost; the rest were done.",
        ),
        "waiting-is-lost": (
            "Entries not yet delivered to a group are lost",
            "Those still in the stream will be delivered.",
        ),
        "forgotten-group": (
            "A group without readers costs nothing",
            "It still needs every entry it never received, so you can't trim any: destroy the "
            "group.",
        ),
    },
    "10": {
        "round-trip": (
            "A slow loop needs a faster server",
            "It waits for replies: send many commands at once.",
        ),
        "one-entry-many-fields": (
            "One entry with many fields is many entries",
            "It is delivered as a whole.",
        ),
        "pipeline-unsent": (
            "Commands in a pipeline are on their way",
            "The pipeline sends them on execute(), all at once.",
        ),
        "ack-once": (
            "Acknowledging the last entry covers those before it",
            "XACK takes only the given IDs off the list.",
        ),
        "noack": (
            "NOACK acknowledges for free",
            "Nothing is pending then, so a crash loses entries that were read but not handled.",
        ),
        "ack-each": (
            "Reading fast is enough for a fast consumer",
            "One XACK per entry costs as much as one read per entry.",
        ),
    },
    "11": {
        "one-stream": (
            "A group keeps the order",
            "It delivers in order, but several consumers of one stream handle its entries in any "
            "order.",
        ),
        "round-robin": (
            "The best partition is the next one",
            "Entries that must stay in order need the same partition, so their key chooses it.",
        ),
        "stream-per-key": (
            "Each key needs a partition of its own",
            "Many keys share a partition, and its owner handles each of them in order.",
        ),
        "hash-is-stable": (
            "hash() gives a key the same number everywhere",
            "For text it differs in every Python process; crc32 is the same everywhere.",
        ),
        "late-write-wins": (
            "An effect that may happen twice does no harm when it comes late",
            "A late SET undoes a newer one; only an effect with the same result in any order is "
            "safe.",
        ),
        "look-then-act": (
            "A worker that checks its lease before each effect is safe",
            "It may freeze between the check and the effect: both must be one step on the server.",
        ),
        "one-finish": (
            "Finish an entry once for each effect",
            "Finishing acknowledges it, so later effects are refused, or lost in a crash.",
        ),
    },
    "12": {
        "green-is-well": (
            "Lag 0 and nothing pending mean that all is well",
            "You see the same when a producer has stopped, when a group starts at the end, and "
            "when every entry went to the dead-letter stream.",
        ),
        "slow-is-dead": (
            "A slow consumer and a dead one look the same",
            "Look twice: a slow one's pending entries change, but a dead one's only grow older.",
        ),
        "nobody-is-slow": (
            "A growing lag means that consumers are too slow",
            "If the last delivered ID stands still, too, nobody is reading at all.",
        ),
        "poison-is-dead": (
            "An entry that stays pending has a dead consumer",
            "If its delivery count grows, it is delivered again and again: it is poison.",
        ),
        "backlog-is-there": (
            "The entries that the lag counts can still be read",
            "It also counts entries that were trimmed before the group received them.",
        ),
        "none-is-zero": (
            "A missing figure is 0",
            "None means that the server can't tell, or that there is no group: a missing figure "
            "needs its own alarm.",
        ),
        "rule-is-condition": (
            "A rule is a condition",
            "It is a function, because each incident has its own figures: `lambda m:` goes before "
            "the condition.",
        ),
        "always-fires": (
            "An alarm that fires too often errs on the safe side",
            "Nobody gets up for it a third time: a good rule is silent while all is well, and says "
            "what is wrong when it fires.",
        ),
        "r-is-everywhere": (
            "r reaches every stream",
            "A client talks to one server: use the other server's client for a stream there.",
        ),
        "found-is-fixed": (
            "A problem that was found is as good as fixed",
            "Look again afterward: only two more looks show whether a fix worked.",
        ),
        "ack-repairs": (
            "An incident is over when nothing is pending",
            "XACK, XDEL and DELCONSUMER make the figures green, but entries that nobody handled "
            "are lost.",
        ),
        "rewind-repairs": (
            "Moving a group back fixes everything it missed",
            "XGROUP SETID delivers everything after that ID again, including entries that were "
            "handled.",
        ),
    },
    "13": {
        "id-is-proof": (
            "An entry ID proves that the entry is safe",
            "It proves that the master has the entry; replicas get it later, and a failover may "
            "lose it.",
        ),
        "wait-anywhere": (
            "WAIT asks about the whole server",
            "It asks about writes on its own connection; on one without writes, it reports success "
            "at once.",
        ),
        "wait-first": (
            "WAIT announces the writes to confirm",
            "It asks about writes sent before it.",
        ),
        "wait-in-multi": (
            "WAIT works in a transaction or a script",
            "It can't wait there: it returns at once or is refused.",
        ),
        "wait-0-ms": ("WAIT with 0 ms doesn't wait", "It waits forever."),
        "wait-0-replicas": (
            "WAIT finds out how many replicas to wait for",
            "Its first argument says how many; it returns as soon as that many have answered.",
        ),
        "reply-lost": (
            "A function returns the value of its last line",
            "It returns the value after `return`, or None.",
        ),
        "zero-is-refused": (
            "When WAIT returns 0, the write has failed",
            "The master has it, and a replica may still get it: number the entry, and send it "
            "again.",
        ),
        "zero-is-stored": (
            "When WAIT returns 0, the write is only late",
            "If the master dies first, the entry is lost: number it, and send it again.",
        ),
        "value-is-identity": (
            "Equal values mean the same entry",
            "Two customers may order the same thing; an entry is identified by its ID.",
        ),
        "length-shows-loss": (
            "The length of a stream shows what was lost",
            "New entries hide the loss; look for the ID of each entry that was acknowledged.",
        ),
        "last-id-decides": (
            "Every ID below the last one is there",
            "A new master continues with new IDs, higher than those it never had.",
        ),
        "mailed-is-lost": (
            "An entry that was handled must have been stored",
            "A consumer reads from the master, and may handle entries that no replica has.",
        ),
        "old-is-lost": (
            "A failover loses the entries from before it",
            "It loses entries that the replica didn't have yet.",
        ),
        "id-as-value": (
            "An entry and its ID are the same",
            "The ID names the entry; its data is in the fields.",
        ),
    },
    "14": {
        "tag-is-number": (
            "Tags 0, 1, 2 are on nodes 1, 2, 3",
            "A tag is hashed like any text, so neighboring numbers may share a node, and a node "
            "may have none.",
        ),
        "tag-is-whole": (
            "Empty braces are a hash tag",
            "With nothing between the braces, or without a closing one, the whole name is hashed.",
        ),
        "tag-first": (
            "A hash tag must be at the start of a name",
            "It can be anywhere; only the text in the first pair of braces is hashed.",
        ),
        "tag-spreads": (
            "Different hash tags are on different nodes",
            "They usually have different slots, but a node has thousands of slots.",
        ),
        "same-start": (
            "Names that start alike are stored together",
            "Without a hash tag, the whole name is hashed, so one more character gives another "
            "slot.",
        ),
        "name-is-all": (
            "A hash tag is all that a program needs in a cluster",
            "It only lets keys be used together; you still have to store, count and add up.",
        ),
        "one-for-all": (
            "One counter can serve streams in several slots",
            "A script's keys must share one slot: keep a counter next to each stream, and add them "
            "up in the client.",
        ),
        "effect-is-stream": (
            "An effect can change the stream's own key",
            "A key has one type: the effect needs its own key in the same slot.",
        ),
        "tag-swapped": (
            "Any hash tag will do for the effect's key",
            "It must be the tag of the stream whose entry is acknowledged.",
        ),
    },
    "15": {
        "copy-gives-back": (
            "Adding an entry again releases it",
            "That adds another entry, and the pending one is delivered as well.",
        ),
        "rewind-gives-back": (
            "Moving the group back releases pending entries",
            "XGROUP SETID makes the whole group get entries again; pending entries stay with their "
            "owner.",
        ),
        "ack-gives-back": (
            "XACK releases an entry to others",
            "XACK says that it is done; nobody gets it again.",
        ),
        "claim-for-somebody": (
            "You hand an entry over to a specific consumer",
            "Nobody knows who will be there; with a high idle time, anyone can claim it.",
        ),
        "only-the-first": (
            "Releasing its first entry releases a batch",
            "Each entry is pending on its own, and XCLAIM takes several IDs.",
        ),
        "claim-counts": (
            "A claim leaves the delivery count alone",
            "It raises the count by one, unless JUSTID is given.",
        ),
        "read-gives-back": (
            "Reading your own pending entries again releases them",
            "It is another delivery, and resets their idle time to 0.",
        ),
        "idle-too-short": ("Idle times are in seconds", "They are in milliseconds."),
        "min-idle-is-idle": (
            "The minimum idle time of XCLAIM sets the idle time",
            "It selects the entries; IDLE sets the idle time.",
        ),
        "claim-is-old": (
            "A claimed entry can be claimed by others at once",
            "A claim resets the idle time to 0, unless IDLE is given.",
        ),
        "rule-without-sign": (
            "A command's name is a rule",
            "`+` allows a command, `+@` a category of commands, `~` a key.",
        ),
        "all-is-convenient": (
            "A program may as well have all rights",
            "Anyone who gets its password has those rights, too.",
        ),
        "dangerous-is-all": (
            "Without @dangerous, a user can do no damage",
            "DEL and XTRIM aren't in that category.",
        ),
        "category-is-role": (
            "A consumer needs the category @stream",
            "It contains XADD, XTRIM and XGROUP DESTROY as well; allow commands by name.",
        ),
        "keys-are-open": (
            "Rights are about commands",
            "They are also about keys: `~` and a narrow pattern.",
        ),
        "reading-is-reading": (
            "XREADGROUP only reads",
            "It changes the group, so it needs write access to the key, too.",
        ),
        "command-is-enough": (
            "A rule for a command allows it on every key",
            "Without a rule for keys, there is no key to use it on.",
        ),
        "key-is-enough": (
            "A rule for a key allows every command on it",
            "Without a rule for commands, there is no command to use on it.",
        ),
        "claim-is-reading": ("The right to read covers claims", "Each command has its own rule."),
    },
    "16": {
        "alive-is-dead": (
            "You can take back every value in a worker's own list",
            "A live worker is still handling its value, so it would be handled twice.",
        ),
        "copied-is-moved": (
            "A copied value has been moved",
            "It is in both places until you remove it from the first.",
        ),
        "own-list-waits": (
            "A value in a worker's own list comes back by itself",
            "A program has to look there and move back whatever it finds.",
        ),
        "list-ends": (
            "It doesn't matter at which end you add a value",
            "RPUSH and LPOP make a queue: values enter on the right and leave on the left.",
        ),
        "two-commands": (
            "Two commands in a row are one step",
            "A crash can come between them; only a script or a transaction is one step.",
        ),
        "pubsub-buffers": (
            "A channel keeps published messages",
            "Pub/Sub reaches subscribers that are connected, and stores nothing.",
        ),
        "pubsub-shares": (
            "Subscribers share published messages",
            "Each of them gets every message; a list or a group shares them out.",
        ),
        "safe-list": (
            "A safe list does everything that a stream does",
            "It gives each value to one reader, once, and knows neither times nor delivery counts.",
        ),
        "more-is-safer": (
            "The most powerful tool is the safest choice",
            "Features that you don't need still have to be run, trimmed and understood.",
        ),
        "stream-on-disk": (
            "A stream can hold any amount of data",
            "It lives in the server's memory, whatever is saved to disk.",
        ),
        "group-keeps-order": (
            "A group keeps the order of a stream",
            "It delivers in order, but several consumers finish in any order.",
        ),
        "keep-all": (
            "Everything that is sent should be stored",
            "If only connected readers need it, storing it costs and helps nobody.",
        ),
    },
}
"""By lesson and ID: a misconception's name and truth."""

BY_ID = {
    each: Misconception(each, lesson, name, truth)
    for lesson, rows in CATALOG.items()
    for each, (name, truth) in rows.items()
}


def find(misconception: str) -> Misconception:
    """Return the misconception with this ID; raises ValueError if there is none."""
    if misconception not in BY_ID:
        raise ValueError(
            f"there is no misconception {misconception!r}: add a row to CATALOG in "
            "helpers/checks/misconceptions.py."
        )
    return BY_ID[misconception]
