"""The places where egtop is run: in an ssh session of a real sshd, plainly and within tmux and GNU screen."""
import contextlib
import fcntl
import glob
import os
import pwd
import select
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import termios
import threading
import time

from emulator import Emulator

COLUMNS, ROWS = 100, 30
PATIENCE = 30.0


def find(program):
    """The path of a program, also where only root looks for it; None where it is not installed."""
    return shutil.which(program) or shutil.which(program, path="/usr/sbin:/sbin:/usr/local/sbin")


def until(condition, seconds=PATIENCE):
    """Waits for a condition, looking often; what it last was."""
    deadline = time.monotonic() + seconds
    while not (value := condition()) and time.monotonic() < deadline:
        time.sleep(0.01)
    return value


def read(path):
    try:
        with open(path, "rb") as file:
            return file.read()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def environment(**additions):
    """What a login has, without any setting of whoever runs this."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "USER", "LANG")}
    return kept | {"LANG": "C", "TERM": "xterm-256color"} | additions


class Server:
    """An sshd on a free port of loopback, with keys of its own that nobody else has; ends with a `with`."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="egtop-soak-")
        self.user = pwd.getpwuid(os.getuid()).pw_name
        if os.getuid() == 0:
            os.makedirs("/run/sshd", mode=0o755, exist_ok=True)  # Where root's sshd locks itself in.
        for name in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", self.path(name)], check=True)
        shutil.copy(self.path("user.pub"), self.path("authorized"))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        settings = {
            "Port": self.port, "ListenAddress": "127.0.0.1", "HostKey": self.path("host"), "PidFile": "none",
            "AuthorizedKeysFile": self.path("authorized"), "StrictModes": "no", "UsePAM": "no", "PrintMotd": "no",
            "PrintLastLog": "no", "PermitRootLogin": "prohibit-password", "PasswordAuthentication": "no",
            "AcceptEnv": "LC_*", "MaxStartups": "100",
        }
        with open(self.path("config"), "w") as file:
            file.writelines(f"{name} {value}\n" for name, value in settings.items())
        self.process = subprocess.Popen([find("sshd"), "-D", "-e", "-f", self.path("config")],
                                        stdin=subprocess.DEVNULL, stderr=open(self.path("log"), "wb"))

    def path(self, name):
        return os.path.join(self.folder, name)

    def __enter__(self):
        def answers():
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
                return True
            return self.process.poll() is not None
        if not until(answers) or self.process.poll() is not None:
            self.__exit__()
            raise RuntimeError("sshd did not start: " + self.problem)
        return self

    def __exit__(self, *_):
        self.problem = read(self.path("log")).decode(errors="replace")
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder)

    def command(self, words):
        """The words that run a command in a terminal of a session."""
        return ["ssh", "-tt", "-q", "-F", "none", "-p", str(self.port), "-i", self.path("user"),
                "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "SendEnv=LC_ALL",
                "-o", "IdentitiesOnly=yes", f"{self.user}@127.0.0.1", words]


class Plain:
    """A terminal whose every byte is kept and drawn, with a program in it."""

    name = "plain"

    def __init__(self, words, variables, folder):
        self.folder = folder
        self.emulator = Emulator(COLUMNS, ROWS)
        self.bytes = bytearray()
        self.lock = threading.Lock()
        self.master, slave = os.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        # setsid gives it a session, so that the terminal is its controlling one.
        self.process = subprocess.Popen(["setsid", "-c", *words], stdin=slave, stdout=slave, stderr=slave,
                                        env=environment(**variables))
        os.close(slave)
        self.reader = threading.Thread(target=self.take, daemon=True)
        self.reader.start()

    def take(self):
        while True:
            try:
                select.select([self.master], [], [])
                chunk = os.read(self.master, 65536)
            except (OSError, ValueError):
                return
            if not chunk:
                return
            with self.lock:
                self.bytes += chunk
                self.emulator.feed(chunk)

    @property
    def output(self):
        with self.lock:
            return bytes(self.bytes)

    @property
    def text(self):
        with self.lock:
            return self.emulator.text

    def press(self, keys):
        os.write(self.master, keys.encode())

    def client(self):
        """The number of the process of ssh."""
        return self.process.pid

    def modes(self):
        """What the terminal itself says is left behind; nothing where only the bytes tell."""
        return ""

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.reader.join(5)
        os.close(self.master)


