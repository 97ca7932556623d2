"""Objects made flat as @segment/trample does it, with its way of arrays."""

from videospec.simulators.facade import child_of, names_of
from videospec.simulators.values import Value

Flat = dict[str, Value]


def trample(thing: Value) -> Flat:
    """The leaves of an object by their dotted paths. Dates are leaves; null is none, and vanishes.

    An array stays whole if its last item is a leaf; else its items are taken apart by their index.
    """
    flat: Flat = {}
    _object(None, thing, flat)
    return flat


def _object(path: str | int | None, thing: Value, flat: Flat) -> None:
    for name in names_of(thing):
        key = name if path is None else f"{path}.{name}"
        value = child_of(thing, name)
        if _is_object(value):
            _object(key, value, flat)
        elif isinstance(value, list):
            taken = _array(key, value, {})
            flat.update({key: taken} if isinstance(taken, list) else taken)
        else:
            flat[key] = value


def _array(path: str | int, items: list[Value], flat: Flat) -> list[Value] | Flat:
    """The array itself, or what it was taken apart into."""
    whole = False
    for index, item in enumerate(items):
        # below a name that is empty, or an index of 0 there, the path begins anew
        key = f"{path}.{index}" if path else index
        whole = False
        if _is_object(item):
            _object(key, item, flat)
        elif not isinstance(item, list):
            whole = True
            flat[str(key)] = item
        elif any(_is_object(one) or isinstance(one, list) for one in item):
            taken = _array(key, item, flat)
            if isinstance(taken, list):  # an array that stays whole loses its place here
                flat.update({str(at): one for at, one in enumerate(taken)})
        elif item:
            flat[str(key)] = item
    return items if whole else flat


def _is_object(value: Value) -> bool:
    return value is None or isinstance(value, dict)
