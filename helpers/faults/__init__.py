"""Faults on purpose, aimed only at what a lesson started itself.

A server to kill or freeze is helpers.servers.own.OwnServer.
"""

from helpers.faults.crashes import crash, freeze
from helpers.faults.process import Process
from helpers.faults.proxy import DroppingProxy

__all__ = ["DroppingProxy", "Process", "crash", "freeze"]
