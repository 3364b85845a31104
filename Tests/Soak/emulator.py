"""A terminal that only remembers: the bytes that a program sent, as the screen and the modes they leave.

It takes what ncurses sends to xterm-256color, tmux-256color, screen, linux and vt100 alike. Everything else is kept
in `unknown`, so that nothing is passed over in silence.
"""
import re
import unicodedata
from typing import NamedTuple

# The line drawing characters of a VT100, for the codes from ` to ~.
LINES = dict(zip("`abcdefghijklmnopqrstuvwxyz{|}~", "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·"))
SEQUENCE = re.compile(
    rb"\x1b\[(?P<parameters>[<-?]?[0-9;:]*)(?P<between>[ -/]*)(?P<final>[@-~])"
    rb"|\x1b\](?P<command>[PR](?:[0-9a-fA-F]{7})?(?=[^;0-9])|[^\x07\x1b]*(?:\x07|\x1b\\))"
    rb"|\x1b[Pk_^X](?P<string>[^\x1b]*)\x1b\\"
    rb"|\x1b(?P<set>[()*+])(?P<charset>.)"
    rb"|\x1b(?P<single>[0-9=>A-OQ-Z\\c-jl-~])", re.S)
# What a fresh terminal has: it wraps lines and shows its cursor.
FRESH = frozenset({7, 25})
# What only asks the terminal something: its kind, its modes, where the cursor is.
QUESTIONS = re.compile(r"[>=]?0?c|>0?q|\??[0-9]+\$p|\??[56]n")
# Modes that only say how quietly or where, and leave nothing behind.
HARMLESS = frozenset({12})
NAMES = {1: "cursor keys", 1000: "mouse", 1002: "mouse", 1003: "mouse", 1004: "focus reports", 1006: "mouse",
         1049: "alternate screen", 2004: "marked paste", 2026: "synchronized update"}


class Style(NamedTuple):
    """How a cell looks; a colour is None (the terminal's own), an index, or a triple of red, green and blue."""
    foreground: object = None
    background: object = None
    bold: bool = False
    dim: bool = False
    underlined: bool = False
    reversed: bool = False


PLAIN = Style()


def width(character):
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


