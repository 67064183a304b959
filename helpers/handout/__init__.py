"""What do learners get? Everything that the course ships, except solutions.

`shipped` finds it through `git` or a `listing`; `stubs` and `teachers_page` leave out the answers,
and `copy` writes the copy.

`recording` runs notebooks and stores `outputs` that are the same everywhere, with the `stages` of
their solutions; `renewal` and `measurements` write the generated pages.
"""
