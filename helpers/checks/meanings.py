"""What errors, refusals and replies of 0 mean in a cell of this course."""

MEANINGS = {
    r"KeyError: '\d\d:": "the dictionary doesn't have this key: a reply holds only streams that "
    "had something to read, so get the entries with reply.get(stream, [])",
    r"KeyError: '[a-z]+(_[a-z]+)+'": "the dictionary doesn't have this key; the keys of a reply to "
    "XINFO have dashes, as in 'entries-added'",
    r"KeyError": "the dictionary doesn't have this name",
    r"DataError: XREAD(GROUP)? (count|streams)": "put streams and IDs together in one dictionary, "
    "such as {stream: '0'}; the argument after it is the count, a number above 0",
    r"IndexError": "the list or reply is empty, or too short for this index; its first item is [0]",
    r"UnboundLocalError": "a name that a function sets belongs to that function alone, so return "
    "the value, or declare the name `global`",
    r"NameError": "Python doesn't know this name, so check its spelling above, and whether you ran "
    "its cell",
    r"TypeError: .*('str' and '(int|float)'|'(int|float)' and 'str')": "one of the two is text, "
    "like most of what the server returns: convert it to a number with int() or float()",
    r"TypeError: can only concatenate str": "you can add text only to text: convert one of the "
    "two, with str() or int()",
    r"TypeError: string indices": "this is text, which has no fields: perhaps it's a value, or the "
    "name of a stream in a reply",
    r"TypeError: list indices": "this is a list, so take one item by its position, or loop over it "
    "with `for`; an item may be an (ID, fields) pair, or a dictionary in a reply to XINFO",
    r"TypeError: tuple indices": "this is a tuple: take a part of it by its position, or by its "
    "name after a dot; an entry's values are in its fields",
    r"TypeError: '\w+' object is not callable": "only a function can be called, and this isn't "
    "one; where a function is expected, pass its name without parentheses, or a lambda",
    r"(Type|Attribute)Error: .*'NoneType'": "one of the values is None: perhaps it was never set, "
    "the reply has nothing there, or append() or sort() returned it",
    r"TypeError: catching classes": "`except` takes a class, such as ResponseError; test the "
    "error's text in the lines below it",
    r"TypeError: connect\(\) got an unexpected": "a client's time-out is `timeout`, in seconds; "
    "`block` is an argument of a read",
    r"TypeError: .*(unexpected keyword|missing \d+ required|positional arguments? but)": "compare "
    "the arguments with those in the lesson",
    r"TypeError: '(int|float)' object is not iterable": "this is a single number where Python "
    "needs several values, as in a list",
    r"TypeError: (int|float)\(\) argument must be": "int() and float() convert a single text, not "
    "a list, a dictionary or a whole reply",
    r"ValueError: (max|min)\(\) .*empty": "there was nothing to choose from: the reply or list was "
    "empty, or a generator or map() had already yielded its items",
    r"TypeError: a bytes-like object": "this needs bytes: convert the text with its .encode()",
    r"TypeError: unhashable": "a list or a dictionary can't be a key, or an item of a set; in a "
    "call, perhaps two arguments are in the wrong order",
    r"TypeError: '(builtin_function_or_)?(method|function)' object": "that is the function itself: "
    "call it, with parentheses",
    r"ValueError: (invalid literal|could not convert)": "this text isn't a number",
    r"ValueError: count must be": "this helper expects something different there: compare its name "
    "and its arguments with those in the lesson",
    r"ValueError: not enough values .*got 0": "there was nothing to unpack: the reply or the list "
    "was empty",
    r"ValueError: (not enough|too many) values": "there are more or fewer parts than names: a loop "
    "over a reply to XREAD or XREADGROUP yields streams; a loop over reply[stream], or what XRANGE "
    "or XCLAIM returns, yields (ID, fields) pairs",
    r"TypeError: .*got multiple values": "another argument is already in its place: compare the "
    "arguments with those in the lesson",
    r"WatchError": "a watched key changed before execute(), so the transaction did nothing; after "
    "watch(), commands are sent at once until multi()",
    r"TimeoutError: Waited": "picture() shows what is still waiting or pending, and for whom",
    r"AttributeError: '(dict|list|tuple|str)' object": "this type has no such attribute: a "
    "dictionary has get() and keys in brackets, a list has append(), and a text has split()",
    r"AttributeError: '(function|method)' object": "this is the function itself, so call it, or "
    "pass what the task asks for",
    r"AttributeError: '": "dir(…) lists the names that this object has",
    r"SyntaxError: .*instead of '='": "Python couldn't read the cell, so it ran none of it; put "
    "each assignment on a line of its own",
    r"(Syntax|Indentation|Tab)Error": "Python couldn't read the cell, so it ran none of it",
    r"ConnectionError: .*(refused|No such file)": "no server is running there now, because it was "
    "stopped or killed, so connect to one that is running",
    r"TimeoutError: Timeout reading": "the client gave up before the reply arrived; a BLOCK must "
    "end before the client's time-out does, and BLOCK 0 never ends",
}
"""What errors of Python and redis-py mean in a cell of this course, by a pattern of their text;
ambiguous ones aren't listed."""

