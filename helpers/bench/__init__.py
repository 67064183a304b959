"""The parts of `python3 -m helpers bench`: the ways to use a stream, their rounds, and what is said
of them."""
