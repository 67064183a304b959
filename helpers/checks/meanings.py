"""What errors, refusals and replies of 0 mean in a cell of this course."""

MEANINGS = {
    r"KeyError: '\d\d:": "the dictionary doesn't have this key; a reply's keys are the streams "
    "that were read and had something, so take the entries with reply.get(stream, [])",
    r"KeyError: '[a-z]+(_[a-z]+)+'": "the dictionary doesn't have this name; names in a reply to "
    "XINFO have dashes, as in 'entries-added'",
    r"KeyError": "the dictionary doesn't have this name",
    r"DataError: XREAD(GROUP)? (count|streams)": "streams and IDs belong together, in one "
    "dictionary such as {stream: '0'}; an argument after that is the count, a number above 0",
    r"IndexError": "the list, or reply, is empty or shorter than that; its first item is [0]",
    r"UnboundLocalError": "a name that a function sets is its own, so return the value, or declare "
    "it with `global`",
    r"NameError": "Python doesn't know this name, so check its spelling above, and whether you "
    "ran its cell",
    r"TypeError: .*('str' and '(int|float)'|'(int|float)' and 'str')": "one of the two is text, "
    "like most of what the server returns: turn it into a number with int() or float()",
    r"TypeError: can only concatenate str": "text can only be added to text, which str() returns",
    r"TypeError: string indices": "that is text, which has no fields: perhaps a value, or the name "
    "of a stream in a reply",
    r"TypeError: list indices": "that is a list: an entry is an (ID, fields) pair, and XINFO "
    "returns dictionaries, so take one item by its position, or each with `for`",
    r"TypeError: tuple indices": "that is a tuple: take a part of it by its position, or by its "
    "name after a dot; an entry's values are in its fields",
    r"TypeError: '\w+' object is not callable": "only a function can be called, and that isn't "
    "one; where one is expected, give its name without parentheses, or a lambda",
    r"(Type|Attribute)Error: .*'NoneType'": "something there is None: a value that was never "
    "set, part of a reply where there is nothing, or what append() and sort() return",
    r"TypeError: catching classes": "`except` takes a class, such as ResponseError; test the "
    "error's text in the lines below it",
    r"TypeError: connect\(\) got an unexpected": "a client's time-out is `timeout`, in seconds; "
    "`block` is an argument of a read",
    r"TypeError: .*(unexpected keyword|missing \d+ required|positional arguments? but)": "compare "
    "the arguments with those in the lesson",
    r"TypeError: '(int|float)' object is not iterable": "that is one number, where several "
    "belong, as in a list",
    r"TypeError: (int|float)\(\) argument must be": "that converts one text at a time, and no "
    "list, dictionary or reply",
    r"ValueError: (max|min)\(\) .*empty": "there was nothing to choose from: the reply or list "
    "was empty, or a generator or map() had already yielded its items",
    r"TypeError: a bytes-like object": "that takes bytes, which a text's .encode() returns",
    r"TypeError: unhashable": "a list or a dictionary can't be in a set, or be a key; in a call, "
    "perhaps two arguments are in the wrong order",
    r"TypeError: '(builtin_function_or_)?(method|function)' object": "that is the function itself: "
    "call it, with parentheses",
    r"ValueError: (invalid literal|could not convert)": "this text isn't a number",
    r"ValueError: count must be": "that helper takes something else there: compare its name and "
    "its arguments with the lesson's",
    r"ValueError: not enough values .*got 0": "there was nothing to take apart: the reply, or the "
    "list, was empty",
    r"ValueError: (not enough|too many) values": "there are fewer or more parts than names: a loop "
    "over a reply to XREAD or XREADGROUP yields streams; one over reply[stream], or over what "
    "XRANGE and XCLAIM return, yields (ID, fields) pairs",
    r"TypeError: .*got multiple values": "another argument is already in its place: compare "
    "the arguments with those in the lesson",
    r"WatchError": "a watched key changed before execute(), so the transaction did nothing; after "
    "watch(), commands are sent at once until multi()",
    r"TimeoutError: Waited": "picture() shows what is still waiting or pending, and for whom",
    r"AttributeError: '(dict|list|tuple|str)' object": "that type has no such "
    "name: a dictionary has get() and keys in brackets, a list append(), a text split()",
    r"AttributeError: '(function|method)' object": "that is a function itself, so call it, or pass "
    "what the task asks for",
    r"AttributeError: '": "dir(…) lists the names that it has",
    r"SyntaxError: .*instead of '='": "Python couldn't read the cell, so it ran none of it; each "
    "assignment has its own line",
    r"(Syntax|Indentation|Tab)Error": "Python couldn't read the cell, so it ran none of it",
    r"ConnectionError: .*(refused|No such file)": "no server is running there now, because it "
    "was stopped or killed, so connect to one that runs",
    r"TimeoutError: Timeout reading": "the client gave up before the reply arrived; a BLOCK must "
    "end before the client's time-out does, and BLOCK 0 never ends",
}
"""What errors of Python and redis-py mean in a cell of this course, by a pattern of their text;
ambiguous ones aren't listed."""

