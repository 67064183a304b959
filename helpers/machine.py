"""Name the machine that was measured: without it, absolute figures mean nothing, and ratios
little."""

import datetime
import os
import platform


def measured() -> dict[str, str]:
    """Return today's date, and this machine in a few words."""
    python, system = platform.python_version(), f"{platform.system()} {platform.machine()}"
    machine = f"Python {python}, {os.cpu_count()} cores, {system}"
    return {"date": datetime.date.today().isoformat(), "machine": machine}
