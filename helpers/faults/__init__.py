"""Faults on purpose, aimed only at things that a lesson started itself: a process to kill, a proxy
that loses replies, and a pair of servers with a line to hold or cut between them.

A server to kill or freeze is helpers.servers.own.OwnServer.
"""

from helpers.faults.crashes import crash, freeze
from helpers.faults.line import Line
from helpers.faults.pair import Pair
from helpers.faults.process import Process
from helpers.faults.program import Program
from helpers.faults.proxy import DroppingProxy

__all__ = ["DroppingProxy", "Line", "Pair", "Process", "Program", "crash", "freeze"]
