"""Programs that the bench runs: what they cost, what they say, and that they end."""
import os
import pty
import re
import select
import signal
import subprocess
import tempfile
import termios
import threading
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OWN_RELEASE = os.path.join(ROOT, ".build", "release")
# The programs that are measured: those of this tree, or of another revision (see against_base.py).
RELEASE = os.environ.get("BENCH_RELEASE", OWN_RELEASE)
EGTOP = os.path.join(RELEASE, "egtop")
EGPIPE = os.path.join(RELEASE, "egpipe")
DATABENCH = os.path.join(RELEASE, "databench")
# What sends the load is the same for all.
FEEDER = os.path.join(OWN_RELEASE, "feeder")


def build(folder):
    """Builds all programs of a tree for use."""
    for product in ("egtop", "egpipe", "feeder", "databench"):
        subprocess.run(["swift", "build", "-c", "release", "--static-swift-stdlib", "-Xswiftc",
                        "-cross-module-optimization", "--quiet", "--product", product],
                       cwd=folder, check=True, stdin=subprocess.DEVNULL)


def shared_tool(name):
    """A program that starts a real Kafka or a Burrow, as .ci/run knows them; None if it is not at hand."""
    path = os.path.join(os.environ.get("EGTOP_SHARED", os.path.join(ROOT, "..", "shared")), "tools", name)
    return os.path.abspath(path) if os.access(path, os.X_OK) else None


def environment(**additions):
    """A plain environment, in which no setting of whoever runs the bench plays a part."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith("EGTOP_")
            and name not in ("LINES", "COLUMNS", "COLORTERM", "NO_COLOR", "LC_ALL", "TMUX")}
    kept.update(TERM="xterm-256color", LANG="C.UTF-8", HTOPRC="/dev/null",
                EGTOP_REMEMBER="false")
    kept.update(additions)
    return kept


class Usage:
    """CPU seconds and peak memory (MB) of a process so far."""

    def __init__(self, pid):
        with open(f"/proc/{pid}/stat") as file:
            fields = file.read().rpartition(")")[2].split()
        ticks = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
        exact = 0.0
        for task in os.listdir(f"/proc/{pid}/task"):
            try:
                with open(f"/proc/{pid}/task/{task}/schedstat") as file:
                    exact += int(file.read().split()[0]) / 1e9
            except OSError:
                pass  # The thread has ended, or the kernel does not tell.
        # The ticks are coarse, the exact clock forgets threads that ended.
        self.cpu = max(ticks, exact)
        with open(f"/proc/{pid}/status") as file:
            found = re.search(r"VmHWM:\s*(\d+)", file.read())
        self.peak = int(found[1]) / 1024 if found else 0.0


class Child:
    """A program with pipes, ended at the end of a `with`."""

    def __init__(self, *command, env=None, stdout=subprocess.PIPE, stderr=None):
        self.process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, text=True,
            env=env or environment())
        self.pid = self.process.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()

    def line(self):
        """The next line it prints."""
        text = self.process.stdout.readline()
        if not text:
            raise RuntimeError(f"{self.process.args[0]} ended: {self.process.wait()}")
        return text.strip()

    def usage(self):
        return Usage(self.pid)


class Brokers(Child):
    """A mosquitto and a Kafka, fed by the feeder as its options say."""

    def __init__(self, *options):
        super().__init__(FEEDER, "serve", *options)
        pairs = dict(self.line().split("=", 1) for _ in range(2))
        self.variables = pairs
        self.mqtt_port = pairs["EGTOP_MQTT"].rpartition(":")[2]
        self.kafka = pairs["EGTOP_KAFKA"]


class Terminal:
    """A program in a terminal of its own that is infinitely fast; its output with the times it came."""

    def __init__(self, *command, columns=120, rows=40, env=None):
        self.chunks = []
        self.data = bytearray()
        self.arrival = threading.Condition()
        receive, send = os.pipe()
        self.pid, self.descriptor = pty.fork()
        if self.pid == 0:
            try:
                termios.tcsetwinsize(0, (rows, columns))
                os.write(send, repr(time.monotonic()).encode())
                os.execvpe(command[0], command, env or environment())
            finally:
                os._exit(127)
        os.close(send)
        # The time of exec, not of our own fork.
        self.begin = float(os.read(receive, 100))
        os.close(receive)
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def read(self):
        while True:
            try:
                select.select([self.descriptor], [], [])
                chunk = os.read(self.descriptor, 65536)
            except (OSError, ValueError):
                return  # The terminal has no user any more.
            if not chunk:
                return
            with self.arrival:
                self.chunks.append((time.monotonic(), len(chunk)))
                self.data += chunk
                self.arrival.notify_all()

    def mark(self):
        """The place where the output is now."""
        with self.arrival:
            return len(self.data)

    def wait(self, pattern, since=0, seconds=20.0):
        """When the output behind a mark first had a match; raises when it has none in time."""
        deadline = time.monotonic() + seconds
        expression = re.compile(pattern, re.S)
        with self.arrival:
            while True:
                found = expression.search(self.data, since)
                if found:
                    return self.time_of(found.end())
                left = deadline - time.monotonic()
                if left <= 0:
                    raise RuntimeError(f"no {pattern} in {seconds} s: {bytes(self.data[-300:])}")
                self.arrival.wait(left)

    def time_of(self, place):
        end = 0
        for at, size in self.chunks:
            end += size
            if end >= place:
                return at
        return self.chunks[-1][0]

    def since(self, mark):
        with self.arrival:
            return bytes(self.data[mark:])

    def press(self, keys):
        os.write(self.descriptor, keys)

    def usage(self):
        return Usage(self.pid)

    def stop(self):
        if self.pid is None:
            return
        for number in (signal.SIGTERM, signal.SIGKILL):
            try:
                os.kill(self.pid, number)
            except ProcessLookupError:
                break
            deadline = time.monotonic() + 3
            ended = 0
            while not ended and time.monotonic() < deadline:
                ended, _ = os.waitpid(self.pid, os.WNOHANG)
                time.sleep(0.01)
            if ended:
                break
        self.pid = None
        self.reader.join(2)
        os.close(self.descriptor)


def settings_folder(text):
    """A folder to be XDG_CONFIG_HOME, with these settings of egtop; deleted with the object."""
    folder = tempfile.TemporaryDirectory(prefix="egtop-bench-")
    os.mkdir(os.path.join(folder.name, "egtop"))
    with open(os.path.join(folder.name, "egtop", "config.yaml"), "w") as file:
        file.write(text)
    return folder