class Multiplexer:
    """A pane of a multiplexer of our own, without a terminal that shows it; its bytes are kept in a file."""

    def __init__(self, words, variables, folder):
        self.folder = folder
        self.log = os.path.join(folder, "bytes")
        self.start(words, variables)

    @property
    def output(self):
        return read(self.log)

    def client(self):
        """The number of the process of ssh; it is the pane's own."""
        return int(read(os.path.join(self.folder, "client")))

    @staticmethod
    def shell(words, variables, folder):
        """A shell command: the words with their variables, and a pane that stays when they end."""
        quoted = " ".join("'" + word.replace("'", "'\\''") + "'" for word in words)
        assigned = " ".join(f"{name}='{value}'" for name, value in variables.items())
        inner = f"echo $$ >{folder}/client; exec env {assigned} {quoted}".replace("'", "'\\''")
        return f"sh -c '{inner}'; exec sleep 600"


class Tmux(Multiplexer):
    name = "tmux"

    def start(self, words, variables):
        self.base = ["tmux", "-S", os.path.join(self.folder, "socket"), "-f", "/dev/null", "-u"]
        self.environment = environment(LC_ALL="C.UTF-8")
        # It begins when its bytes are being kept.
        begin = f"until [ -e {self.folder}/begin ]; do sleep 0.02; done; "
        self.tmux("new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS),
                  begin + self.shell(words, variables, self.folder), ";", "set-option", "-g", "status", "off",
                  ";", "set-option", "-g", "escape-time", "0", ";", "set-option", "-g", "focus-events", "on")
        self.server = int(self.tmux("display-message", "-p", "#{pid}"))
        self.tmux("resize-window", "-x", str(COLUMNS), "-y", str(ROWS))
        self.tmux("pipe-pane", "-O", f"exec cat >{self.log}")
        until(lambda: os.path.exists(self.log))
        open(os.path.join(self.folder, "begin"), "w").close()

    def tmux(self, *words):
        done = subprocess.run([*self.base, *words], env=self.environment, stdin=subprocess.DEVNULL, capture_output=True)
        return done.stdout.decode(errors="replace")

    @property
    def text(self):
        return self.tmux("capture-pane", "-p")

    def press(self, keys):
        self.tmux("send-keys", "-l", keys)

    def modes(self):
        names = ["alternate_on", "mouse_any_flag", "keypad_cursor_flag", "keypad_flag", "insert_flag"]
        on = [name for name in names if self.tmux("display-message", "-p", f"#{{{name}}}").strip() == "1"]
        if self.tmux("display-message", "-p", "#{cursor_flag}").strip() == "0":
            on.append("no cursor")
        return " ".join(on)

    def close(self):
        self.tmux("kill-server")
        until(lambda: not os.path.exists(f"/proc/{self.server}"))


class Screen(Multiplexer):
    name = "screen"

    def start(self, words, variables):
        settings = os.path.join(self.folder, "screenrc")
        with open(settings, "w") as file:
            file.write(f"startup_message off\nlogfile {self.log}\nlogfile flush 0\ndeflog on\naltscreen on\n"
                       "defutf8 on\nvbell off\n")
        os.mkdir(os.path.join(self.folder, "sockets"), 0o700)
        self.environment = environment(LC_ALL="C.UTF-8", SCREENDIR=os.path.join(self.folder, "sockets"))
        # Without a display it would be 80x24: this one has a terminal that nobody looks at.
        command = ["screen", "-U", "-S", "soak", "-c", settings, "sh", "-c",
                   self.shell(words, variables, self.folder)]
        self.display = Plain(command, {**self.environment, "TERM": "xterm-256color"}, self.folder)
        self.shown = os.path.join(self.folder, "hardcopy")
        until(lambda: glob.glob(os.path.join(self.folder, "sockets", "*.soak")))

    def screen(self, *words):
        subprocess.run(["screen", "-S", "soak", "-X", *words], env=self.environment, stdin=subprocess.DEVNULL,
                       capture_output=True)

    @property
    def text(self):
        # What it shows its own display, which is what an operator sees.
        return self.display.text

    def press(self, keys):
        self.display.press(keys)

    def modes(self):
        # What a program leaves on would be on in the display as well, but for what screen itself uses there.
        own = {"alternate screen", "keypad", "cursor keys", "colours or attributes", "scroll region"}
        with self.display.lock:
            return " ".join(word for word in self.display.emulator.left() if word not in own)

    def close(self):
        self.screen("quit")
        self.display.close()


PLACES = {place.name: place for place in (Plain, Tmux, Screen)}
