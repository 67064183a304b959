"""Connect to a server: which one, with which time-outs, and with clear errors when it doesn't work.

client     connect() and what it promises      addresses  choose the address, refuse a wrong one
features   what this server can do             refusals   why a server refused us, in one sentence
evidence   what a learner did since a stage was set, and how it ended; `noting` has the client that
           notes it, `book` keeps it, `sent` is a command, `cells` has a cell
"""

from helpers.connection.client import TIMEOUT, CannotConnect, connect, describe, find
from helpers.connection.features import can

__all__ = ["TIMEOUT", "CannotConnect", "can", "connect", "describe", "find"]
