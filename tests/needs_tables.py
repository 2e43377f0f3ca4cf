"""Tables of inputs for a topic of a few lines, written the ways that people write them."""

from pathlib import Path

HEAD = 'title = "People"\nkind = "{kind}"\nsource = "A register"\n'


def row(**columns: object) -> str:
    """One row: text in quotes, everything else as it is (so that 0.20 keeps its digits)."""
    said = {"code": "all", "label": "Everybody", "value": "100", **columns}
    lines = (
        f"{name} = {value if name in {'value', 'low', 'high'} else _quoted(value)}"
        for name, value in said.items()
        if value is not None
    )
    return "\n[[rows]]\n" + "\n".join(lines) + "\n"


def _quoted(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else str(value)


def write(folder: Path, table: str, *rows: str, kind: str = "number", day: str = "2020-01-01"):
    """A file of these rows; gives the folder back."""
    folder.mkdir(exist_ok=True)
    text = HEAD.format(kind=kind) + "".join(rows)
    (folder / f"{table}.{day}.toml").write_text(text, encoding="utf-8")
    return folder
