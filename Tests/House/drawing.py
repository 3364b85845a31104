"""Draws targets as boxes in layers: each above all that it uses, with a line to each that it uses directly."""
from html import escape

WIDTH = 1400
MARGIN = 24
GAP = 18
LAYER_GAP = 46
NAME_SIZE, ROOM_SIZE = 15, 11
ROOMS_IN_A_LINE = 30
STYLE = """
  text { font-family: ui-sans-serif, system-ui, sans-serif; fill: #1f2937 }
  .name { font-size: 15px; font-weight: 600 } .room { font-size: 11px; fill: #4b5563 }
  .library { font-size: 11px; fill: #92400e }
  .box { fill: #f8fafc; stroke: #94a3b8 } .program { fill: #e0f2fe; stroke: #0284c7 }
  .wrapper { fill: #fffbeb; stroke: #d97706 }
  .line { fill: none; stroke: #94a3b8; stroke-width: 1 }
  .ground { fill: #ffffff }
"""


class Box:
    def __init__(self, target, library):
        self.target = target
        self.library = library
        self.rooms = lines(target.rooms)
        widest = max([len(target.name) * NAME_SIZE * 0.6] + [len(text) * ROOM_SIZE * 0.56 for text in self.rooms]
                     + [len(library) * ROOM_SIZE * 0.56])
        self.width = widest + 24
        self.height = 30 + 15 * (len(self.rooms) + (1 if library else 0))
        self.x = self.y = 0.0

    @property
    def middle(self):
        return self.x + self.width / 2

    @property
    def look(self):
        if self.target.kind == "executable":
            return "program"
        return "wrapper" if self.library else "box"

    def svg(self):
        parts = [f'<rect class="{self.look}" x="{self.x:.0f}" y="{self.y:.0f}" width="{self.width:.0f}" '
                 f'height="{self.height}" rx="5"/>',
                 text("name", self.middle, self.y + 20, self.target.name)]
        below = self.y + 36
        if self.library:
            parts.append(text("library", self.middle, below, self.library))
            below += 15
        for place, room in enumerate(self.rooms):
            parts.append(text("room", self.middle, below + 15 * place, room))
        return "\n".join(parts)


def text(look, x, y, words):
    return f'<text class="{look}" x="{x:.0f}" y="{y:.0f}" text-anchor="middle">{escape(words)}</text>'


def lines(rooms):
    """The names of rooms, as many in a line as fit."""
    found = []
    for room in rooms:
        if found and len(found[-1]) + len(room) + 3 <= ROOMS_IN_A_LINE:
            found[-1] += " · " + room
        else:
            found.append(room)
    return found


def svg(targets):
    """The picture of targets that are given in the order of Package.swift; C libraries stand in what wraps them."""
    swift = {target.name: target for target in targets if target.files}
    uses = {name: [other for other in target.declared if other in swift] for name, target in swift.items()}
    depth = {}
    for name in swift:
        layer(name, uses, depth)
    libraries = {target.name: target.library or target.name[1:].lower() for target in targets if not target.files}
    boxes = {name: Box(target, ", ".join(libraries[one] for one in target.declared if one in libraries))
             for name, target in swift.items()}
    layers = [[box for name, box in boxes.items() if depth[name] == place]
              for place in range(max(depth.values()), -1, -1)]
    rows = [row for full in layers for row in fitting(full)]
    y = MARGIN
    for row in rows:
        for box in row:
            box.y = y
        y += max(box.height for box in row) + LAYER_GAP
    direct = {name: reduced(name, uses) for name in swift}
    arrange(rows, direct, boxes)
    height = y - LAYER_GAP + MARGIN
    parts = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}" '
             f'height="{height:.0f}" role="img">',
             "<title>The targets of egtop and egpipe, each above what it uses</title>",
             f"<style>{STYLE}</style>", f'<rect class="ground" width="{WIDTH}" height="{height:.0f}"/>']
    parts += [connection(boxes[name], boxes[other]) for name in swift for other in direct[name]]
    parts += [box.svg() for box in boxes.values()]
    return "\n".join([*parts, "</svg>", ""])


def layer(name, uses, depth):
    """How many targets stand below it at most."""
    if name not in depth:
        depth[name] = 1 + max((layer(other, uses, depth) for other in uses[name]), default=-1)
    return depth[name]


def reduced(name, uses):
    """What it uses that it does not reach through another."""
    def reach(start, found):
        for other in uses[start]:
            if other not in found:
                found.add(other)
                reach(other, found)
        return found
    return [other for other in uses[name]
            if not any(other in reach(between, set()) for between in uses[name] if between != other)]


def fitting(row):
    """The row in as many as the width asks for."""
    rows, room = [[]], WIDTH - 2 * MARGIN
    used = 0
    for box in row:
        if rows[-1] and used + box.width > room:
            rows.append([])
            used = 0
        rows[-1].append(box)
        used += box.width + GAP
    return rows


def arrange(rows, direct, boxes):
    """Puts boxes that a line joins over each other, as far as there is room."""
    for row in rows:
        spread(row)
    users = {name: [other for other in direct if name in direct[other]] for name in direct}
    for _ in range(12):
        for upper in (rows, rows[::-1]):
            for row in upper:
                for box in row:
                    joined = [boxes[name].middle for name in direct[box.target.name] + users[box.target.name]]
                    box.wish = sum(joined) / len(joined) if joined else box.middle
                row.sort(key=lambda box: box.wish)
                spread(row)


def spread(row):
    """Shares the width among the boxes of a row."""
    room = WIDTH - 2 * MARGIN - sum(box.width for box in row)
    gap = room / (len(row) + 1)
    x = MARGIN + gap
    for box in row:
        box.x = x
        x += box.width + gap


def connection(upper, lower):
    begin, end = upper.y + upper.height, lower.y
    bend = max(20, (end - begin) / 2)
    return (f'<path class="line" d="M{upper.middle:.0f} {begin:.0f} C{upper.middle:.0f} {begin + bend:.0f} '
            f'{lower.middle:.0f} {end - bend:.0f} {lower.middle:.0f} {end:.0f}"/>')
