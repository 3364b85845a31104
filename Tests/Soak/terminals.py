"""Every kind of terminal and locale, every way to end: it starts, can be read, and leaves the terminal as it was."""
import concurrent.futures
import contextlib
import itertools
import os
import shutil
import signal
import tempfile
import time

from emulator import Emulator
from places import COLUMNS, PLACES, ROWS, Server, environment, find, read, until

TERMS = ["xterm-256color", "tmux-256color", "screen", "linux", "vt100", "dumb", "of-no-kind"]
LOCALES = ["C.UTF-8", "C", "POSIX"]
ENDINGS = ["q", "HUP", "TERM", "STOP", "SEGV", "cut"]
# Enough to see that all of it still holds, in seconds.
QUICK = [("plain", "xterm-256color", "C.UTF-8", ENDINGS), ("plain", "vt100", "C", ["q", "SEGV"]),
         ("plain", "dumb", "C", ["q"]), ("tmux", "tmux-256color", "C.UTF-8", ["STOP", "cut"])]
WORDS = ["REPLAY", "FLEET", "generator1", "quit"]
PLAIN_WORDS = ["mqtt is live", "summary: "]
# Where the end of a connection has to be the end of the program.
CUT_SECONDS = 1.0

# What Swift tells of the crash of a build for development takes half a minute.
SCRIPT = r"""
export SWIFT_BACKTRACE=enable=no
ulimit -c 0
set -m
cd '{folder}'
echo $$ >shell
stty -g >before
bash -c 'echo $$ >pid.new; mv pid.new pid; exec "$@"' sh '{egtop}' replay '{recording}' --mouse
code=$?
while [ $code = 148 ]; do
  stty -g >stopped.new; mv stopped.new stopped
  echo; echo STOPPED
  until [ -e continue ]; do sleep 0.02; done
  rm stopped continue
  fg >/dev/null
  code=$?
done
stty -g >after
echo $code >code.new; mv code.new code
echo; echo BACK
exec sleep 600
"""


class Failure(Exception):
    pass


