"""Commands as they are sent: packed in C, after each argument was made safe for that."""

import hiredis
from redis import DataError

from helpers.connection import unsendable

SAFE = frozenset({str, bytes, float})
"""The types that hiredis packs correctly as they are; a subclass counts as another type."""


class Packer:
    """Packs commands as redis-py does, in less time, and refuses what can't be sent.

    hiredis 3.5 alone ends the process for an int that Python won't write (over 4,300 digits) and
    for a float whose repr fails. It sends the memory behind a memoryview with steps, and NumPy's
    1.5 as "np.float64(1.5)" (measured).
    """

    def pack(self, *args: object) -> list[bytes]:
        """Return a command as it is sent; raises redis.DataError for what can't be."""
        name, *rest = args
        try:
            words = name.encode().split() if isinstance(name, str) else name.split()
            if not words:
                raise ValueError(
                    "a command begins with its name, such as PING, not with empty text."
                )
            # In C; each is looked at in Python only if needed
            if not SAFE.issuperset(map(type, rest)):
                rest = [repr(arg) if type(arg) is int else arg for arg in rest]
                if not SAFE.issuperset(map(type, rest)):
                    rest = map(_safe, rest)
            if len(args) > 3 or not (said := unsendable.missing(args)):
                return [hiredis.pack_command((*words, *rest))]
        except UnicodeEncodeError as error:
            surrogate = ascii(error.object[error.start])
            said = (
                f"text with the lone surrogate {surrogate} can't be sent: UTF-8 has no bytes "
                "for it."
            )
        except ValueError as error:
            said = str(error)
        except TypeError:
            said = unsendable.explain(args)
        except AttributeError:
            said = f"a command begins with its name, such as PING, not with {type(name).__name__}."
        # Raised here, so that none of the errors above shows, and the learner's own does
        raise DataError(said)


def _safe(arg: object) -> object:
    """Return what hiredis packs correctly, or refuses with a TypeError."""
    if isinstance(arg, (bytearray, memoryview)):
        return bytes(arg)
    return float.__repr__(arg) if isinstance(arg, float) else arg
