"""Kills every part of a pipeline at times of chance, while numbered samples come in, and looks for what is missing."""
import contextlib
import json
import math
import os
import random
import shutil
import sqlite3
import subprocess
import tempfile
import time

from places import until
from plant import LocalKafka, Mosquitto, Program, Publisher, RealKafka

GENERATORS = [f"generator{number}" for number in range(1, 7)]
PROBE = "probe"
ENRICHED = "EGkafka_downsampled"
# Seconds between two rounds of samples, and of a window of the task.
ROUND, WINDOW = 0.05, 1
# How long one is down, and how long it is until the next is killed, in seconds.
DOWN, BETWEEN = (0.0, 1.0), (0.1, 1.9)
# Brokers take long to start, so most of the time all that needs them would only wait.
WEIGHTS = {"mosquitto": 0.6, "kafka": 0.3}
PATIENCE = 180


def kafka_script():
    """The program that starts an Apache Kafka, as .ci/run knows it; None without it or without Java."""
    here = os.path.dirname(os.path.abspath(__file__))
    shared = os.environ.get("EGTOP_SHARED", os.path.join(here, "..", "..", "..", "shared"))
    script = os.path.join(shared, "tools", "kafka")
    return os.path.abspath(script) if os.access(script, os.X_OK) and shutil.which("java") else None