REFUSALS = {
    "BUSYGROUP": "nothing changed, and the existing group keeps its bookmark",
    "NOGROUP": "there is no such stream or group: check both names, or create the group first",
    "WRONGTYPE": "the command doesn't work on a key of this type, so check the command and its "
    "key, and, if it takes several keys, their order",
    "SEQGAP": "the number doesn't follow the last one: something before it is missing",
    "attempt to compare": "the script compares something that isn't a number: check that you pass "
    "every argument, in the right order",
    "NOSCRIPT": "the server doesn't have the script",
    "No matching script": "EVALSHA takes the SHA1 of a script that the server knows; EVAL takes a "
    "script's text",
    "The > ID can be specified only": "`>` is only for groups; XREAD takes an ID, such as 0 or $, "
    "and returns what comes after it",
    "Invalid stream ID": "this isn't an entry ID. An ID has two whole numbers, as in "
    "1700000000000-0, and comes first in each pair of a reply; the short IDs (0, $, >) work only "
    "in some commands",
    "for 'xadd' command": "after the key, XADD takes an ID, `*` for a new one, and then fields and "
    "values in pairs",
    "wrong number of arguments": "an argument is missing, or there is one too many",
    "Wrong number of args": "a command got too few arguments, or too many: look at your call, and "
    "at each redis.call in the script",
    "must be strings or integers script": "an argument in the script is nil, false or a table: "
    "check that KEYS and ARGV have every item, and that no reply is false, as LPOP's is for an "
    "empty list",
    "command called from script": "the script calls a command that the server doesn't have, so "
    "check its spelling; what the script did before stays done",
    "unknown command": "this server has no such command",
    "requires the key to exist": "there's no stream with the name that you gave first: XGROUP "
    "takes the stream, and then the group",
    "not an integer": "the command needs a whole number where you sent something else: check the "
    "order of the arguments",
    "not a valid float": "the command needs a number where you sent something else: check the "
    "order of the arguments or, in a dictionary of members and scores, which is which",
    "compiling script": "the script isn't valid Lua, so none of it ran; texts in it, such as '*', "
    "need quotes",
    "nonexistent global": "a script doesn't know Python's names: keys are in KEYS, other values in "
    "ARGV, and a command is called with redis.call",
    "readonly table": "in a script, write `local` before the first use of a variable",
    "greater than 0-0": "leave the ID out, and the server chooses one",
    "equal or smaller": "an entry's ID must be greater than the last one's",
    "read only replica": "only a master accepts writes, so send this to the master",
    "syntax error": "the arguments are in the wrong order, or one doesn't belong there",
}
"""What a server's refusals mean, by a part of their text."""

MEANINGS_OF_NOTHING = {
    "XREADGROUP": "an ID instead of `>` asks for the consumer's own pending entries, and this "
    "consumer has none",
    "XACK": "none of these IDs is pending in this group (XACK takes the stream, the group, then "
    "IDs)",
    "XDEL": "the stream has no entry with that ID",
    "XTRIM": "there was nothing to remove",
    "XCLAIM": "you can claim only an entry that is pending, and has been idle for that many "
    "milliseconds: check the IDs and the time",
    "XAUTOCLAIM": "after its start ID, no pending entry has been idle for that many milliseconds: "
    "check the ID and the time",
    "DEL": "there was no such key",
    "XGROUP DESTROY": "there was no such group",
}
"""What it means that a command did nothing."""
