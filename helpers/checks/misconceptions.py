"""The catalogue of wrong ideas about streams: each has a name, a sentence that puts it right, and the lesson in which it comes up."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Misconception:
    """One wrong idea: `name` says it as those do who have it, `truth` puts it right in one sentence."""

    id: str
    lesson: str
    name: str
    truth: str


CATALOGUE = [
    Misconception("xread-dollar", "01", "XREAD with $ goes on where the last call ended",
                  "$ is the last entry at the moment of each call, so whatever comes between two calls is missed."),
    Misconception("block-0", "01", "BLOCK 0 waits for ever",
                  "Only the server does: the client gives up after its own socket time-out."),
    Misconception("block-socket", "01", "BLOCK and the socket time-out have nothing to do with each other",
                  "The socket time-out must be longer than BLOCK; equal is already too short."),
    Misconception("units", "01", "BLOCK and time-outs are in the same unit",
                  "BLOCK is in milliseconds, the client's time-out in seconds."),
    Misconception("dollar-hides", "02", "A group created at $ gets what was produced before",
                  "$ is the last entry at that moment, and the group begins after it; 0 is before them all."),
    Misconception("busygroup-destroy", "02", "BUSYGROUP is mended by making the group anew",
                  "It says that the group is there; to destroy it loses the account of what is pending."),
    Misconception("busygroup-stops", "02", "BUSYGROUP is a failure",
                  "It says that the group exists; a program that only wants it to be there goes on."),
    Misconception("zero-everything", "02", "0 means \"nothing yet\"",
                  "0 is before the first entry, so the group gets the whole stream."),
    Misconception("group-is-consumer", "02", "Two programs that each need all entries are two consumers",
                  "Consumers of one group share its entries; each group gets them all."),
    Misconception("lag-number", "02", "The lag is always a number",
                  "It is None where the server never counted what lies before the group's position."),
    Misconception("one-xadd", "03", "One XADD adds an entry for each field",
                  "One XADD is one entry, however many fields it has."),
    Misconception("keeps-type", "03", "A field keeps its Python type",
                  "Redis stores bytes: a number comes back as text."),
    Misconception("none-is-value", "03", "None can be stored as a value",
                  "Redis has no such thing: leave the field out, or agree on a text for it."),
    Misconception("take-turns", "04", "The consumers of a group take turns",
                  "Whoever asks first gets as many entries as it asks for; neither turns nor an order across consumers are promised."),
    Misconception("zero-from-start", "04", "XREADGROUP with 0 reads from the start of the stream",
                  "An ID instead of > asks for the consumer's own pending entries after it."),
    Misconception("reply-shape", "04", "XREADGROUP returns the entries",
                  "It returns for each stream a list of pairs, ID and fields."),
    Misconception("ack-deletes", "04", "XACK deletes entries, or deleting acknowledges them",
                  "XACK changes the pending entries list alone, XDEL the stream alone."),
    Misconception("ack-zero", "04", "XACK without an error has acknowledged",
                  "Its answer counts what it took off the list: 0 means a wrong ID, a wrong group, or done before."),
    Misconception("lag-0-done", "04", "Lag 0 means done",
                  "Lag 0 says that all is delivered; done needs pending 0 as well."),
    Misconception("restart-resumes", "04", "A restarted consumer gets its unfinished entries with >",
                  "> gives only what nobody was given; its own pending entries come with an ID such as 0."),
    Misconception("ack-first", "04", "Acknowledge, then work",
                  "A crash in between loses the entry; work first, and a crash only repeats it."),
    Misconception("zero-loop", "06", "Reading 0 in a loop is a way to wait",
                  "Each such read delivers the same entries once more and sets their idle time back."),
    Misconception("one-autoclaim", "06", "One XAUTOCLAIM sweeps everything",
                  "It looks at 100 entries and returns a cursor: go on from there until it is 0-0."),
    Misconception("min-idle", "06", "A small min-idle time makes recovery faster",
                  "It takes entries from consumers that are still at work; it must exceed the longest handler."),
    Misconception("delconsumer-frees", "06", "XGROUP DELCONSUMER gives its entries to others",
                  "They are dropped from the pending entries list, and nobody gets them again: claim them first."),
    Misconception("same-name", "06", "Two workers may use one consumer name",
                  "They share one account: after a restart each takes up what the other is still doing."),
    Misconception("nogroup-never", "05", "A group that was created stays",
                  "It goes with its stream (DEL, expiry, eviction), and the next read raises NOGROUP."),
    Misconception("idmp-exactly-once", "08", "IDMP means exactly once",
                  "It keeps one producer's repeats out for a while; delivery and handling can still happen twice."),
    Misconception("trim-pending", "09", "Trimming spares what is pending",
                  "It looks at the stream alone: pending entries lose their fields."),
    Misconception("maxlen-exact", "09", "MAXLEN is exact",
                  "redis-py asks for about that many by default, and the server trims whole blocks."),
    Misconception("expiry-per-entry", "09", "EXPIRE removes old entries",
                  "It removes the whole key, groups included; MINID trims by age."),
    Misconception("lag-sees-loss", "09", "The lag shows what was lost",
                  "It says how much was added after the group's position, or after the first entry left, and never what is gone."),
    Misconception("trimmed-is-lost", "09", "What was trimmed was lost",
                  "Only what a group had not acknowledged; the rest was done."),
    Misconception("forgotten-group", "09", "A group that nobody reads costs nothing",
                  "It needs all that it was never given, so nothing can be trimmed: destroy it."),
]
"""In the order in which they come up."""

BY_ID = {m.id: m for m in CATALOGUE}
