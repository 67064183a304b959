"""How are hand-ins marked? Each is read, run, and judged by what it did to its server.

Reading: `hand_ins` finds them among the `files`; `owners` knows whose a file is, `notebooks` what
is in it, `lessons` which lesson that is, and `cells` which exercises. Running: `kernel`. Marking:
`marking` marks one, and `queue` many. Keeping: `table`, and `unfinished` for the next run.
"""
