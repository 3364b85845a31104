"""Real sinks of Kafka Connect that commit each minute, as they do by default: egtop has to be calm, and to tell half speed and death."""
import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time

from kill import kafka_script
from places import read
from plant import Program, RealKafka

TOPIC = "emergency_generators"
# Of each sink, how long its coordinator takes to know that it is dead: as by default, and longer than a run.
SINKS = {"told": "45000", "silent": "1200000"}
RATE = 100
# Seconds within which half speed has to be told (three commits) and death (the second missed one, and a look).
HALF, DEATH = 185, 140


class Watch:
    """An egtop that looks each two seconds, and what its looks say."""

    def __init__(self, program):
        self.program, self.seen = program, 0

    def looks(self, seconds):
        """The looks of so many seconds as they come: when, the sink's hop, and the groups by their names."""
        begin = time.monotonic()
        while time.monotonic() - begin < seconds:
            lines = read(self.program.log).split(b"\n")[:-1]
            if not self.program.is_up:
                raise RuntimeError("egtop ended: " + self.program.words())
            for line in lines[self.seen:]:
                look = json.loads(line)
                groups = {group["id"].removeprefix("connect-"): group for group in look["pipeline"]["groups"]}
                yield time.monotonic() - begin, next(hop for hop in look["hops"] if hop["id"] == "sink"), groups
            self.seen = len(lines)
            time.sleep(0.2)

    def await_all(self, seconds, holds):
        """When something first held for each sink; those for which it never did are left out."""
        found = {}
        for now, _, groups in self.looks(seconds):
            for name in SINKS:
                if name in groups and holds(groups[name]):
                    found.setdefault(name, now)
            if len(found) == len(SINKS):
                break
        return found


def produce(address, has_ended):
    kcat = subprocess.Popen(["kcat", "-P", "-b", address, "-t", TOPIC, "-K", "|", "-X", "linger.ms=50"],
                            stdin=subprocess.PIPE, text=True)
    number, due = 0, time.monotonic()
    while not has_ended.is_set():
        for number in range(number, number + RATE // 10):
            name = f"g{number % 40}"
            kcat.stdin.write(f'{name}|{{"generatorID": "{name}", "fuel": {number % 1000}, "load": 40, "power": 300}}\n')
        kcat.stdin.flush()
        due += 0.1
        time.sleep(max(0, due - time.monotonic()))
    kcat.stdin.close()
    kcat.wait()


class Plant:
    def __init__(self, plan, script, folder, stack):
        self.script = script
        self.kafka = stack.enter_context(RealKafka(folder, script))
        self.kafka.await_address()
        self.run("topics", "--create", "--topic", TOPIC, "--partitions", "4")
        has_ended = threading.Event()
        producer = threading.Thread(target=produce, args=(self.kafka.address, has_ended), daemon=True)
        producer.start()
        stack.callback(producer.join)
        stack.callback(has_ended.set)
        self.sinks = {name: stack.enter_context(self.sink(folder, name, session)) for name, session in SINKS.items()}
        self.watch = Watch(stack.enter_context(Program(
            folder, "egtop", plan.egtop, "lag", "--kafka", self.kafka.address, "--watch", "2s", "--ndjson", "--settle", "4s")))

    def sink(self, folder, name, session):
        # The tool keeps what it gives a worker beside the port of the brokers.
        own = os.path.join(folder, name)
        os.mkdir(own)
        shutil.copy(os.path.join(self.kafka.data, "port"), own)
        file = os.path.join(own, "connector")
        with open(file, "w") as lines:
            lines.write(f"name={name}\nconnector.class=FileStreamSink\ntopics={TOPIC}\nfile={own}/written\ntasks.max=1\n"
                        f"consumer.override.session.timeout.ms={session}\n")
        return Program(folder, name, self.script, "connect", own, file, "offset.flush.interval.ms=60000")

    def run(self, *words):
        subprocess.run([self.script, "run", self.kafka.data, *words], check=True, stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def throttle(self, change):
        for name in SINKS:
            self.run("configs", "--alter", *change, "--entity-type", "clients", "--entity-name", f"connector-consumer-{name}-0")

    def bytes_a_second(self):
        def size():
            parts = [name for name in os.listdir(f"{self.kafka.data}/data") if name.startswith(TOPIC + "-")]
            return sum(os.path.getsize(f"{self.kafka.data}/data/{name}/00000000000000000000.log") for name in parts)
        before = size()
        time.sleep(20)
        return (size() - before) / 20


def connect(plan):
    """Runs it all and prints a line for each thing; the number of those that are not as they have to be."""
    script = kafka_script()
    if not script:
        print("left out: Kafka Connect, for which an Apache Kafka has to be at hand (EGTOP_SHARED, see .ci/run)")
        return 0
    failures = 0

    def report(is_well, words):
        nonlocal failures
        failures += not is_well
        print(f"{'ok' if is_well else 'FAIL':6}{words}", flush=True)

    def times(found):
        return ", ".join(f"{name} after {seconds:.0f} s" for name, seconds in sorted(found.items())) or "never"
    folder = tempfile.mkdtemp(prefix="egtop-soak-")
    try:
        with contextlib.ExitStack() as stack:
            plant = Plant(plan, script, folder, stack)
            watch = plant.watch
            found = watch.await_all(400, lambda group: 55 <= (group["commitsEachSeconds"] or 0) <= 65)
            report(len(found) == len(SINKS), f"commits each 60 s: {times(found)}")
            calm = 180 if plan.quick else 1800
            loud = [(round(now), hop["state"], hop["reason"]) for now, hop, groups in watch.looks(calm)
                    if hop["state"] != "ok" or not 55 <= (hop["upToSeconds"] or 0) <= 75
                    or any(group["state"] not in ("ok", "idle") for group in groups.values())]
            report(not loud, f"calm for {calm} s, up to 60 s behind: {loud[:3] or 'nothing is said'}")
            plant.throttle(["--add-config", f"consumer_byte_rate={int(plant.bytes_a_second() / 2)}"])
            found = watch.await_all(HALF, lambda group: group["state"] == "warn")
            report(len(found) == len(SINKS), f"half speed is told: {times(found)}")
            plant.throttle(["--delete-config", "consumer_byte_rate"])
            found = watch.await_all(400, lambda group: group["state"] == "ok")
            report(len(found) == len(SINKS), f"well again: {times(found)}")
            for sink in plant.sinks.values():
                sink.kill()
            found = watch.await_all(DEATH, lambda group: group["state"] in ("no-members", "stop", "stall"))
            report(len(found) == len(SINKS), f"death is told: {times(found)}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return failures
