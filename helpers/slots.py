"""Slots: which keys a cluster lets one script use together."""

from redis.crc import key_slot


def one_slot(r: object, *keys: str) -> bool:
    """Tell whether one script may use all these keys: in a cluster only if they share a slot."""
    return not hasattr(r, "nodes_manager") or len({key_slot(key.encode()) for key in keys}) == 1


def check_slot(r: object, *keys: str) -> None:
    """Raise ValueError unless one script may use all these keys."""
    if not one_slot(r, *keys):
        slots = ", ".join(f"{key!r} in {key_slot(key.encode())}" for key in keys)
        raise ValueError(
            f"in a cluster these keys must share a slot, but they are apart: {slots}. Give all of "
            "them the same hash tag, as in '{orders}' and '{orders}:dead'."
        )
