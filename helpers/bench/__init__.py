"""The parts of `python3 -m helpers bench`: ways to use a stream, the rounds that time them, and the
report."""
