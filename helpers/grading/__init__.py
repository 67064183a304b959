"""How hand-ins are marked: `hand_ins` finds them, `marking` runs one in a `kernel` and looks at its server, `table` keeps the marks.

`owners` knows whose a file is, `notebooks` reads it, `lessons` recognizes which lesson it is, and `unfinished` lets an
interrupted run go on.
"""
