"""The parts of a pipeline, each a process of its own that can be killed and started again."""
import collections
import contextlib
import math
import os
import re
import signal
import socket
import subprocess
import threading
import time
import urllib.request

from places import environment, find, read, until


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listens(port):
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def page(port):
    """The metrics of the program that serves them on a port; empty while none does."""
    with contextlib.suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
        return answer.read()
    return b""


class Program:
    """A process whose output is kept in a file of its own."""

    def __init__(self, folder, name, *command):
        self.folder, self.name, self.command = folder, name, [str(word) for word in command]
        self.log = os.path.join(folder, f"{name}.log")
        self.process = None
        self.kills = 0

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            env=environment(HOME=self.folder))

    @property
    def is_up(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        """Ends it by SIGKILL; returns when it is gone."""
        self.kills += 1
        self.process.kill()
        self.process.wait()

    def stop(self, seconds=20):
        """Ends it in order, and by force when the time is over; its exit code."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.terminate()
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def words(self):
        """The last of what it wrote."""
        return read(self.log).decode(errors="replace")[-2000:]


class Mosquitto(Program):
    """A broker that keeps what it holds, and saves it as often as it can by itself: every two seconds."""

    def __init__(self, folder):
        self.port = free_port()
        self.data = os.path.join(folder, "mosquitto.db")
        file = os.path.join(folder, "mosquitto.conf")
        with open(file, "w") as lines:
            # As another user, as which it runs by itself when it is started by root, it could not write here.
            lines.write(f"listener {self.port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n"
                        f"persistence true\npersistence_location {folder}/\nautosave_interval 1\n"
                        + ("user root\n" if os.getuid() == 0 else ""))
        super().__init__(folder, "mosquitto", find("mosquitto"), "-c", file)
        # For each time that it was killed: when it had saved last, when it died, and when it was started again.
        self.gaps = []

    def start(self):
        if self.gaps:
            self.gaps[-1][2] = time.time()
        super().start()

    def kill(self):
        super().kill()
        # Nothing was acknowledged while it was saving, as it does but one thing at a time.
        self.gaps.append([os.stat(self.data).st_mtime, time.time(), math.inf])

    @property
    def longest_gap(self):
        """The most seconds that its last save was old when it was killed."""
        return max((died - saved for saved, died, _ in self.gaps), default=0)

    def await_listening(self):
        if not until(lambda: listens(self.port) or not self.is_up) or not self.is_up:
            raise RuntimeError("mosquitto did not start: " + self.words())

    def forgot(self, acknowledged):
        """Whether it may have lost a message that it acknowledged at that time."""
        return any(saved < acknowledged < again for saved, _, again in self.gaps)


class LocalKafka(Program):
    """The in-process cluster of a process that does nothing else of importance; its topics end with it."""

    # The shortest that it grants: how long it holds the place of a sink that was killed.
    session = ["-X", "session.timeout.ms=6000"]

    def __init__(self, folder, egpipe):
        super().__init__(folder, "kafka", egpipe, "run", "--local", "simulate", "--generators", "1", "--interval", "24h")

    def start(self):
        super().start()
        address = until(lambda: re.search(rb"^EGTOP_KAFKA=(\S+)\n", read(self.log), re.M) or not self.is_up)
        if address is True or not address:
            raise RuntimeError("the local Kafka did not start: " + self.words())
        self.address = address[1].decode()


class RealKafka(Program):
    """An Apache Kafka that a program `kafka start|stop|kill FOLDER` starts; see .ci/run."""

    session = ["-X", "session.timeout.ms=1000", "-X", "heartbeat.interval.ms=200"]

    def __init__(self, folder, script):
        self.script, self.data = script, os.path.join(folder, "apache-kafka")
        super().__init__(folder, "kafka", script, "start", self.data, "group.min.session.timeout.ms=500")

    def start(self):
        """Begins to start it, which takes some seconds; the program ends when it is there."""
        super().start()

    def await_address(self):
        if not until(lambda: self.process.poll() is not None, 90) or self.process.returncode != 0:
            raise RuntimeError("the Apache Kafka did not start: " + self.words())
        self.address = read(self.log).decode().split()[-1]

    @property
    def is_up(self):
        code = self.process.poll()
        if code:
            raise RuntimeError("the Apache Kafka did not start again: " + self.words())
        return code == 0

    def kill(self):
        self.kills += 1
        self.run("kill")

    def stop(self, seconds=20):
        if self.process:
            self.process.wait()
        self.run("kill")

    def run(self, verb):
        subprocess.run([self.script, verb, self.data], stdin=subprocess.DEVNULL, check=True)


class Publisher:
    """Publishes with QoS 1, in order whatever happens to the broker, and keeps when each message was acknowledged."""

    IN_FLIGHT = 50

    def __init__(self, port):
        self.port = port
        self.waiting = collections.deque()
        self.flight = {}
        self.acknowledged = {}
        self.number = 0
        self.has_ended = False
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def offer(self, key, topic, payload):
        """Publishes a message when it is its turn; it is known by its key."""
        self.waiting.append((key, topic.encode(), payload.encode()))

    @property
    def is_idle(self):
        return not self.waiting and not self.flight

    def close(self):
        self.has_ended = True
        self.thread.join()

    def run(self):
        while not self.has_ended:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 5) as link:
                self.session(link)
            time.sleep(0.05)

    def session(self, link):
        name = b"soak"
        body = b"\x00\x04MQTT\x04\x02\x00\x00" + len(name).to_bytes(2, "big") + name
        link.sendall(bytes([0x10, len(body)]) + body)
        if self.receive(link, 4)[3] != 0:
            return
        # What the broker may not have got comes first, so that the order holds.
        for number, message in self.flight.items():
            self.send(link, number, message, again=True)
        while not self.has_ended:
            while self.waiting and len(self.flight) < self.IN_FLIGHT:
                self.number = self.number % 65535 + 1
                message = self.waiting.popleft()
                self.flight[self.number] = message
                self.send(link, self.number, message)
            if not self.flight:
                time.sleep(0.005)
                continue
            kind, _, high, low = self.receive(link, 4)
            if kind != 0x40:
                return
            key = self.flight.pop(high << 8 | low)[0]
            self.acknowledged[key] = time.time()

    @staticmethod
    def send(link, number, message, again=False):
        _, topic, payload = message
        body = len(topic).to_bytes(2, "big") + topic + number.to_bytes(2, "big") + payload
        size, length = len(body), b""
        while size > 127:
            length += bytes([size & 127 | 128])
            size >>= 7
        link.sendall(bytes([0x3A if again else 0x32]) + length + bytes([size]) + body)

    @staticmethod
    def receive(link, count):
        data = b""
        while len(data) < count:
            part = link.recv(count - len(data))
            if not part:
                raise ConnectionError
            data += part
        return data
