"""What start_guard runs: python -I -S helpers/servers/guard shared|own FD DIRECTORY BINARY ...

`shared`: leases arrive at the listening socket FD, and a server that dies is started again, empty.
`own`: FD is the only lease; its holder decides when the server dies and when it starts again.
"""

import os
import signal
import sys
from pathlib import Path


def main() -> None:
    """Look after a server until nobody needs it, or until SIGTERM."""
    if os.fork():
        # Nobody's child: the guard leaves no zombie, and is spared when a tree of processes is
        # killed.
        os._exit(0)
    sys.path[0] = str(Path(__file__).resolve().parents[3])
    from helpers.servers.guard.supervisor import Supervisor

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keeper = Supervisor(*sys.argv[1:])
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        keeper.run()
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        keeper.close()


if __name__ == "__main__":
    main()
