"""Connect to a server: which one, with which time-outs, and clear words when it doesn't work.

client     connect() and what it promises      addresses  choose the address, refuse a wrong one
features   what this server can do             refusals   why a server refused us, in one sentence
"""

from helpers.connection.client import CannotConnect, connect, describe
from helpers.connection.features import can

__all__ = ["CannotConnect", "can", "connect", "describe"]