class Plant:
    """All parts, and the numbered samples that go in."""

    def __init__(self, plan, folder, stack):
        self.folder = folder
        script = None if plan.quick else kafka_script()
        if script:
            self.kafka = stack.enter_context(RealKafka(folder, script))
            self.kafka.await_address()
        else:
            print("left out: the death of Kafka, for which an Apache Kafka has to be at hand (EGTOP_SHARED, see .ci/run)")
            self.kafka = stack.enter_context(LocalKafka(folder, plan.egpipe))
        self.mosquitto = stack.enter_context(Mosquitto(folder))
        self.mosquitto.await_listening()
        self.publisher = Publisher(self.mosquitto.port)
        stack.callback(self.publisher.close)
        mqtt = ["--mqtt", f"mqtt://127.0.0.1:{self.mosquitto.port}"]
        kafka = ["--kafka", self.kafka.address, *self.kafka.session]
        store = ["--store", folder]
        stages = {"bridge": mqtt + kafka, "sink": store + kafka, "task": store + ["--every", f"{WINDOW}s"],
                  "source": store + kafka + ["--poll", "50ms"]}
        self.stages = [stack.enter_context(Program(folder, name, plan.egpipe, name, *options))
                       for name, options in stages.items()]
        self.victims = self.stages + [self.mosquitto] + ([self.kafka] if script else [])
        self.number = 0
        self.next_round = 0

    def publish(self, generators=GENERATORS):
        """A round of samples, if it is time for one."""
        if time.monotonic() < self.next_round:
            return
        self.next_round = time.monotonic() + ROUND
        for generator in generators:
            payload = {"generatorID": generator, "lat": 42.36, "lon": -71.06, "fuel": self.number}
            self.publisher.offer((generator, self.number), f"emergency_generator/{generator}", json.dumps(payload))
        self.number += 1

    def rows(self, bucket, fields, generators=GENERATORS):
        """Rows of the points of these generators in a bucket, oldest first."""
        with contextlib.closing(sqlite3.connect(f"file:{self.folder}/{bucket}.db?mode=ro", uri=True)) as database:
            rows = database.execute(f"SELECT series.generatorID, {fields} FROM point "
                                    "JOIN series ON series.id = point.series ORDER BY point.time").fetchall()
        return [row for row in rows if row[0] in generators]

    def points(self):
        """Generator, number and nanoseconds of each sample in the raw bucket."""
        return self.rows("kafka", "CAST(point.fuel AS INTEGER), point.time")

    def enriched(self):
        """Generator, number and time of each enriched record, each partition in its order."""
        result = subprocess.run(["kcat", "-b", self.kafka.address, "-C", "-t", ENRICHED, "-o", "beginning", "-e", "-q"],
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        records = [json.loads(line) for line in result.stdout.splitlines()]
        rows = [(record["tags"]["generatorID"], int(record["fuel"]), nanoseconds(record["time"])) for record in records]
        return [row for row in rows if row[0] in GENERATORS]

    def prepare(self):
        """Waits until samples, which do not count, go all the way, and until the broker has saved the bridge's session."""
        def flows():
            self.publish([PROBE])
            with contextlib.suppress(sqlite3.OperationalError):
                return self.rows("kafka_downsampled", "point.time", [PROBE])
        if not until(flows, 60):
            raise RuntimeError("no sample arrives:\n" + "\n".join(stage.words() for stage in self.stages))
        begin = time.time()
        if not until(lambda: os.path.exists(self.mosquitto.data) and os.stat(self.mosquitto.data).st_mtime > begin, 30):
            raise RuntimeError("mosquitto does not save")

    def kill(self, plan, chance):
        """Kills one after the other, and starts each again."""
        due = {}
        next_kill = time.monotonic()
        while sum(victim.kills for victim in self.victims) < plan.kills or due:
            now = time.monotonic()
            self.publish()
            for victim in [victim for victim, at in due.items() if at <= now]:
                del due[victim]
                victim.start()
            if now >= next_kill and sum(victim.kills for victim in self.victims) < plan.kills:
                next_kill = now + chance.uniform(*BETWEEN)
                alive = [victim for victim in self.victims if victim not in due and victim.is_up]
                if alive:
                    weights = [WEIGHTS.get(victim.name, 1) for victim in alive]
                    victim = chance.choices(alive, weights)[0]
                    victim.kill()
                    due[victim] = time.monotonic() + chance.uniform(*DOWN)
            for stage in self.stages:
                if stage not in due and not stage.is_up:
                    raise RuntimeError(f"the {stage.name} ended by itself with {stage.process.returncode}: {stage.words()}")
            time.sleep(0.005)

    def settle(self):
        """Waits until all that was acknowledged is where it is to be, as far as it will ever be."""
        until(lambda: all(victim.is_up for victim in self.victims), 90)
        last = self.number
        self.next_round = 0
        self.publish()
        until(lambda: self.publisher.is_idle, PATIENCE)
        # The order of a generator holds, so behind its last sample there is nothing more to come.
        until(lambda: {(generator, last) for generator in GENERATORS} <= {row[:2] for row in self.points()}, PATIENCE)
        time.sleep(2 * WINDOW)


def nanoseconds(text):
    """What a time such as 2026-01-10T13:48:37.083Z is compared by."""
    seconds, _, fraction = text.rstrip("Z").partition(".")
    return f"{seconds}.{fraction:0<9}"


def in_order(samples):
    """Whether the values of each generator go up, but for what comes again."""
    seen, newest = set(), {}
    for generator, value in samples:
        if (generator, value) in seen:
            continue
        seen.add((generator, value))
        if value < newest.get(generator, value):
            return False
        newest[generator] = value
    return True


def last_of_windows(points):
    """The last sample of each generator in each window: what the task has to find."""
    last = {}
    for generator, number, nanoseconds in points:
        last[generator, nanoseconds // (WINDOW * 1_000_000_000)] = (generator, number)
    return set(last.values())


def judge(plant):
    """Rows of a table: what was found, how often, and whether that may be."""
    points = plant.points()
    sent = {key: time for key, time in plant.publisher.acknowledged.items() if key[0] in GENERATORS}
    kept = {row[:2] for row in points}
    missing = [key for key in sent if key not in kept]
    forgotten = [key for key in missing if plant.mosquitto.forgot(sent[key])]
    windows = last_of_windows(points)
    until(lambda: windows <= {record[:2] for record in plant.enriched()}, PATIENCE)
    enriched = plant.enriched()
    found = {record[:2] for record in enriched}
    bucket = {row[:2] for row in plant.rows("kafka_downsampled", "CAST(point.fuel AS INTEGER)")}
    return [
        ("samples that mosquitto acknowledged", len(sent), True),
        ("lost", len(missing) - len(forgotten), len(missing) == len(forgotten)),
        ("forgotten by mosquitto, killed before it saved them", len(forgotten), True),
        # It saves every two seconds, if it lives for so long.
        ("seconds that its last save was old, at most", math.ceil(plant.mosquitto.longest_gap), True),
        ("in the bucket twice or more often", len(points) - len(kept), True),
        ("in the bucket, and never sent", len(kept - set(sent)), kept <= set(sent)),
        ("generators out of order in the bucket", *out_of_order((row[:2] for row in points))),
        ("windows with samples", len(windows), True),
        ("missing in the bucket of the task", len(windows - bucket), windows <= bucket),
        ("missing in the EG topic", len(windows - found), windows <= found),
        ("in the EG topic twice or more often", len(enriched) - len(set(enriched)), True),
        ("generators out of order in the EG topic", *out_of_order((record[0], record[2]) for record in enriched)),
        ("stages that did not end in order", *endings(plant)),
    ]


def out_of_order(samples):
    """How many generators are out of order, and whether none is."""
    own = {generator: [] for generator in GENERATORS}
    for sample in samples:
        own[sample[0]].append(sample)
    count = sum(not in_order(mine) for mine in own.values())
    return count, count == 0


def endings(plant):
    count = sum(stage.stop() != 0 for stage in plant.stages)
    return count, count == 0


def kill(plan):
    """Runs it all and prints a table; the number of rows that are not as they have to be."""
    seed = plan.seed if plan.seed is not None else random.SystemRandom().randrange(1 << 32)
    print(f"seed {seed}, {plan.kills} deaths", flush=True)
    folder = tempfile.mkdtemp(prefix="egtop-soak-")
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        plant = Plant(plan, folder, stack)
        plant.prepare()
        begin = time.monotonic()
        plant.kill(plan, random.Random(seed))
        plant.settle()
        rows = judge(plant)
        print(f"\nkilled within {time.monotonic() - begin:.0f} s")
        for victim in plant.victims:
            print(f"  {victim.name:<54}{victim.kills:>8}")
        print("found")
        for words, count, is_well in rows:
            print(f"  {words:<54}{count:>8}{'' if is_well else '  FAIL'}", flush=True)
        return sum(not is_well for _, _, is_well in rows)