class Emulator:
    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.cells = self.blank()
        self.x = self.y = 0
        self.modes = set(FRESH)
        self.style = PLAIN
        self.title = ""
        self.unknown = []
        self.region = (0, rows - 1)
        self.has_keypad = self.inserts = False
        self.sets, self.shift = ["B", "B"], 0
        self.wraps = False
        self.saved = (0, 0)
        self.main = None
        self.last = " "
        self.pending = b""

    def blank(self):
        return [[(" ", PLAIN)] * self.columns for _ in range(self.rows)]

    @property
    def text(self):
        """The rows as text, without blanks at their ends."""
        return "\n".join("".join(character for character, _ in row).rstrip() for row in self.cells)

    def left(self):
        """What a program that has ended should have put back, in words; empty when all is as it was."""
        words = [NAMES.get(mode, f"mode {mode}") for mode in sorted(self.modes - FRESH - HARMLESS)]
        words += ["no wrapping"] * (7 not in self.modes) + ["no cursor"] * (25 not in self.modes)
        words += ["keypad"] * self.has_keypad + ["insert mode"] * self.inserts
        words += ["colours or attributes"] * (self.style != PLAIN)
        words += ["line drawing"] * (self.sets[self.shift] != "B")
        words += ["scroll region"] * (self.region != (0, self.rows - 1))
        return words

    def feed(self, data):
        """Takes bytes as they come; a sequence or a character may be cut in two."""
        data = self.pending + data
        place = 0
        while place < len(data):
            byte = data[place]
            if byte == 0x1B:
                found = SEQUENCE.match(data, place)
                if not found:
                    # CAN ends a sequence; else it may go on in what comes next.
                    cancel = data.find(b"\x18", place)
                    if cancel < 0:
                        if len(data) - place < 5000:
                            break
                        self.unknown.append(repr(data[place:place + 20]))
                        cancel = place
                    place = cancel + 1
                    continue
                self.sequence(found)
                place = found.end()
            elif byte < 0x20 or byte == 0x7F:
                self.control(byte)
                place += 1
            else:
                size = 1 if byte < 0x80 else 2 if byte < 0xE0 else 3 if byte < 0xF0 else 4
                if len(data) - place < size:
                    break
                try:
                    self.draw(data[place:place + size].decode())
                except UnicodeDecodeError:
                    self.unknown.append(f"byte {byte}")
                    size = 1
                place += size
        self.pending = data[place:]

    def control(self, byte):
        if byte == 0x0D:
            self.x, self.wraps = 0, False
        elif byte in (0x0A, 0x0B, 0x0C):
            self.line_feed()
        elif byte == 0x08:
            self.x, self.wraps = max(0, self.x - 1), False
        elif byte == 0x09:
            self.x = min(self.columns - 1, (self.x // 8 + 1) * 8)
        elif byte in (0x0E, 0x0F):
            self.shift = 1 if byte == 0x0E else 0
        elif byte not in (0x00, 0x07, 0x18):
            self.unknown.append(f"control {byte}")

    def draw(self, character):
        if self.sets[self.shift] == "0":
            character = LINES.get(character, character)
        columns = width(character)
        if columns == 0:
            return
        if self.wraps or self.x + columns > self.columns:
            if 7 in self.modes:
                self.x = 0
                self.line_feed()
            else:
                self.x = self.columns - columns
        row = self.cells[self.y]
        if self.inserts:
            row[self.x:self.x] = [(" ", self.style)] * columns
            del row[self.columns:]
        row[self.x] = (character, self.style)
        if columns == 2:
            row[self.x + 1] = ("", self.style)
        self.last = character
        self.x += columns
        self.wraps = self.x >= self.columns
        self.x = min(self.x, self.columns - 1)

    def line_feed(self):
        self.wraps = False
        if self.y == self.region[1]:
            self.scroll(*self.region, 1)
        else:
            self.y = min(self.y + 1, self.rows - 1)

    def scroll(self, top, bottom, count):
        """Moves rows up, or down where the count is negative."""
        for _ in range(min(abs(count), bottom - top + 1)):
            gone, new = (top, bottom) if count > 0 else (bottom, top)
            del self.cells[gone]
            self.cells.insert(new, [(" ", self.ground)] * self.columns)

    @property
    def ground(self):
        return Style(background=self.style.background)

    def move(self, x, y):
        self.x = min(max(0, x), self.columns - 1)
        self.y = min(max(0, y), self.rows - 1)
        self.wraps = False

    def erase(self, y, start, end):
        for x in range(max(0, start), min(self.columns, end)):
            self.cells[y][x] = (" ", self.ground)

    def sequence(self, found):
        if found["final"]:
            self.csi(found["parameters"].decode(), found["between"].decode(), found["final"].decode())
        elif found["command"] is not None:
            words = found["command"].rstrip(b"\x07\x1b\\").decode("utf-8", "replace")
            if words.startswith(("0;", "2;")):
                self.title = words[2:]
            else:
                self.unknown.append(f"OSC {words}")
        elif found["set"]:
            if found["set"] in b"()":
                self.sets[found["set"] == b")"] = found["charset"].decode()
        elif found["single"]:
            self.single(found["single"].decode())

    def single(self, final):
        if final in "=>":
            self.has_keypad = final == "="
        elif final == "7":
            self.saved = (self.x, self.y)
        elif final == "8":
            self.move(*self.saved)
        elif final == "M":
            if self.y == self.region[0]:
                self.scroll(*self.region, -1)
            else:
                self.move(self.x, self.y - 1)
        elif final == "D":
            self.line_feed()
        elif final == "E":
            self.x = 0
            self.line_feed()
        elif final == "H":
            pass  # A tabulator stop.
        else:
            self.unknown.append(f"ESC {final}")

    def csi(self, parameters, between, final):
        if QUESTIONS.fullmatch(parameters + between + final):
            return None
        if parameters.startswith("?"):
            return self.private(parameters[1:], final)
        if parameters[:1] in ("<", "=", ">") or between:
            return self.unknown.append(f"CSI {parameters}{between}{final}")
        numbers = [int(part) if part else None for part in parameters.replace(":", ";").split(";")]
        first = numbers[0]
        count = max(1, first or 1)
        if final not in "mb":
            self.wraps = False
        if final in "Hf":
            second = numbers[1] if len(numbers) > 1 else None
            self.move((second or 1) - 1, count - 1)
        elif final in "ABCD":
            steps = {"A": (0, -count), "B": (0, count), "C": (count, 0), "D": (-count, 0)}[final]
            self.move(self.x + steps[0], self.y + steps[1])
        elif final == "G":
            self.move(count - 1, self.y)
        elif final == "d":
            self.move(self.x, count - 1)
        elif final == "J":
            self.erase_display(first or 0)
        elif final == "K":
            start = 0 if first in (1, 2) else self.x
            self.erase(self.y, start, self.x + 1 if first == 1 else self.columns)
        elif final == "X":
            self.erase(self.y, self.x, self.x + count)
        elif final in "P@":
            row, blanks = self.cells[self.y], [(" ", self.ground)] * min(count, self.columns - self.x)
            if final == "P":
                row[self.x:] = row[self.x + len(blanks):] + blanks
            else:
                row[self.x:] = (blanks + row[self.x:])[:self.columns - self.x]
        elif final in "LM":
            self.scroll(self.y, self.region[1], -count if final == "L" else count)
        elif final in "ST":
            self.scroll(*self.region, count if final == "S" else -count)
        elif final == "b":
            for _ in range(count):
                self.draw(self.last)
        elif final == "r":
            bottom = numbers[1] if len(numbers) > 1 and numbers[1] else self.rows
            self.region = (max(0, (first or 1) - 1), min(bottom, self.rows) - 1)
            self.move(0, 0)
        elif final == "m":
            self.rendition([number or 0 for number in numbers])
        elif final in "hl" and first == 4:
            self.inserts = final == "h"
        elif final not in "gt" and not (final in "hl" and first == 34):
            # All but tabulators, the stack of titles, and how the cursor of GNU screen looks.
            self.unknown.append(f"CSI {parameters}{final}")

    def private(self, parameters, final):
        if final == "c":
            return  # The shape of a Linux console's cursor.
        if final not in "hl":
            return self.unknown.append(f"CSI ?{parameters}{final}")
        for mode in (int(part) for part in parameters.split(";") if part):
            if mode == 1049 and (mode in self.modes) != (final == "h"):
                if final == "h":
                    self.main = (self.cells, self.x, self.y)
                    self.cells = self.blank()
                else:
                    self.cells, self.x, self.y = self.main
            (self.modes.add if final == "h" else self.modes.discard)(mode)

    def erase_display(self, kind):
        if kind == 0:
            self.erase(self.y, self.x, self.columns)
        elif kind == 1:
            self.erase(self.y, 0, self.x + 1)
        rows = {0: range(self.y + 1, self.rows), 1: range(self.y)}.get(kind, range(self.rows))
        for y in rows:
            self.erase(y, 0, self.columns)

    def rendition(self, numbers):
        change = {}
        rest = list(numbers)
        while rest:
            number = rest.pop(0)
            if number == 0:
                change = PLAIN._asdict()
            elif number in (1, 2, 4, 7):
                change[{1: "bold", 2: "dim", 4: "underlined", 7: "reversed"}[number]] = True
            elif number == 22:
                change |= {"bold": False, "dim": False}
            elif number in (24, 27):
                change["underlined" if number == 24 else "reversed"] = False
            elif 30 <= number <= 49 or 90 <= number <= 107:
                # 38 and 48 are followed by 5 and an index, or by 2 and three parts; 39 and 49 are the terminal's own.
                place = "foreground" if number < 40 or 90 <= number < 100 else "background"
                if number in (38, 48):
                    kind = rest.pop(0) if rest else 0
                    parts = [rest.pop(0) for _ in range(min(len(rest), 3 if kind == 2 else 1))]
                    change[place] = tuple(parts) if kind == 2 else parts[0] if parts else None
                else:
                    change[place] = None if number % 10 == 9 else number % 10 + (8 if number >= 90 else 0)
            elif number not in (10, 11, 23, 25, 28):
                self.unknown.append(f"SGR {number}")
        self.style = self.style._replace(**change)
