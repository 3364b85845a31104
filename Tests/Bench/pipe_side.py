"""The pipeline's side: the bridge against mosquitto_sub and kcat, the sink, a window through the source."""
import contextlib
import json
import os
import re
import resource
import socket
import sqlite3
import subprocess
import tempfile
import time

from programs import EGPIPE, FEEDER, Brokers, Child, environment

QUIET = ("--generators", "0", "--clients", "0", "--history", "0")
RAW = "emergency_generators"
ENRICHED = "EGkafka_downsampled"
MESSAGES = 400_000
RATE = 50_000


def children():
    """CPU seconds of all programs that were started here and have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def records(kafka, topic, partitions=4):
    """How many records were ever written to a topic."""
    asked = [word for number in range(partitions) for word in ("-t", f"{topic}:{number}:-1")]
    text = subprocess.run(["kcat", "-b", kafka, "-Q", *asked], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, text=True, check=True).stdout
    return sum(int(offset) for offset in re.findall(r"offset (\d+)", text))


def wait(condition, seconds=120, pause=0.02):
    """The time when a condition holds; what costs something to ask is asked less often."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise RuntimeError("it did not come to an end in time")
        time.sleep(pause)
    return time.monotonic()


def load(port, rate, count, *options):
    return Child(FEEDER, "load", "--port", port, "--rate", str(rate), "--seconds",
                 str(max(1, count // rate)), "--generators", "1000", "--connections", "2", *options)


@contextlib.contextmanager
def bridge(port, kafka, *options, client="bench"):
    """A bridge that has its subscription."""
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log")
        with Child(EGPIPE, "bridge", "--mqtt", f"mqtt://127.0.0.1:{port}", "--kafka", kafka,
                   "--client-id", client, "--log", log, *options) as program:
            wait(lambda: os.path.exists(log) and "connected" in open(log).read())
            time.sleep(0.3)
            yield program


def subscriber(port, tail):
    """mosquitto_sub that ends after all messages, with what its output goes to."""
    program = f"mosquitto_sub -h 127.0.0.1 -p {port} -t 'emergency_generator/#' -C {MESSAGES}"
    return subprocess.Popen(["bash", "-c", program + tail], stdin=subprocess.DEVNULL)


def bridge_qos0(table):
    """The same load to each: how much of it arrives in time, flat out and what it costs."""
    rates, costs = {}, {}
    for name, tail in (("mosquitto_sub", " >/dev/null"),
                       ("mosquitto_sub | kcat -P", " | kcat -P -b {kafka} -t " + RAW)):
        for rate in (RATE, 20 * RATE):
            with Brokers(*QUIET) as brokers:
                before = children()
                peer = subscriber(brokers.mqtt_port, tail.format(kafka=brokers.kafka))
                time.sleep(0.5)
                with load(brokers.mqtt_port, rate, MESSAGES if rate == RATE else 20 * RATE) as sender:
                    begin = time.monotonic()
                    peer.wait(120)
                    rates[name, rate] = MESSAGES / (time.monotonic() - begin)
                    spent = children() - before
                    sender.process.wait(60)
                costs[name] = spent / MESSAGES
    for rate in (RATE, 20 * RATE):
        with Brokers(*QUIET) as brokers:
            with bridge(brokers.mqtt_port, brokers.kafka, "--subscribe-qos", "0") as program:
                with load(brokers.mqtt_port, rate, MESSAGES if rate == RATE else 20 * RATE):
                    begin = time.monotonic()
                    end = wait(lambda: records(brokers.kafka, RAW) >= MESSAGES, pause=0.1)
                    rates["bridge", rate] = MESSAGES / (end - begin)
                    costs["bridge"] = program.usage().cpu / records(brokers.kafka, RAW)
    ours, sub, pipe = (rates[name, RATE] for name in ("bridge", "mosquitto_sub", "mosquitto_sub | kcat -P"))
    table.add(f"bridge, QoS 0, {RATE:,} /s offered", f"{ours:,.0f} /s", f"mosquitto_sub {sub:,.0f} /s",
              ours / sub, at_least=0.9)
    ours, sub, pipe = (rates[name, 20 * RATE] for name in ("bridge", "mosquitto_sub", "mosquitto_sub | kcat -P"))
    table.add("bridge, QoS 0, flat out", f"{ours:,.0f} /s", f"mosquitto_sub | kcat -P {pipe:,.0f} /s",
              ours / pipe, at_least=2)
    print(f"  (flat out, mosquitto_sub alone {sub:,.0f} /s)")
    ours, pipe = costs["bridge"], costs["mosquitto_sub | kcat -P"]
    print(f"  (CPU for a message: bridge {ours * 1e6:.1f} us, mosquitto_sub "
          f"{costs['mosquitto_sub'] * 1e6:.1f} us, mosquitto_sub | kcat -P {pipe * 1e6:.1f} us)")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@contextlib.contextmanager
def mosquitto(in_flight):
    """A broker that sends so many messages of QoS 1 before it waits for an answer."""
    port = free_port()
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as file:
        user = "user root\n" if os.geteuid() == 0 else ""
        file.write(f"listener {port} 127.0.0.1\n{user}allow_anonymous true\nmax_queued_messages 0\n"
                   f"max_inflight_messages {in_flight}\n")
        file.flush()
        with Child("/usr/sbin/mosquitto", "-c", file.name, stderr=subprocess.DEVNULL):
            def answers():
                with socket.socket() as probe:
                    return probe.connect_ex(("127.0.0.1", int(port))) == 0
            wait(answers, 10)
            yield port


def bridge_qos1(table):
    """What Kafka has before the broker is told: the rate, and the delay from the publisher into Kafka."""
    for in_flight in (20, 1000):
        count, calm = 50_000, 2000
        with mosquitto(in_flight) as port, Brokers(*QUIET) as brokers:
            with bridge(port, brokers.kafka):
                with load(port, count, count, "--qos", "1"):
                    begin = time.monotonic()
                    end = wait(lambda: records(brokers.kafka, RAW) >= count, pause=0.1)
        # Brokers of their own: the local Kafka is slow at the end of a topic of many small batches.
        with mosquitto(in_flight) as port, Brokers(*QUIET) as brokers:
            with bridge(port, brokers.kafka):
                reader = subprocess.Popen(
                    ["kcat", "-C", "-q", "-u", "-b", brokers.kafka, "-t", RAW, "-o", "end", "-f", "%s\n",
                     "-X", "fetch.wait.max.ms=1"],
                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=environment())
                time.sleep(1)
                delays = []
                with load(port, calm, 5 * calm, "--qos", "1", "--stamp"):
                    for line in reader.stdout:
                        delays.append(time.time_ns() - json.loads(line)["sent"])
                        if len(delays) >= 5 * calm:
                            break
                reader.terminate()
                reader.wait()
        delays.sort()
        middle, late = (delays[int(len(delays) * share)] / 1e6 for share in (0.5, 0.99))
        rate = count / (end - begin)
        table.add(f"bridge, QoS 1, {in_flight} in flight", f"{rate:,.0f} /s", "of 5,000 /s", rate / 5000,
                  at_least=1)
        table.add(f"delay of that at {calm:,} /s, p99", f"{late:.1f} ms", f"of 50 ms (p50 {middle:.1f} ms)",
                  late / 50, at_most=1)


def query(path, text):
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=5)) as file:
        return file.execute(text).fetchone()[0]


def sink(table):
    """A backlog of samples into a bucket, as fast as it goes."""
    count = 1_000_000
    with Brokers(*QUIET, "--partitions", "24") as brokers, tempfile.TemporaryDirectory() as store:
        with Child(FEEDER, "backlog", "--kafka", brokers.kafka, "--topic", RAW, "--records", str(count),
                   "--raw") as writer:
            writer.line()
        there = len(subprocess.run(
            ["kcat", "-C", "-q", "-e", "-b", brokers.kafka, "-t", RAW, "-o", "beginning", "-f", "\n"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True).stdout)
        path = os.path.join(store, "kafka.db")
        with Child(EGPIPE, "sink", "--kafka", brokers.kafka, "--store", store):
            def points():
                try:
                    return query(path, "SELECT max(sequence) FROM point") or 0
                except sqlite3.Error:
                    return 0
            wait(lambda: points() > 0)
            begin, first = time.monotonic(), points()
            end = wait(lambda: points() >= there)
    rate = (there - first) / (end - begin)
    table.add("sink into SQLite", f"{rate:,.0f} points/s", "of 100,000 /s", rate / 100_000, at_least=1)


def window(table):
    """From the moment a window of 10,000 generators is in the bucket until all of it is in Kafka."""
    generators = 10_000
    with Brokers(*QUIET) as brokers, tempfile.TemporaryDirectory() as store:
        path = os.path.join(store, "kafka_downsampled.db")
        with Child(EGPIPE, "source", "--kafka", brokers.kafka, "--store", store, "--poll", "10ms"):
            wait(lambda: os.path.exists(path))
            time.sleep(1)
            times = []
            for turn in range(5):
                time.sleep(0.2)
                write_window(path, generators, turn)
                begin = time.monotonic()
                wanted = (turn + 1) * generators
                times.append(wait(lambda: records(brokers.kafka, ENRICHED) >= wanted) - begin)
        middle = sorted(times)[2]
    table.add(f"a window of {generators:,} generators into Kafka", f"{middle * 1e3:.0f} ms", "of 200 ms",
              middle / 0.2, at_most=1)


def task(table):
    """From the start of a task that finds a window of 100,000 generators until all of it is in the second bucket."""
    generators = 100_000
    with tempfile.TemporaryDirectory() as store:
        raw, enriched = (os.path.join(store, f"{name}.db") for name in ("kafka", "kafka_downsampled"))

        def made():
            try:
                return query(enriched, "SELECT count(*) FROM point")
            except sqlite3.Error:
                return -1
        with Child(EGPIPE, "task", "--store", store):
            wait(lambda: made() == 0 and os.path.exists(raw))
        # What has made no window yet begins with the first sample.
        for end in ("", "-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.remove(enriched + end)
        write_window(raw, generators, 0, time.time_ns() // 60_000_000_000 * 60_000_000_000 - 1_000_000_000)
        begin = time.monotonic()
        with Child(EGPIPE, "task", "--store", store):
            seconds = wait(lambda: made() == generators) - begin
    table.add(f"a window of {generators:,} generators by the task", f"{seconds:.2f} s", "of 2 s", seconds / 2, at_most=1)


def write_window(path, generators, turn, start=1_700_000_000_000_000_000):
    """Puts a point of each generator into a bucket, in one transaction."""
    with contextlib.closing(sqlite3.connect(path, timeout=5)) as file, file:
        if turn == 0:
            file.executemany(
                "INSERT INTO series (measurement, generatorID, region) VALUES ('genData', ?, 'US')",
                ((f"generator{number}",) for number in range(generators)))
        file.executemany(
            "INSERT INTO point (series, time, fuel, load, power, temperature, lat, lon, alarm) "
            "VALUES (?, ?, 277, 2, 186, 186, 40.68066, -73.47429, 'refuel')",
            ((number + 1, start + turn * 60_000_000_000)
             for number in range(generators)))