REFUSALS = {
    "BUSYGROUP": "nothing changed, and the group keeps its bookmark",
    "NOGROUP": "there is no such stream or group: check both names, or create the group first",
    "WRONGTYPE": "the key's type isn't the one that the command works on, so check the command, "
    "which key it gets, and the order if it takes several",
    "SEQGAP": "the number doesn't follow the last one: something before it is missing",
    "attempt to compare": "something there isn't a number: check that each argument is given, in "
    "the right order",
    "NOSCRIPT": "the server doesn't have the script",
    "No matching script": "EVALSHA takes the SHA1 of a script that the server knows; EVAL takes a "
    "script's text",
    "The > ID can be specified only": "`>` is for groups; XREAD takes an ID, and returns what "
    "comes after it, such as 0 or $",
    "Invalid stream ID": "that isn't an entry ID such as 1700000000000-0, the first part of each "
    "pair in a reply: its parts are whole numbers, and each short one (0, $, >) fits only some "
    "commands",
    "for 'xadd' command": "after the key, XADD takes an ID, `*` for a new one, and then fields and "
    "values in pairs",
    "wrong number of arguments": "an argument is missing, or there is one too many",
    "Wrong number of args": "a command got too few arguments, or too many: look at your call, and "
    "at each redis.call in the script",
    "must be strings or integers script": "an argument in the script is nil, false or a table: "
    "check that KEYS and ARGV have every item, and that no reply is false, such as LPOP's for an "
    "empty list",
    "command called from script": "the script calls a command that the server doesn't have, so "
    "check its spelling; what the script did before stays done",
    "unknown command": "this server has no such command",
    "requires the key to exist": "no stream has the name that you gave first: XGROUP takes the "
    "stream, then the group",
    "not an integer": "a whole number belongs where you sent something else: check the order of "
    "the arguments",
    "not a valid float": "a number belongs where you sent something else: check the order of the "
    "arguments, or in a dictionary of members and scores which is which",
    "compiling script": "the script isn't valid Lua, so none of it ran; texts in it, such as '*', "
    "need quotes",
    "nonexistent global": "a script doesn't know Python's names: keys are in KEYS, other values in "
    "ARGV, and a command is called with redis.call",
    "readonly table": "in a script, write `local` before the first use of a variable",
    "greater than 0-0": "leave the ID out, and the server chooses one",
    "equal or smaller": "an entry's ID must be greater than the last one's",
    "read only replica": "only a master takes writes, so send this to the master",
    "syntax error": "the arguments are in the wrong order, or one doesn't belong there",
}
"""What a server's refusals mean, by a part of their text."""

MEANINGS_OF_NOTHING = {
    "XREADGROUP": "an ID instead of `>` asks for the consumer's own pending entries, and it has "
    "none",
    "XACK": "none of these IDs is pending in this group (XACK takes the stream, the group, then "
    "IDs)",
    "XDEL": "the stream has no entry with such an ID",
    "XTRIM": "nothing had to be removed",
    "XCLAIM": "only an entry that was delivered, is still pending, and has been idle for that many "
    "milliseconds can be claimed: check the IDs and the time",
    "XAUTOCLAIM": "after its start ID, no pending entry has been idle for that many "
    "milliseconds: check the ID and the time",
    "DEL": "there was no such key",
    "XGROUP DESTROY": "there was no such group",
}
"""What it means that a command did nothing."""
