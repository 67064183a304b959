"""How a check writes values, and what is wrong with them, in a learner's words."""


def differs(name: str, found: list, wanted: list, advice: str = "") -> str:
    """Say how values differ from those that the task asks for, and what to do, `advice` if some are
    missing; "" if they don't differ, or there are none."""
    more = [value for value in found if value not in wanted]
    often = [value for value in found if found.count(value) > wanted.count(value)]
    again = [value for n, value in enumerate(often) if value not in often[:n]]
    missing = [value for value in wanted if value not in found]
    behind = found == [v for v in wanted if v in found] != wanted[: len(found)]
    go_on = "run the cell above again, with that first" if behind else "go on until all are there"
    if missing and (more or again):
        return f"{name} lacks {listed(missing, 4)}, and holds {listed(more or again, 4)} instead."
    for values, what, then in (
        (more, "should not hold {}", ": leave that out"),
        (again, "holds {} more than once", ": once is enough"),
        (missing if found else [], "lacks {}", f": {advice or go_on}"),
        (found if found != wanted else [], "isn't in the order that the task asks for", ""),
    ):
        if values:
            return f"{name} {what.format(listed(values, 4))}{then}."
    return ""


def listed(values: object, most: int = 10) -> str:
    """Write values for a learner: "0, 1, 2", "nothing", and "…" for too many."""
    is_list = isinstance(values, (list, tuple))
    texts = [_short(value, 30) for value in values] if is_list else [_short(values, 60)]
    shown = ", ".join(text if text.isprintable() else ascii(text) for text in texts[:most])
    return shown + (", …" if len(texts) > most else "") or "nothing"


def agreeing(values: list, one: str, many: str) -> str:
    """Write values, and what agrees with their number: "a was", "a, b were"."""
    return f"{listed(values)} {one if len(values) == 1 else many}"


def said(value: object) -> str:
    """Write one value as Python would, such as 4 or '4'; describe in words what isn't data."""
    return listed(value) if isinstance(value, dict) else _short(repr(value), 60)


def _short(value: object, most: int) -> str:
    text = _named(value) if isinstance(value, dict) and len(value) <= 2 else str(value)
    return text if len(text) <= most else text[: most - 1] + "…"


def _named(plain: dict) -> str:
    """Describe in words what to_plain made of something that isn't data."""
    if "error" in plain:
        return f"{plain['error']}: {plain['text']}"
    if "function" in plain:
        return f"{plain['function']} itself"
    if "once" in plain:
        return f"a {plain['once']}"
    return f"an object of type {plain['object']}" if "object" in plain else str(plain)
