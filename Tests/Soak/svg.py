"""A screen as a picture: SVG that needs no font but a monospaced one, since lines, blocks and dots are drawn."""
from collections import Counter
from xml.sax.saxutils import escape

CELL, LINE = 8.4, 18
PAD, BAR = 14, 30
FONT = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono','Liberation Mono',monospace"
BASIC = ["#1c1f26", "#e06c75", "#98c379", "#e5c07b", "#61afef", "#c678dd", "#56b6c2", "#c8ccd4",
         "#6b7280", "#ff7b86", "#b5e08f", "#ffd98a", "#82c4ff", "#df9bf2", "#7fd8e4", "#ffffff"]
FOREGROUND, BACKGROUND, EDGE = "#d4d7dd", "#14161b", "#2a2e37"
# Without it, seams are seen between what touches.
CRISP = ' shape-rendering="crispEdges"'
# Which of the four arms of a character are drawn: left, right, up, down.
ARMS = {"─": "lr", "│": "ud", "┌": "rd", "┐": "ld", "└": "ru", "┘": "lu", "├": "udr", "┤": "udl", "┬": "lrd",
        "┴": "lru", "┼": "lrud"}
DASHED = {"╎": ("ud", 2), "╌": ("lr", 2), "┊": ("ud", 4), "┈": ("lr", 4), "┆": ("ud", 3), "┄": ("lr", 3)}
ROUND = {"╭": (1, 1), "╮": (-1, 1), "╰": (1, -1), "╯": (-1, -1)}
SHADES = {"░": 0.25, "▒": 0.5, "▓": 0.75}
BRAILLE = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (0, 3), (1, 3)]


