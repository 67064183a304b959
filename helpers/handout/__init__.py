"""What do learners get? What the course ships, without solutions.

`shipped` knows what that is, by `git` or by a `listing`; `stubs` and `teachers_page` leave out the
answers, and `copy` writes the copy. `stages` and `outputs` are for what `record` writes: solutions
with the stages of their stubs, and outputs that are the same everywhere.
"""
