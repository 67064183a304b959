"""Helpers of the Redis Streams course: machinery that is not the lesson.

This file imports nothing, so that `python3 -m helpers` runs before anything is installed.
"""