def color(value, default):
    """A colour of a style as SVG has it."""
    if value is None:
        return default
    if isinstance(value, tuple):
        return "#%02x%02x%02x" % value
    if value < 16:
        return BASIC[value]
    if value >= 232:
        return "#%02x%02x%02x" % ((8 + 10 * (value - 232),) * 3)
    levels = [0, 95, 135, 175, 215, 255]
    value -= 16
    return "#%02x%02x%02x" % (levels[value // 36], levels[value // 6 % 6], levels[value % 6])


def number(value):
    return f"{value:.2f}".rstrip("0").rstrip(".")


def rectangle(x, y, width, height, fill, more=""):
    places = f'x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
    return f'<rect {places} fill="{fill}"{more}/>'


class Picture:
    """Draws the cells of an emulator in a window with its title."""

    def __init__(self, emulator, title):
        self.emulator, self.title = emulator, title
        # A theme that has colours of its own has them in the whole window.
        (front, back), _ = Counter((style.foreground, style.background) for row in emulator.cells
                                   for _, style in row if not style.reversed).most_common(1)[0]
        self.background = color(back, BACKGROUND)
        self.foreground = FOREGROUND if back is None else color(front, FOREGROUND)
        self.width = emulator.columns * CELL + 2 * PAD
        self.height = emulator.rows * LINE + BAR + PAD
        self.grounds, self.shapes, self.texts = [], [], []
        for y, row in enumerate(emulator.cells):
            self.draw(row, BAR + y * LINE)

    def colors(self, style):
        pair = color(style.foreground, self.foreground), color(style.background, self.background)
        return pair[::-1] if style.reversed else pair

    def draw(self, row, top):
        x = 0
        while x < len(row):
            style = row[x][1]
            end = x
            while end < len(row) and row[end][1] == style:
                end += 1
            front, back = self.colors(style)
            if back != self.background:
                self.grounds.append(rectangle(PAD + x * CELL, top, (end - x) * CELL, LINE, back, CRISP))
            if style.underlined:
                self.shapes.append(rectangle(PAD + x * CELL, top + LINE - 2.5, (end - x) * CELL, 1, front,
                                             ' opacity="0.6"'))
            self.run(row[x:end], x, top, front, style)
            x = end

    def run(self, cells, start, top, front, style):
        word, begin, done = "", 0, 0
        for offset, (character, _) in enumerate([*cells, (" ", None)]):
            if offset < done:
                continue
            count = 1
            # What is as wide as its cell is drawn once for all of its like.
            if character and character in "─█▁▂▃▄▅▆▇":
                while offset + count < len(cells) and cells[offset + count][0] == character:
                    count += 1
            done = offset + count
            shape = character and self.shape(character, PAD + (start + offset) * CELL, top, front, count * CELL)
            if character and (shape or character == " "):
                if word:
                    self.write(word, PAD + (start + begin) * CELL, (offset - begin) * CELL, top, front, style)
                word = ""
                if shape and shape != " ":
                    self.shapes.append(shape)
            else:
                begin = begin if word else offset
                word += character

    def write(self, word, x, width, top, front, style):
        more = ' font-weight="700"' * style.bold + ' opacity="0.6"' * style.dim
        self.texts.append(f'<text x="{number(x)}" y="{number(top + 13.2)}" textLength="{number(width)}" '
                          f'fill="{front}"{more}>{escape(word)}</text>')

    def shape(self, character, x, y, fill, width):
        """A character that is drawn and not written; nothing for others."""
        code = ord(character)
        if 0x2581 <= code <= 0x2588:
            height = LINE * (code - 0x2580) / 8
            return rectangle(x, y + LINE - height, width, height, fill, CRISP)
        if 0x2589 <= code <= 0x258F:
            return rectangle(x, y, CELL * (0x2590 - code) / 8, LINE, fill, CRISP)
        if 0x2800 <= code <= 0x28FF:
            dots = [(x + CELL * (0.28 + 0.44 * column), y + LINE * (0.16 + 0.225 * row))
                    for bit, (column, row) in enumerate(BRAILLE) if (code - 0x2800) >> bit & 1]
            return "".join(f'<circle cx="{number(a)}" cy="{number(b)}" r="1.25" fill="{fill}"/>' for a, b in dots) or " "
        if character in SHADES:
            return rectangle(x, y, CELL, LINE, fill, f' opacity="{SHADES[character]}"')
        path = self.path(character, x, y, width)
        if not path:
            return ""
        more = ""
        if character in DASHED:
            axis, count = DASHED[character]
            length = (LINE if axis == "ud" else CELL) / count
            more = f' stroke-dasharray="{number(length * 0.6)} {number(length * 0.4)}"'
        return f'<path d="{path}" stroke="{fill}" fill="none"{more}/>'

    @staticmethod
    def path(character, x, y, width):
        middle, centre = x + CELL / 2, y + LINE / 2
        if character in ROUND:
            side, way = ROUND[character]
            radius = CELL / 2
            return (f"M{number(middle + side * CELL / 2)} {number(centre)}Q{number(middle)} {number(centre)} "
                    f"{number(middle)} {number(centre + way * radius)}V{number(centre + way * LINE / 2)}")
        arms = ARMS.get(character) or DASHED.get(character, ("",))[0]
        ends = {"l": (x, centre), "r": (x + width, centre), "u": (middle, y), "d": (middle, y + LINE)}
        if arms in ("lr", "ud"):
            a, b = ends[arms[0]], ends[arms[1]]
            return f"M{number(a[0])} {number(a[1])}L{number(b[0])} {number(b[1])}"
        return "".join(f"M{number(middle)} {number(centre)}L{number(ends[arm][0])} {number(ends[arm][1])}"
                       for arm in arms)

    def __str__(self):
        width, height = number(self.width), number(self.height)
        lights = "".join(f'<circle cx="{20 + 18 * place}" cy="16" r="5" fill="{self.foreground}" opacity="0.2"/>'
                         for place in range(3))
        return "\n".join([
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
            f'font-family="{escape(FONT)}" font-size="14" xml:space="preserve">',
            f"<title>{escape(self.title)}</title>",
            f'<rect x="0.5" y="0.5" width="{number(self.width - 1)}" height="{number(self.height - 1)}" rx="9" '
            f'fill="{self.background}" stroke="{EDGE}"/>', lights,
            f'<text x="{number(self.width / 2)}" y="20.5" text-anchor="middle" font-size="12.5" '
            f'fill="{self.foreground}" opacity="0.55">{escape(self.title)}</text>',
            *self.grounds, *self.shapes, *self.texts, "</svg>", ""])
