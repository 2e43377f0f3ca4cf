"""Read the tables of a tagged PDF as a screen reader does: by its structure, not its looks."""

import re
from collections.abc import Iterator
from io import BytesIO

import pikepdf

BLOCK = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
MAPPING = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


class TaggedPdf:
    """An open PDF with the text of every tagged piece."""

    def __init__(self, content: bytes):
        self.file = pikepdf.open(BytesIO(content))
        self.root = self.file.Root
        self._pieces = {page.obj.objgen: dict(_marked(page)) for page in self.file.pages}

    def elements(self, *kinds: str, within=None) -> Iterator[pikepdf.Dictionary]:
        """Structure elements of these kinds, in reading order."""
        for child in self._children(within or self.root.StructTreeRoot):
            if not isinstance(child, pikepdf.Dictionary) or "/S" not in child:
                continue
            if str(child.S).lstrip("/") in kinds:
                yield child
            else:
                yield from self.elements(*kinds, within=child)

    def text(self, element) -> str:
        """All the words inside an element."""
        said = []
        for child in self._children(element):
            if isinstance(child, int):
                said.append(self._pieces[element.Pg.objgen].get(child, ""))
            elif "/MCID" in child:
                page = child.get("/Pg", element.get("/Pg"))
                said.append(self._pieces[page.objgen].get(int(child.MCID), ""))
            elif "/S" in child:
                said.append(self.text(child))
        return "".join(said)

    def tables(self) -> list[list[list[str]]]:
        """Every table, as rows of texts."""
        return [
            [
                [self.text(cell).strip() for cell in self.elements("TH", "TD", within=row)]
                for row in self.elements("TR", within=table)
            ]
            for table in self.elements("Table")
        ]

    def _children(self, element) -> list:
        kids = element.get("/K", [])
        return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _marked(page: pikepdf.Page) -> Iterator[tuple[int, str]]:
    """The text of each marked piece of a page, by its number."""
    fonts = {name: _unicode(font) for name, font in page.resources.get("/Font", {}).items()}
    number, letters, text = None, {}, []
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC" if isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
                number, text = int(operands[1].MCID), []
            case "EMC" if number is not None:
                yield number, "".join(text)
                number = None
            case "Tf":
                letters = fonts[str(operands[0])]
            case "Tj":
                text.append(_read(operands[0], letters))
            case "TJ":
                text += [
                    _read(part, letters) for part in operands[0] if isinstance(part, pikepdf.String)
                ]


def _unicode(font) -> dict[int, str]:
    """What each glyph of a font stands for."""
    return {
        int(glyph, 16): bytes.fromhex(meaning.decode()).decode("utf-16-be")
        for block in BLOCK.findall(font.ToUnicode.read_bytes())
        for glyph, meaning in MAPPING.findall(block)
    }


def _read(string, letters: dict[int, str]) -> str:
    raw = bytes(string)
    codes = (int.from_bytes(raw[at : at + 2]) for at in range(0, len(raw), 2))
    return "".join(letters[code] for code in codes)
