"""The catalogue of wrong ideas about streams: each has a name, a sentence that puts it right, and
the lesson in which it comes up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Misconception:
    """One wrong idea: `name` says it as those do who have it, `truth` puts it right in one
    sentence."""

    id: str
    lesson: str
    name: str
    truth: str


CATALOGUE = [
    Misconception(
        "lag-is-pending",
        "00",
        "What isn't acknowledged is the lag",
        "The lag counts what is still to be delivered; what was delivered and not "
        "acknowledged is pending.",
    ),
    Misconception(
        "read-is-done",
        "00",
        "What was read is done",
        "Reading an entry makes it pending; XACK finishes it.",
    ),
    Misconception(
        "read-is-pending",
        "00",
        "What was read stays pending forever",
        "XACK takes it off the list; the stream keeps it.",
    ),
    Misconception(
        "xread-dollar",
        "01",
        "XREAD with $ goes on where the last call ended",
        "$ is the last entry at the moment of each call, so whatever comes between two "
        "calls is missed.",
    ),
    Misconception(
        "block-0",
        "01",
        "BLOCK 0 waits forever",
        "The server would; a client that has a socket time-out gives up when that is over.",
    ),
    Misconception(
        "block-socket",
        "01",
        "BLOCK and the socket time-out have nothing to do with each other",
        "The socket time-out must be longer than BLOCK; equal is already too short.",
    ),
    Misconception(
        "block-equal",
        "01",
        "A socket time-out equal to BLOCK is enough",
        "Which of the two ends first is a race, and the server's reply comes late: leave "
        "seconds between them.",
    ),
    Misconception(
        "units",
        "01",
        "BLOCK and time-outs are in the same unit",
        "BLOCK is in milliseconds, the client's time-out in seconds.",
    ),
    Misconception(
        "raw-password",
        "01",
        "A password stands in a URL as it is",
        "Some characters mean something in a URL: they are percent-encoded.",
    ),
    Misconception(
        "user-slot",
        "01",
        "What stands before the @ is the password",
        "It is the user's name; a password follows a colon.",
    ),
    Misconception(
        "database-name",
        "01",
        "A database has a name",
        "Databases have numbers; redis-py takes a name for number 0 and says nothing.",
    ),
    Misconception(
        "empty-is-end",
        "01",
        "An empty reply means that nothing will come",
        "It means that nothing came within one BLOCK: ask again.",
    ),
    Misconception(
        "dollar-hides",
        "02",
        "A group created at $ gets what was produced before",
        "$ is the last entry at that moment, and the group begins after it; 0 is before them all.",
    ),
    Misconception(
        "busygroup-destroy",
        "02",
        "BUSYGROUP is fixed by making the group anew",
        "It says that the group is there; destroying it loses the list of what is pending.",
    ),
    Misconception(
        "busygroup-stops",
        "02",
        "BUSYGROUP is a failure",
        "It says that the group exists; a program that only wants it to be there goes on.",
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
        "None says that the server can't tell: it never counted what lies before, or an "
        "entry ahead was deleted.",
    ),
    Misconception(
        "another-type",
        "03",
        "Any command that stores something adds to a stream",
        "A key has one type: XADD adds to a stream, RPUSH makes a list, SET a text, HSET a hash.",
    ),
    Misconception(
        "one-xadd",
        "03",
        "One XADD adds an entry for each field",
        "One XADD is one entry, however many fields it has.",
    ),
    Misconception(
        "nested",
        "03",
        "The server sees the parts of a field's value",
        "To it a value is bytes: JSON in it is usual, but only your code sees its parts.",
    ),
    Misconception(
        "keeps-type",
        "03",
        "A field keeps its Python type",
        "A field holds bytes and no type: a number comes back as text.",
    ),
    Misconception(
        "none-is-value",
        "03",
        "None can be stored as a value",
        "Redis has no such thing: leave the field out, or agree on a text for it.",
    ),
    Misconception(
        "gap-dropped",
        "03",
        "What has no value needs no entry",
        "Whoever reads can't tell a gap from an entry that got lost; send one without the field.",
    ),
    Misconception(
        "xadd-is-producer",
        "03",
        "A loop with XADD does what a Producer does",
        "A Producer numbers its entries, so that it may send them again, and raises in your cell "
        "what goes wrong in its thread.",
    ),
    Misconception(
        "take-turns",
        "04",
        "The consumers of a group take turns",
        "Whoever asks first gets as many entries as it asks for; neither turns nor an order "
        "across consumers are promised.",
    ),
    Misconception(
        "zero-from-start",
        "04",
        "XREADGROUP with 0 reads from the start of the stream",
        "An ID instead of > asks for the consumer's own pending entries after it.",
    ),
    Misconception(
        "no-count",
        "04",
        "A read gives one entry, or a few",
        "Without COUNT it gives whatever there is, and all of it is pending then.",
    ),
    Misconception(
        "one-read",
        "04",
        "One read gives everything",
        "COUNT is the most that comes at once: read until a reply is empty.",
    ),
    Misconception(
        "xrange-delivers",
        "04",
        "XRANGE takes entries from the group",
        "It only looks; XREADGROUP delivers.",
    ),
    Misconception(
        "reply-shape",
        "04",
        "XREADGROUP returns the entries",
        "It returns for each stream a list of pairs, ID and fields.",
    ),
    Misconception(
        "ack-deletes",
        "04",
        "XACK deletes entries, or deleting acknowledges them",
        "XACK changes the pending entries list alone, XDEL the stream alone.",
    ),
    Misconception(
        "ack-zero",
        "04",
        "XACK without an error has acknowledged",
        "Its answer counts what it took off the list: 0 means a wrong ID, group or stream, "
        "or acknowledged before.",
    ),
    Misconception(
        "lag-0-done",
        "04",
        "Lag 0 means done",
        "Lag 0 says that all is delivered; done needs pending 0 as well.",
    ),
    Misconception(
        "restart-resumes",
        "04",
        "A restarted consumer gets its unfinished entries with >",
        "> gives only what was delivered to nobody; its own pending entries come with an ID "
        "such as 0.",
    ),
    Misconception(
        "ack-first",
        "04",
        "Acknowledge, then work",
        "A crash in between loses the entry; work first, and a crash only repeats it.",
    ),
    Misconception(
        "ack-early",
        "06",
        "To take an entry over is to acknowledge it",
        "XACK says that the work is done; what is taken over stays pending, with its new consumer.",
    ),
    Misconception(
        "zero-loop",
        "06",
        "Reading 0 in a loop is a way to wait",
        "Each such read delivers the same entries once more and sets their idle time back.",
    ),
    Misconception(
        "one-autoclaim",
        "06",
        "One XAUTOCLAIM sweeps everything",
        "It takes COUNT entries at most, 100 by default, and returns a cursor: go on until "
        "it is 0-0.",
    ),
    Misconception(
        "min-idle",
        "06",
        "A small min-idle time makes recovery faster",
        "It robs consumers at work; it must exceed the work on a whole batch, COUNT "
        "handlers together.",
    ),
    Misconception(
        "claim-all",
        "06",
        "Claim everything, then work through it",
        "Each claim counts a delivery and sets the idle time back: claim an entry right before "
        "its work.",
    ),
    Misconception(
        "delconsumer-frees",
        "06",
        "XGROUP DELCONSUMER gives its entries to others",
        "They are off the pending entries list, and > doesn't deliver them again: claim "
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
        "Two workers may use one consumer name",
        "What is pending is shared: after a restart each takes up what the other is still doing.",
    ),
    Misconception(
        "bookmark-reads",
        "05",
        "Whatever reads a stream moves the group's bookmark",
        "XREADGROUP with > does, and XGROUP SETID or XCLAIM's LASTID can; XRANGE and XREAD don't.",
    ),
    Misconception(
        "send-again",
        "05",
        "What a group missed must be produced again",
        "The stream still has it: move the bookmark of the group, with XGROUP SETID.",
    ),
    Misconception(
        "create-moves",
        "05",
        "Creating a group once more moves it",
        "A group that exists stays as it is, BUSYGROUP; XGROUP SETID moves it.",
    ),
    Misconception(
        "after-the-bookmark",
        "05",
        "A group begins with the entry at its bookmark",
        "It begins after it: 0 is before the first entry.",
    ),
    Misconception(
        "start-over",
        "05",
        "After a crash, begin at the start of the stream",
        "What was acknowledged is done: the ID 0 asks for what is left of it.",
    ),
    Misconception(
        "unacked",
        "05",
        "What was handled is done",
        "The server can't see your work: an entry is pending until it is acknowledged.",
    ),
    Misconception(
        "error-as-value",
        "05",
        "A default value is a good answer to bad data",
        "It makes up data that nobody sent, and the acknowledgement hides that there was an error.",
    ),
    Misconception(
        "error-swallowed",
        "05",
        "A consumer must go on, whatever happens",
        "An error that nobody sees is repeated for ever or loses its entry: leave the entry "
        "pending, and say so.",
    ),
    Misconception(
        "nogroup-never",
        "05",
        "A group that was created stays",
        "It goes with its stream (DEL, expiry, eviction), and the next read raises NOGROUP.",
    ),
    Misconception(
        "copy-is-move",
        "07",
        "A copy of an entry is a dead letter",
        "While it is pending it comes again: acknowledge it, too.",
    ),
    Misconception(
        "ack-buries",
        "07",
        "What can't be handled is best acknowledged",
        "Nobody sees it again: a dead-letter stream keeps it.",
    ),
    Misconception(
        "look-by-reading",
        "07",
        "Reading pending entries is looking at them",
        "Each read is a delivery; XPENDING only looks.",
    ),
    Misconception(
        "claim-to-look",
        "07",
        "An entry must be claimed before it is judged",
        "A claim is a delivery, too: XPENDING tells the deliveries without one.",
    ),
    Misconception(
        "limit-is-beyond",
        "07",
        "Poison is what exceeds the limit",
        "At the limit it has had its chances.",
    ),
    Misconception(
        "limit-is-two",
        "07",
        "Delivered twice is close enough to the limit",
        "Each entry gets all of its deliveries: the limit is the number that was agreed on.",
    ),
    Misconception(
        "neighbours-guilty",
        "07",
        "All that was pending at a crash is poison",
        "Judge each entry by its deliveries.",
    ),
    Misconception(
        "limit-after",
        "07",
        "The limit is looked at when a handler has failed",
        "An entry that kills its process leaves nobody to look: compare before the handler is "
        "called.",
    ),
    Misconception(
        "first-failure",
        "07",
        "An entry that fails is poison",
        "One failure may be bad luck: below the limit it stays pending and comes again.",
    ),
    Misconception(
        "poison-stops",
        "07",
        "An error must end the consumer",
        "With a limit it can go on: the entry stays pending, and its deliveries count.",
    ),
    Misconception(
        "uncounted-try",
        "07",
        "A try counts by itself",
        "The server counts deliveries: claim before each try, or no limit is ever reached.",
    ),
    Misconception(
        "outage-is-poison",
        "07",
        "What fails three times is poison",
        "In an outage every entry fails: raise Retry, and the try doesn't count.",
    ),
    Misconception(
        "poison-passes",
        "07",
        "Trying again helps against any error",
        "Poison fails whenever it is tried: only what passes by itself is worth a Retry.",
    ),
    Misconception(
        "handler-waits",
        "07",
        "A handler waits until the database is back",
        "Meanwhile nothing else is handled, and others claim its entry: raise Retry.",
    ),
    Misconception(
        "return-is-done",
        "07",
        "An error that is caught has been dealt with",
        "A handler that returns says that its entry is done, and it is acknowledged.",
    ),
    Misconception(
        "replay-all",
        "07",
        "Dead letters are brought back all at once",
        "Only what was mended can be handled now.",
    ),
    Misconception(
        "replay-note",
        "07",
        "A dead letter is brought back as it is",
        "The note on its death is no part of the entry.",
    ),
    Misconception(
        "replay-edited",
        "07",
        "A dead letter is corrected before it is brought back",
        "It is the record of what was sent: mend the handler, not the entry.",
    ),
    Misconception(
        "replay-leaves",
        "07",
        "A dead letter that was brought back may stay",
        "Somebody brings it back again: delete it.",
    ),
    Misconception(
        "replay-loses",
        "07",
        "Delete the dead letter, then add the entry",
        "A crash in between loses it: add first.",
    ),
    Misconception(
        "replay-is-handled",
        "07",
        "What was brought back is done",
        "It is a new entry: deliver it, handle it, acknowledge it.",
    ),
    Misconception(
        "repeat-is-known",
        "08",
        "The server knows a repeat",
        "Each XADD makes a new ID: it needs a producer's ID and a number.",
    ),
    Misconception(
        "equal-is-repeat",
        "08",
        "Equal values are a repeat",
        "They may be two orders: a repeat has the same number.",
    ),
    Misconception(
        "remember-in-python",
        "08",
        "A program can tell its repeats by itself",
        "It forgets them when it ends: the server keeps the number, in one step with the entry.",
    ),
    Misconception(
        "sequence-counts-calls",
        "08",
        "Sequence numbers count calls",
        "They count entries; a repeat has its first number.",
    ),
    Misconception(
        "key-per-call",
        "08",
        "Each call is a producer",
        "A producer keeps one key, or its numbers begin again.",
    ),
    Misconception(
        "delete-duplicates",
        "08",
        "Duplicates can be deleted afterwards",
        "A consumer may have read them: keep them out.",
    ),
    Misconception(
        "idmp-exactly-once",
        "08",
        "Stored once, by IDMP or a sequence number, means handled once",
        "It keeps one producer's repeats out for a while; delivery and handling can still "
        "happen twice.",
    ),
    Misconception(
        "effect-is-enough",
        "08",
        "After the effect the ack can wait",
        "Until then, a delivery repeats the effect.",
    ),
    Misconception(
        "script-once",
        "08",
        "What a script does happens once",
        "It happens at each call: let it look whether the entry is still pending.",
    ),
    Misconception(
        "lua-is-python",
        "08",
        "Lua is written as Python is",
        "`if … then … end`, `nil`, `local`: a script that does not compile does nothing.",
    ),
    Misconception(
        "another-name",
        "08",
        "A key or field may have any name",
        "Whoever adds and whoever reads must use the same one.",
    ),
    Misconception(
        "trim-pending",
        "09",
        "Trimming spares what is pending",
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
        "A group needs what it has pending",
        "It needs all after its last delivered ID, too, and that may be lower.",
    ),
    Misconception(
        "first-group",
        "09",
        "A stream belongs to one group",
        "All of its groups read it: ask each one what it still needs.",
    ),
    Misconception(
        "maxlen-exact",
        "09",
        "MAXLEN is exact",
        "redis-py asks for about that many by default, and the server trims whole nodes.",
    ),
    Misconception(
        "count-is-age",
        "09",
        "So many entries are so many hours",
        "Producers pause and hurry: MINID trims by age, MAXLEN by number.",
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
        "The lag shows what was lost",
        "It never says what is gone; servers differ in what it counts, and on Redis 7.0 it "
        "may stay wrong.",
    ),
    Misconception(
        "trimmed-is-lost",
        "09",
        "What was trimmed was lost",
        "Only what a group had not acknowledged; the rest was done.",
    ),
    Misconception(
        "waiting-is-lost",
        "09",
        "What a group was not given is lost",
        "What is still in the stream will be given to it.",
    ),
    Misconception(
        "forgotten-group",
        "09",
        "A group that nobody reads costs nothing",
        "It needs all that it was never given, so nothing can be trimmed: destroy it.",
    ),
    Misconception(
        "round-trip",
        "10",
        "A slow loop needs a faster server",
        "It waits for answers: send many commands at once.",
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
        "What is in a pipeline is on its way",
        "It is sent by execute(), all at once.",
    ),
    Misconception(
        "ack-once",
        "10",
        "XACK of the last entry covers those before it",
        "It takes off the list what it is given.",
    ),
    Misconception(
        "noack",
        "10",
        "NOACK is acknowledging for free",
        "Nothing is pending then, so a crash loses whatever was read and not handled.",
    ),
    Misconception(
        "ack-each",
        "10",
        "Fast reading makes a fast consumer",
        "An XACK for each entry costs as much as a read for each.",
    ),
    Misconception(
        "one-stream",
        "11",
        "A group keeps the order",
        "It delivers in order; several consumers of one stream handle its entries in any order.",
    ),
    Misconception(
        "round-robin",
        "11",
        "The best partition is the next one",
        "Entries that must stay in order need the same partition: their key chooses it.",
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
        "A late SET undoes a newer one; only an effect that gives the same in any order is safe.",
    ),
    Misconception(
        "look-then-act",
        "11",
        "A worker that looks at its lease before each effect is safe",
        "It may freeze between the look and the effect: both must be one step on the server.",
    ),
    Misconception(
        "one-finish",
        "11",
        "An entry is finished once for each effect",
        "Finishing acknowledges it, so what comes after that is refused, or lost in a crash.",
    ),
    Misconception(
        "green-is-well",
        "12",
        "Lag 0 and nothing pending mean that all is well",
        "They say the same of a producer that stopped, of a group that begins at the end, and of "
        "entries that all went to the dead-letter stream.",
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
        "A growing lag means that the consumers are too slow",
        "If the last delivered ID stands still, too, nobody reads at all.",
    ),
    Misconception(
        "poison-is-dead",
        "12",
        "An entry that stays pending has a dead consumer",
        "If its deliveries grow, it is delivered again and again: it is poison.",
    ),
    Misconception(
        "backlog-is-there",
        "12",
        "What the lag counts can still be read",
        "It also counts entries that were trimmed before the group was given them.",
    ),
    Misconception(
        "none-is-zero",
        "12",
        "A figure that is missing is 0",
        "None means that the server can't tell, or that there is no group: a missing figure needs "
        "an alarm of its own.",
    ),
    Misconception(
        "always-rings",
        "12",
        "An alarm that rings too often is on the safe side",
        "Nobody gets up for it a third time: a rule stays silent while all is well, and says what "
        "is wrong when it rings.",
    ),
    Misconception(
        "r-is-everywhere",
        "12",
        "r leads to whatever stream is meant",
        "A client talks to one server: a stream on another one needs that server's client.",
    ),
    Misconception(
        "found-is-mended",
        "12",
        "What is found is as good as mended",
        "Look again afterward: only two more looks tell whether a repair worked.",
    ),
    Misconception(
        "ack-repairs",
        "12",
        "An incident is over when nothing is pending any longer",
        "XACK, XDEL and DELCONSUMER make the figures green, and what nobody handled is lost.",
    ),
    Misconception(
        "rewind-repairs",
        "12",
        "Moving a group back repairs whatever was missed",
        "XGROUP SETID delivers everything after that ID again, what was handled included.",
    ),
    Misconception(
        "id-is-proof",
        "13",
        "An entry ID proves that the entry is safe",
        "It proves that the master has it; replicas get it later, and a failover may lose it.",
    ),
    Misconception(
        "wait-anywhere",
        "13",
        "WAIT asks about the server",
        "It asks about the writes of its own connection; on one that wrote nothing it says yes at "
        "once.",
    ),
    Misconception(
        "wait-first",
        "13",
        "WAIT announces what must be confirmed",
        "It asks about writes that were sent before it.",
    ),
    Misconception(
        "wait-in-multi",
        "13",
        "WAIT works in a transaction or a script",
        "It can't wait there, and answers at once or is refused.",
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
        "WAIT finds out by itself how many replicas to wait for",
        "Its first argument says how many; it returns as soon as so many have answered.",
    ),
    Misconception(
        "reply-lost",
        "13",
        "A function returns what its last line gives",
        "It returns what `return` says, else None.",
    ),
    Misconception(
        "zero-is-refused",
        "13",
        "A WAIT of 0 means that the write failed",
        "The master has it, and a replica may get it: number it, and send it again.",
    ),
    Misconception(
        "zero-is-stored",
        "13",
        "A WAIT of 0 means that the write is only late",
        "If the master dies first, it is lost: number it, and send it again.",
    ),
    Misconception(
        "value-is-identity",
        "13",
        "An equal value is the same entry",
        "Two customers may order the same; an entry is identified by its ID.",
    ),
    Misconception(
        "length-shows-loss",
        "13",
        "The length of a stream shows what is lost",
        "New entries hide it; look for each entry ID that was acknowledged.",
    ),
    Misconception(
        "last-id-decides",
        "13",
        "What is older than the last entry is there",
        "A new master goes on with new IDs above those that it never had.",
    ),
    Misconception(
        "mailed-is-lost",
        "13",
        "What was handled must have been stored",
        "A consumer reads from the master, and may handle what no replica has.",
    ),
    Misconception(
        "old-is-lost",
        "13",
        "A failover loses what was there before it",
        "It loses what the replica didn't have yet.",
    ),
    Misconception(
        "id-as-value",
        "13",
        "An entry and its ID are the same",
        "The ID names the entry; what it says is in its fields.",
    ),
    Misconception(
        "tag-is-number",
        "14",
        "Tags 0, 1, 2 lie on nodes 1, 2, 3",
        "A tag is hashed like any text, so neighboring numbers may share a node, and a node "
        "may have none.",
    ),
    Misconception(
        "tag-is-whole",
        "14",
        "Braces without a text in them are a hash tag",
        "With nothing between the braces, or without a closing one, the whole name is hashed.",
    ),
    Misconception(
        "tag-first",
        "14",
        "A hash tag has to stand at the beginning of a name",
        "It may stand anywhere; the text in the first pair of braces is what is hashed, and the "
        "rest isn't.",
    ),
    Misconception(
        "tag-spreads",
        "14",
        "Different hash tags lie on different nodes",
        "They lie in different slots, and a node has thousands of slots.",
    ),
    Misconception(
        "same-start",
        "14",
        "Names that begin alike lie together",
        "Without a hash tag the whole name is hashed, so one more character gives another slot.",
    ),
    Misconception(
        "name-is-all",
        "14",
        "A hash tag is all that a program needs in a cluster",
        "It only lets keys be used together; storing, counting and adding up are still to be done.",
    ),
    Misconception(
        "one-for-all",
        "14",
        "One counter can serve streams in several slots",
        "A script's keys must share one slot: keep a counter beside each stream, and add them up "
        "in the client.",
    ),
    Misconception(
        "effect-is-stream",
        "14",
        "An effect can change the stream's own key",
        "A key has one type: the effect needs a key of its own in the same slot.",
    ),
    Misconception(
        "tag-swapped",
        "14",
        "Any hash tag will do for the effect",
        "It must be the tag of the stream whose entry is acknowledged.",
    ),
    Misconception(
        "alive-is-dead",
        "16",
        "Whatever is in a worker's own list may be taken back",
        "A worker that is alive is at work on it, and it would be handled twice.",
    ),
    Misconception(
        "copied-is-moved",
        "16",
        "What was copied has been moved",
        "It is in both places until it is removed from the first.",
    ),
    Misconception(
        "own-list-waits",
        "16",
        "A value in a worker's own list comes back by itself",
        "Somebody has to look there and move it, all of it.",
    ),
    Misconception(
        "list-ends",
        "16",
        "It doesn't matter at which end a value is added",
        "RPUSH and LPOP make a queue: values enter on the right and leave on the left.",
    ),
    Misconception(
        "two-commands",
        "16",
        "Two commands that follow each other are one step",
        "A crash can come between them; a script or a transaction is one step.",
    ),
    Misconception(
        "pubsub-buffers",
        "16",
        "A channel keeps what was published",
        "Pub/Sub reaches those who are there, and stores nothing.",
    ),
    Misconception(
        "pubsub-shares",
        "16",
        "Subscribers share what is published",
        "Each of them gets everything; a list or a group shares.",
    ),
    Misconception(
        "safe-list",
        "16",
        "A safe list does all that a stream does",
        "It gives each value to one reader, once, and knows neither times nor deliveries.",
    ),
    Misconception(
        "more-is-safer",
        "16",
        "The mightiest tool is the safest choice",
        "What isn't needed still has to be run, trimmed and understood.",
    ),
    Misconception(
        "stream-on-disk",
        "16",
        "A stream can hold whatever comes",
        "It lives in the server's memory, whatever is saved on disk.",
    ),
    Misconception(
        "group-keeps-order",
        "16",
        "A group keeps the order of a stream",
        "It delivers in order; several consumers finish in any order.",
    ),
    Misconception(
        "keep-all",
        "16",
        "Everything that is sent should be stored",
        "Where only those who are there need it, storing costs and helps nobody.",
    ),
]
"""In the order in which they come up."""

BY_ID = {m.id: m for m in CATALOGUE}
