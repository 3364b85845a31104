"""What can go wrong with a pipeline that is watched, and the alerts that are to come of it."""
import contextlib
import ctypes
import os
import signal
import sqlite3
import threading
import time

from places import read, until
from plant import LocalKafka, Mosquitto, Program, Publisher, free_port, page
from prometheus import Prometheus, Receiver

# Seconds that an alert may take to come, and to go.
PATIENCE = 150
# Once an alert has come it has to stay for a while, so that one that swings would be seen.
STAY = 5


class Plant:
    """Brokers, a fleet, and each stage in a process of its own that Prometheus watches."""

    def __init__(self, plan, folder, stack):
        self.plan, self.folder = plan, folder
        self.kafka = stack.enter_context(LocalKafka(folder, plan.egpipe))
        self.mosquitto = stack.enter_context(Mosquitto(folder))
        self.mosquitto.await_listening()
        self.mqtt = ["--mqtt", f"mqtt://127.0.0.1:{self.mosquitto.port}"]
        self.to_kafka = ["--kafka", self.kafka.address]
        self.store = ["--store", folder]
        self.ports = {}
        self.bridge = stack.enter_context(self.stage("bridge", *self.mqtt, *self.to_kafka))
        self.sink = stack.enter_context(self.stage("sink", *self.store, *self.to_kafka))
        self.task = stack.enter_context(self.stage("task", *self.store, "--every", "1s"))
        self.source = stack.enter_context(self.stage("source", *self.store, *self.to_kafka))
        # Its last wills would be messages, too.
        self.fleet = stack.enter_context(Program(folder, "simulate", plan.egpipe, "simulate", *self.mqtt, "--generators", "6",
                                                 "--interval", "500ms", "--keep-alive", "10m"))
        self.publisher = Publisher(self.mosquitto.port)
        stack.callback(self.publisher.close)
        self.receiver = Receiver()
        stack.callback(self.receiver.shutdown)
        self.prometheus = stack.enter_context(Prometheus(folder, self.receiver))
        self.prometheus.await_ready()
        self.watch()

    def stage(self, name, *options, called=None):
        self.ports[called or name] = free_port()
        return Program(self.folder, called or name, self.plan.egpipe, name, "--metrics",
                       f"127.0.0.1:{self.ports[called or name]}", *options)

    def watch(self):
        self.prometheus.watch(self.ports.values())

    def instance(self, name):
        return {"instance": f"127.0.0.1:{self.ports[name]}"}

    # The faults, each as long as its `with`.

    @contextlib.contextmanager
    def frozen(self, program):
        program.process.send_signal(signal.SIGSTOP)
        yield
        program.process.send_signal(signal.SIGCONT)

    @contextlib.contextmanager
    def dead(self, program):
        program.kill()
        yield
        program.start()

    @contextlib.contextmanager
    def standing(self, program):
        """Stops the one thread of a stage; the others of its process go on."""
        tasks = f"/proc/{program.process.pid}/task"
        thread = next(int(number) for number in os.listdir(tasks)
                      if read(f"{tasks}/{number}/comm").strip() == program.name.encode())
        trace(0x4206, thread)  # PTRACE_SEIZE
        trace(0x4207, thread)  # PTRACE_INTERRUPT
        os.waitpid(thread, 0x40000000)  # __WALL
        yield
        trace(17, thread)  # PTRACE_DETACH

    @contextlib.contextmanager
    def locked(self, bucket):
        """Holds a bucket, as a copy that somebody makes of it might."""
        with contextlib.closing(sqlite3.connect(f"{self.folder}/{bucket}.db", timeout=30, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            yield
            database.execute("ROLLBACK")

    @contextlib.contextmanager
    def published(self, payload, seconds=None):
        """Publishes something, once or again and again."""
        ended = threading.Event()

        def publish():
            while True:
                self.publisher.offer(None, "emergency_generator/generator1", payload)
                if seconds is None or ended.wait(seconds):
                    return
        thread = threading.Thread(target=publish)
        thread.start()
        yield
        ended.set()
        thread.join()

    @contextlib.contextmanager
    def dying(self, program):
        """Kills a process three times, and lets it live for a while after each."""
        for _ in range(3):
            program.kill()
            program.start()
            until(lambda: page(self.ports[program.name]))
            time.sleep(3)
        yield

    @contextlib.contextmanager
    def junk(self):
        """One source more, whose bucket is no bucket; Prometheus watches it as long as it is there."""
        with open(f"{self.folder}/junk.db", "w") as file:
            file.write("no bucket\n" * 1000)
        with self.stage("source", *self.store, *self.to_kafka, "--enriched-bucket", "junk", called="junk"):
            self.watch()
            yield
            del self.ports["junk"]
            self.watch()

    @contextlib.contextmanager
    def silent_kafka(self):
        """Kafka stands still, just when the sink finds that it has got a dead letter."""
        with self.standing(self.sink):
            self.publisher.offer(None, "emergency_generator/generator1", "no sample")
            # By then the library has fetched it, of which nothing is to be seen from here.
            time.sleep(3)
            self.kafka.process.send_signal(signal.SIGSTOP)
        yield
        self.kafka.process.send_signal(signal.SIGCONT)

    @contextlib.contextmanager
    def set_back(self):
        """What a task finds whose clock was ahead for an hour."""
        with contextlib.closing(sqlite3.connect(f"{self.folder}/kafka_downsampled.db", timeout=30)) as database, database:
            database.execute("UPDATE state SET value = value + 3600000000000 WHERE key LIKE 'task.%.last-success'")
        yield

    @contextlib.contextmanager
    def unwatched(self):
        self.prometheus.watch([])
        yield
        self.watch()


def trace(request, thread):
    library = ctypes.CDLL(None, use_errno=True)
    library.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    library.ptrace.restype = ctypes.c_long
    if library.ptrace(request, thread, None, None) != 0:
        raise OSError(ctypes.get_errno(), "ptrace")


def faults(plant):
    """What goes wrong, the alerts that are to come with labels of theirs, and those that may come as well."""
    at = plant.instance
    return [
        ("a message that is no sample", plant.published("no sample"),
         {"EgpipeDeadLetters": {"stage": "sink"} | at("sink")}, []),
        ("fields that are no numbers", plant.published('{"generatorID": "generator1", "fuel": "half", "power": 5}', 1),
         {"EgpipeFieldsLost": at("sink")}, []),
        ("a message that is too large", plant.published('{"fuel": 1, "x": "' + 2_000_000 * "x" + '"}'),
         {"EgpipeRefused": {"stage": "bridge"} | at("bridge"), "EgpipeDeadLetters": {"stage": "bridge"} | at("bridge")},
         []),
        ("a clock that was set back", plant.set_back(), {"EgpipeClockSetBack": at("task")}, []),
        ("a fleet that stands still", plant.frozen(plant.fleet), {"EgpipeNothingReceived": at("bridge")}, []),
        ("a sink that stands still", plant.standing(plant.sink),
         {"EgpipeStoodStill": {"stage": "sink"} | at("sink"), "EgpipeSinkLate": {}}, []),
        ("a raw bucket that somebody holds", plant.locked("kafka"),
         {"EgpipeRetrying": {"stage": "sink"} | at("sink"), "EgpipeNotReady": {"to": "raw_bucket"} | at("sink"),
          "EgpipeSinkLate": {}}, []),
        ("an enriched bucket that somebody holds", plant.locked("kafka_downsampled"),
         {"EgpipeRetrying": {"stage": "task"} | at("task"), "EgpipeNotReady": {"to": "enriched_bucket"} | at("task"),
          "EgpipeTaskLate": {}}, ["EgpipeSourceLate"]),
        ("a source that stands still", plant.standing(plant.source),
         {"EgpipeStoodStill": {"stage": "source"} | at("source"), "EgpipeSourceLate": {}}, []),
        ("a bridge that is dead", plant.dead(plant.bridge), {"EgpipeDown": at("bridge")}, ["EgpipeSinkLate"]),
        ("a process that dies again and again", plant.dying(plant.task), {"EgpipeRestarting": {"what": "process"}}, []),
        ("a stage that fails again and again", plant.junk(),
         {"EgpipeRestarting": {"what": "stage", "stage": "source"}, "EgpipeNotReady": {"to": "enriched_bucket"}}, []),
        ("a dead mosquitto", plant.dead(plant.mosquitto), {"EgpipeNotReady": {"stage": "bridge", "to": "mqtt"}},
         ["EgpipeSinkLate"]),
        ("a Kafka that stands still before it has a dead letter", plant.silent_kafka(),
         {"EgpipeNotReady": {"stage": "bridge", "to": "kafka"}, "EgpipeDeadLettersKept": at("sink")},
         ["EgpipeDeadLetters", "EgpipeSinkLate", "EgpipeSourceLate", "EgpipeRetrying", "EgpipeNothingReceived"]),
        ("a Prometheus without targets", plant.unwatched(), {"EgpipeUnwatched": {}}, []),
    ]


def has(labels, alert):
    return labels.items() <= alert["labels"].items()


def suffer(plant, make, expected, allowed):
    """What is wrong with the alerts of a fault."""
    prometheus, fired = plant.prometheus, plant.receiver.fired
    before = {labels: set(times) for labels, times in fired.items()}

    def missing():
        firing = prometheus.alerts("firing")
        return [name for name, labels in expected.items()
                if not any(alert["labels"]["alertname"] == name and has(labels, alert) for alert in firing)]
    with make:
        if not until(lambda: not missing(), PATIENCE):
            return f"{', '.join(missing())} did not come"
        time.sleep(STAY)
        texts = [text for alert in prometheus.alerts("firing") for text in alert["annotations"].values()]
    if not until(lambda: not prometheus.alerts("firing", "pending"), PATIENCE):
        return "does not end: " + ", ".join(str(alert["labels"]) for alert in prometheus.alerts("firing", "pending"))
    wrong = [f"nothing stands for a part of: {text}" for text in texts if "no value" in text or "  " in text]
    for labels, times in fired.items():
        name, count = dict(labels)["alertname"], len(times - before.get(labels, set()))
        if count and name not in expected and name not in allowed:
            wrong.append(f"{name} came as well: {dict(labels)}")
        if count > 1:
            wrong.append(f"{name} came {count} times: {dict(labels)}")
    return "\n".join(wrong)
