"""Why a server refused us, in one sentence that says what to do and holds no secret."""

import redis


def sentence(error: Exception, where: str, url: str) -> str:
    """Say in one sentence what is wrong and what to do; of the server's own text only what holds no secret is used."""
    text = str(error)
    for sign, sentence in (
        ("NOPERM", f"{where} doesn't let this user run PING and INFO: ask whoever runs the server."),
        ("WRONGPASS", _password_sentence(where, url)), ("invalid username-password", _password_sentence(where, url)),
        ("called without any password configured", f"{where} has no password for this user: leave user and password out of the URL."),
        ("must be called with the client already authenticated", f"{where} wants a password: redis://:password@host:port."),
        ("Authentication required", f"{where} wants a password: redis://:password@host:port."),
        ("DB index", f"{where} has no database of that number: use /0."),
        ("loading the dataset", f"{where} is still loading its data: try again in a moment."),
        ("protected mode", f"{where} is in protected mode and refuses other machines: give it a password."),
        ("max number of clients", f"{where} has no connection left for us: close some clients."),
        ("CERTIFICATE_VERIFY_FAILED", f"the certificate of {where} isn't trusted: name its authority, ?ssl_ca_certs=/path/to/ca.pem."),
        ("Invalid SSL", "ssl_cert_reqs must be none, optional or required."),
        ("SSL", f"{where} doesn't speak TLS as expected: try redis:// instead of rediss://."),
        ("reset by peer", f"{where} hung up at once: if it speaks TLS, try rediss://."),
        ("Connection closed by server", f"{where} hung up at once: it may not be Redis, or want TLS (rediss://)."),
        ("unknown command", f"{where} is too old or not Redis: the course needs Redis 7.0 or newer."),
        ("reply type byte", f"something listens at {where}, but it doesn't speak Redis: check the port."),
    ):
        if sign in text:
            return sentence
    if isinstance(error, (redis.TimeoutError, TimeoutError)) and url.startswith("rediss:"):
        return f"{where} doesn't answer over TLS: if it has no TLS, use redis://."
    if isinstance(error, (redis.TimeoutError, TimeoutError)):
        return f"{where} doesn't answer as Redis does: check the host and the port."
    if isinstance(error, (redis.InvalidResponse,)):
        return f"something listens at {where}, but it doesn't speak Redis: check the port."
    if any(sign in text for sign in ("Error -2", "Error -3", "Error -5", "Error 8 ", "not known")):
        return f"no host of that name is known ({where}): check the spelling."
    if any(sign in text for sign in ("refused", "Error 2 ", "Error 61 ", "Error 111 ")):
        return f"nothing listens at {where}: start the server there, or unset the address to use the embedded server."
    return f"nothing can be reached at {where}: start the server there, or unset the address to use the embedded server."


def _password_sentence(where: str, url: str) -> str:
    userinfo = url.partition("://")[2].partition("@")[0]
    if url.startswith("unix:") or ":" in userinfo:
        return f"{where} refused the user name or the password."
    return f"{where} took the text before @ for a user name: for a password alone write redis://:password@host."
