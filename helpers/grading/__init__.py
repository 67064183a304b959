"""How are hand-ins marked? Each is read, run in a sandbox, and judged by what its server saw.

Reading: `hand_ins` finds them among the `files`, also in `archives`. `owners` tells whose a file
is, `roster` who is in the class, `notebooks` what a file contains, `lessons` which lesson that is,
and `cells` which exercises. Running: `sandbox` makes the walls, and `container` a place for them on
other systems; `kernel` and `server` start processes within them, `inside` takes the grader's orders
there, and `witness` notes the traffic. Marking: `marking` marks one, and `queue` many. Keeping:
`table`, and `unfinished` for the next run.
"""