class Session:
    """One run of egtop in one place, and what has to be true of it."""

    def __init__(self, plan, server, place, term, locale):
        self.term, self.locale = term, locale
        self.words = PLAIN_WORDS if term == "dumb" else WORDS
        self.folder = tempfile.mkdtemp(prefix="egtop-soak-")
        with open(self.path("run"), "w") as file:
            file.write(SCRIPT.format(folder=self.folder, egtop=plan.egtop, recording=plan.recording))
        command = f"XDG_CONFIG_HOME={self.folder} XDG_STATE_HOME={self.folder} exec bash {self.folder}/run"
        words = server.command(command) if server else ["sh", "-c", command]
        self.place = PLACES[place](words, {"TERM": term, "LC_ALL": locale}, self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def close(self):
        with contextlib.suppress(ProcessLookupError):
            if self.pid:
                os.kill(self.pid, signal.SIGKILL)
        self.place.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def pid(self):
        return int(read(self.path("pid")) or 0)

    def expect(self, condition, wish):
        if not until(condition):
            raise Failure(f"{wish}:\n{self.place.text}")

    def shows(self, *words):
        text = self.place.text
        return all(word in text for word in words)

    def start(self):
        self.expect(lambda: self.shows(*self.words), f"does not show {', '.join(self.words)}")
        self.is_readable()

    def is_readable(self):
        if self.locale != "C.UTF-8" and not self.place.output.isascii():
            raise Failure("draws more than ASCII where the locale has no more")
        if self.term == "dumb" and b"\x1b" in self.place.output:
            raise Failure("sends sequences to a terminal that has none")

    def drawn(self):
        emulator = Emulator(COLUMNS, ROWS)
        emulator.feed(self.place.output)
        return emulator

    def is_restored(self, word, settings):
        """The terminal is as it was before the program, from the bytes, from the place and from the kernel."""
        self.expect(lambda: self.shows(word), f"does not come back with {word}")
        left = self.drawn().left()
        if left:
            raise Failure(f"leaves behind: {', '.join(left)}")
        self.expect(lambda: not self.place.modes(), f"leaves behind in {self.place.name}: {self.place.modes()}")
        if self.term != "dumb" and self.shows("FLEET"):
            raise Failure(f"leaves its picture:\n{self.place.text}")
        if read(self.path(settings)) != read(self.path("before")):
            raise Failure("leaves other settings of the terminal")

    def turn_on(self):
        """Opens a filter, where what is pasted is marked: so there is a mode to be put back."""
        if self.term == "dumb":
            return
        self.place.press("/")
        self.expect(lambda: b"\x1b[?2004h" in self.place.output, "does not ask for marked pastes")
        self.expect(lambda: "marked paste" in self.drawn().left(), "is judged by who sees nothing")

    def end(self, ending):
        if ending == "cut":
            return self.cut()
        if ending != "q":
            self.turn_on()
        if ending == "STOP":
            os.kill(self.pid, signal.SIGTSTP)
            self.expect(lambda: read(self.path("stopped")), "does not stop")
            self.is_restored("STOPPED", "stopped")
            size = len(self.place.output)
            open(self.path("continue"), "w").close()
            self.expect(lambda: not os.path.exists(self.path("stopped")), "is not continued")
            if self.term != "dumb":
                self.expect(lambda: self.shows("FLEET", "filter") and len(self.place.output) > size,
                            "does not draw again")
                self.expect(lambda: "marked paste" in self.drawn().left(), "does not ask for marked pastes again")
                self.place.press("\x03")
                self.start()
        if ending in ("q", "STOP"):
            self.place.press("\x03" if self.term == "dumb" else "q")
        else:
            os.kill(self.pid, getattr(signal, f"SIG{ending}"))
        self.expect(lambda: read(self.path("code")), "does not end")
        code = int(read(self.path("code")))
        if code not in {"HUP": (0, 129), "TERM": (0, 143), "SEGV": (139,)}.get(ending, (0,)):
            raise Failure(f"ends with {code}")
        self.is_restored("BACK", "after")
        self.is_readable()
        unknown = self.drawn().unknown
        if unknown:
            raise Failure(f"sends what no terminal knows: {unknown[:5]}")

    def cut(self):
        """The client is gone, as when a network or a laptop ends."""
        os.kill(self.place.client(), signal.SIGKILL)
        begin = time.monotonic()
        if not until(lambda: has_ended(self.pid), 10):
            raise Failure("lives on when its connection is cut")
        seconds = time.monotonic() - begin
        if seconds > CUT_SECONDS:
            raise Failure(f"takes {seconds:.1f} s to end when its connection is cut")
        if not until(lambda: not self.processes()):
            raise Failure(f"leaves processes: {self.processes()}")

    def processes(self):
        """What still runs of the session's far end."""
        shell = read(self.path("shell")).strip()
        return [number for number in filter(str.isdigit, os.listdir("/proc"))
                if not has_ended(number) and status(number)[3:4] == [shell]]


def status(pid):
    """The state, the parent, the group, the session and so on of a process; empty without it."""
    return read(f"/proc/{pid}/stat").rpartition(b")")[2].split()


def has_ended(pid):
    """Whether a process has ended; who started it may not know yet."""
    return status(pid)[:1] in ([], [b"Z"], [b"X"])


def run(plan, server, place, term, locale, ending):
    """What is wrong; nothing if all is well."""
    session = Session(plan, server, place, term, locale)
    try:
        session.start()
        session.end(ending)
    except Failure as failure:
        return str(failure)
    finally:
        session.close()
    return ""


def terminals(plan):
    """Runs the matrix, or a few of its cells, and prints a table; the number of failures."""
    names = [name for name in PLACES if name == "plain" or find(name)]
    cells = [(place, term, locale, ENDINGS) for place, term, locale in itertools.product(names, TERMS, LOCALES)]
    if plan.quick:
        cells = [cell for cell in QUICK if cell[0] in names]
    cells = [cell for cell in cells if all(word in " ".join(cell[:3]) for word in plan.words)]
    if not cells:
        print(f"no row has all of: {' '.join(plan.words)}")
        return 1
    for name in sorted(set(PLACES) - set(names)):
        print(f"left out: {name}, which is not installed")
    has_server = find("sshd") and not plan.without_sshd
    if not has_server:
        print("left out: ssh, as " + ("asked for" if plan.without_sshd else "sshd is not installed"))
    failures = []
    with Server() if has_server else contextlib.nullcontext() as server, \
            concurrent.futures.ThreadPoolExecutor(plan.jobs) as pool:
        rows = [(cell[:3], {ending: pool.submit(run, plan, server, *cell[:3], ending)
                            for ending in cell[3] if server or ending != "cut" or cell[0] == "plain"})
                for cell in cells]
        print(f"{'in':8}{'TERM':16}{'locale':9}" + "".join(f"{ending:6}" for ending in ENDINGS))
        for (place, term, locale), futures in rows:
            marks = {}
            for ending, future in futures.items():
                try:
                    error = future.result()
                except BaseException:
                    pool.shutdown(wait=False, cancel_futures=True)
                    raise
                marks[ending] = "FAIL" if error else "ok"
                if error:
                    failures.append(f"{place}, {term}, {locale}, {ending}: {error}")
            print(f"{place:8}{term:16}{locale:9}" + "".join(f"{marks.get(ending, '-'):6}" for ending in ENDINGS),
                  flush=True)
    for failure in failures:
        print(f"\n{failure}")
    return len(failures)
