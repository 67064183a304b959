"""What do learners get? What the course ships, without solutions.

`shipped` knows what that is, by `git` or by a `listing`; `stubs` and `teachers_page` leave out the
answers, and `copy` writes the copy.

`recording` runs notebooks and stores `outputs` that are the same everywhere, with the `stages` of
their solutions; `renewal` and `measurements` write the pages that are made from the rest.
"""
