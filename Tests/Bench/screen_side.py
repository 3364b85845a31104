"""The screen side: the first frame, keys under load, and what goes over the wire."""
import os
import re
import tempfile
import time

from programs import EGTOP, FEEDER, ROOT, Brokers, Child, Terminal, environment

# A frame is a synchronized update.
BEGIN, END = rb"\x1b\[\?2026h", rb"\x1b\[\?2026l"
QUIET = ("--generators", "0", "--clients", "0", "--history", "0")
WINDOW = 9
RECORDING = os.path.join(ROOT, "Tests", "ReportTests", "Recordings", "demo.egtop")


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def first_frame(table):
    """From exec to the end of the first frame, with addresses where nobody answers."""
    variables = environment(EGTOP_MQTT="mqtt://127.0.0.1:1", EGTOP_KAFKA="127.0.0.1:1")
    times = []
    for _ in range(20):
        with Terminal(EGTOP, env=variables) as program:
            times.append((program.wait(END) - program.begin) * 1000)
    with Terminal("htop") as peer:
        theirs = (peer.wait(rb"PID") - peer.begin) * 1000
    table.add("first frame, p50", f"{percentile(times, 0.5):.1f} ms", f"of 50 ms (htop {theirs:.0f} ms)",
              percentile(times, 0.5) / 50, at_most=1)
    table.add("first frame, slowest of 20", f"{max(times):.1f} ms", "of 50 ms", max(times) / 50,
              at_most=1)


def help_key(table):
    """From the key to the help on the screen, while 20,000 messages a second come in; htop is idle."""
    with Brokers(*QUIET) as brokers:
        with Terminal(EGTOP, env=environment(**brokers.variables)) as program:
            with Child(FEEDER, "load", "--port", brokers.mqtt_port, "--rate", "20000", "--seconds",
                       "120", "--generators", "1000"):
                program.wait(rb"generator\d", seconds=30)
                time.sleep(2)
                ours = key_times(program, rb"HELP.*?" + END, rb"FLEET.*?" + END, 150)
    with Terminal("htop") as peer:
        peer.wait(rb"PID")
        time.sleep(1)
        theirs = key_times(peer, rb"Released under", rb"PID", 50)
    for share in (0.5, 0.99):
        value, other = percentile(ours, share), percentile(theirs, share)
        table.add(f"key ? to help under 20,000 messages/s, p{share * 100:.0f}", f"{value:.1f} ms",
                  f"of 50 ms (htop {other:.1f} ms)", value / 50, at_most=1)


def key_times(program, shown, closed, count):
    """Milliseconds from the key of the help to what is shown then; Esc brings back what was there."""
    times = []
    for _ in range(count):
        mark, pressed = program.mark(), time.monotonic()
        program.press(b"?")
        times.append((program.wait(shown, since=mark) - pressed) * 1000)
        time.sleep(0.05)
        mark = program.mark()
        program.press(b"\x1b")
        program.wait(closed, since=mark)
        time.sleep(0.15)
    return times


def traffic(table):
    """A recording of a small fleet, played again at 120x40, against htop that idles."""
    with Terminal(EGTOP, "replay", RECORDING) as program:
        ours = rate(program)
    with Terminal("htop") as peer:
        theirs = rate(peer)
    table.add("bytes a second of a replay at 120x40", f"{ours:.0f} B/s", f"htop {theirs:.0f} B/s",
              ours / theirs, at_most=2)


def rate(program, seconds=15):
    """Bytes a second, after the start."""
    time.sleep(4)
    mark = program.mark()
    time.sleep(seconds)
    return (program.mark() - mark) / seconds


def repaint(table):
    """The whole screen once more, of a fleet that says nothing new."""
    with Brokers("--interval", "86400", "--task", "0", "--outages", "0") as brokers:
        with Terminal(EGTOP, env=environment(**brokers.variables)) as program:
            program.wait(rb"generator1")
            time.sleep(2)
            mark = program.mark()
            program.press(b"\x0c")
            program.wait(END, since=mark)
            time.sleep(0.3)
            frames = re.findall(BEGIN + rb".*?" + END, program.since(mark), re.S)
            ours = max(len(frame) for frame in frames)
    with Terminal("htop") as peer:
        time.sleep(2)
        mark = peer.mark()
        peer.press(b"\x0c")
        time.sleep(0.5)
        theirs = peer.mark() - mark
    table.add("one full repaint at 120x40", f"{ours:,} B", f"htop {theirs:,} B", ours / max(1, theirs),
              at_most=2)


def idle(table):
    """A screen on which nothing happens but the clock's beat every ten seconds, by which a dead session is noticed.

    The quieter of two looks, as a minute may turn in one.
    """
    with Brokers(*QUIET) as brokers:
        with Terminal(EGTOP, env=environment(**brokers.variables)) as program:
            program.wait(END)
            time.sleep(5)
            ours = [quiet(program) for _ in range(2)]
    with Terminal("htop") as peer:
        time.sleep(2)
        theirs = quiet(peer)
    sent, spent = min(sent for sent, _ in ours), min(spent for _, spent in ours)
    table.add(f"bytes in {WINDOW} idle seconds", f"{sent} B", f"htop {theirs[0]:,} B", sent / max(1, theirs[0]),
              at_most=0.2)
    table.add(f"CPU in {WINDOW} idle seconds", f"{spent * 1000:.0f} ms", f"htop {theirs[1] * 1000:.0f} ms",
              spent / max(0.001, theirs[1]), at_most=1)


def quiet(program):
    """Bytes and CPU seconds of a window of time."""
    mark, before = program.mark(), program.usage().cpu
    time.sleep(WINDOW)
    return program.mark() - mark, program.usage().cpu - before


def writes(table):
    """System calls that write to the terminal, for each frame."""
    with tempfile.NamedTemporaryFile(prefix="egtop-bench-", suffix=".strace") as log:
        with Brokers("--outages", "5") as brokers:
            command = ("strace", "-f", "-qq", "-s", "12", "-e", "trace=write,writev", "-o", log.name)
            with Terminal(*command, EGTOP, env=environment(**brokers.variables)) as program:
                program.wait(rb"generator1")
                time.sleep(8)
                program.press(b"q")
                time.sleep(1)
        lines = log.read().decode("utf-8", "replace").splitlines()
    calls = [re.search(r"writev?\((\d+), (.*)", line) for line in lines]
    calls = [(call[1], call[2]) for call in calls if call]
    begins = [index for index, (_, text) in enumerate(calls) if text.startswith(r'"\33[?2026h')]
    if len(begins) < 3:
        raise RuntimeError("strace saw no frames")
    terminal = calls[begins[0]][0]
    # Between the first and the last frame, where nothing but frames is written.
    # But for what rings, and what sets the title.
    count = sum(1 for descriptor, text in calls[begins[0]:begins[-1]]
                if descriptor == terminal and not text.startswith((r'"\7', r'"\33]')))
    frames = len(begins) - 1
    table.add("writes for a frame", f"{count / frames:.2f}", f"{frames} frames", count / frames,
              at_most=1)
