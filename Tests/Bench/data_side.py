"""The data side: decoding, numbered samples over MQTT, a backlog in Kafka, a large fleet."""
import json
import os
import re
import subprocess
import time

import fuel_truth
from programs import DATABENCH, EGTOP, FEEDER, Brokers, Child, Terminal, environment, settings_folder

RATE = 50_000
SECONDS = 10
GENERATORS = 1000
RECORDS = 1_000_000
QUIET = ("--generators", "0", "--clients", "0", "--history", "0")


def numbers(line):
    """`received 10 wrong 0` as a dictionary."""
    return {name: float(value) for name, value in re.findall(r"([a-z]+) ([-\d.e+]+)", line)}


def decode(table):
    with Child(DATABENCH, "decode") as program:
        rate = numbers(program.line())["rate"]
    table.add("decoding on one core", f"{rate / 1e6:.2f} M/s", "of 2 M/s", rate / 2e6, at_least=1)


def sources(table):
    """Messages that a configuration makes understood."""
    with Child(DATABENCH, "sources") as program:
        found = numbers(program.line())
    flat, topics = found["flat"] / 1e6, found["topics"] / 1e6
    table.add("flat JSON by a source", f"{flat:.2f} M/s", "of 1.5 M/s", flat / 1.5, at_least=1)
    aliases = found["aliases"] / 1e6
    table.add("six values of Sparkplug by alias", f"{aliases:.2f} M/s", "of 0.5 M/s", aliases / 0.5, at_least=1)
    table.add("a topic for each value", f"{topics:.2f} M/s", "of 1 M/s", topics, at_least=1)


def publish(brokers, rate=RATE, seconds=SECONDS, generators=GENERATORS):
    """Sends numbered samples to their end."""
    with Child(FEEDER, "load", "--port", brokers.mqtt_port, "--rate", str(rate), "--seconds",
               str(seconds), "--generators", str(generators), "--connections", "2") as load:
        return numbers(load.line())


def last_number(table):
    """Every sample counted, and the last of each generator in the state."""
    total = RATE * SECONDS
    with Brokers(*QUIET) as brokers:
        with Child(DATABENCH, "ingest", "--port", brokers.mqtt_port, "--total", str(total),
                   "--generators", str(GENERATORS), "--seconds", str(3 * SECONDS)) as reader:
            if reader.line() != "ready":
                raise RuntimeError("databench did not connect")
            sent = publish(brokers)
            found = numbers(reader.line())
    rate = sent["sent"] / sent["seconds"]
    table.add("samples over MQTT", f"{rate:,.0f} /s", f"of {RATE:,} /s", rate / RATE, at_least=0.98)
    lost = sent["sent"] - found["samples"] - found["rejected"]
    table.add("samples lost unreported", f"{lost:.0f}", f"of {total:,}", lost / total, at_most=0)
    table.add("generators whose last number is not the last sent", f"{found['wrong']:.0f}",
              f"of {GENERATORS:,}", found["wrong"] / GENERATORS, at_most=0)
    print(f"  (of the samples, {found['folded']:.0f} were folded into others, and counted)")


def cpu_per_message(table):
    """The dashboard on its screen, against mosquitto_sub that writes to nowhere."""
    with Brokers(*QUIET) as brokers:
        with Child("mosquitto_sub", "-h", "127.0.0.1", "-p", brokers.mqtt_port, "-t",
                   "emergency_generator/#", stdout=subprocess.DEVNULL) as peer:
            time.sleep(1)
            before = peer.usage().cpu
            sent = publish(brokers)["sent"]
            time.sleep(0.5)
            theirs = (peer.usage().cpu - before) / sent
    with Brokers(*QUIET) as brokers:
        with Terminal(EGTOP, env=environment(**brokers.variables)) as program:
            time.sleep(2)
            before = program.usage().cpu
            sent = publish(brokers)["sent"]
            time.sleep(0.5)
            ours = (program.usage().cpu - before) / sent
    table.add("CPU for a message, with the screen", f"{ours * 1e6:.2f} us",
              f"mosquitto_sub {theirs * 1e6:.2f} us", ours / theirs, at_most=2)


def fuel(table):
    """The time to empty against a thousand made-up days whose truth is known."""
    for (name, *limits), found in fuel_truth.measure(DATABENCH, 1000):
        for key, limit in zip(("median", "most", "long"), limits):
            if limit is not None:
                what = {"median": "median", "most": "95 % within", "long": "over 1.5 times too long"}[key]
                table.add(f"time to empty, {name}: {what}", f"{found[key] * 100:.3f} %", f"of {limit:.2%}",
                          found[key] / limit, at_most=1)
        if limits[0] is not None:
            table.add(f"time to empty, {name}: shown", f"{found['shown'] * 100:.1f} %", "of 95 %",
                      found["shown"] / 0.95, at_least=1)
        else:
            print(f"  ({name}: median {found['median']:.1%}, 95 % within {found['most']:.1%}, "
                  f"shown {found['shown']:.1%})")


def backlog(table):
    """The start on a long topic, against kcat that writes to nowhere."""
    given = os.environ.get("EGTOP_TEST_KAFKA")
    where = "an Apache Kafka" if given else "the local cluster"
    with Brokers(*QUIET, "--partitions", "24") as brokers:
        kafka = given or brokers.kafka
        topic = f"EGbench{os.getpid()}" if given else "EGkafka_downsampled"
        with Child(FEEDER, "backlog", "--kafka", kafka, "--topic", topic, "--records",
                   str(RECORDS)) as writer:
            writer.line()
        command = ["kcat", "-C", "-b", kafka, "-t", topic, "-o", "beginning", "-e", "-q"]
        lines = int(subprocess.run([*command, "-f", "\n"], stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, check=True).stdout.count(b"\n"))
        theirs = timed(command, environment())[0]
        with settings_folder(f"kafka:\n  historyRecords: {RECORDS}\n") as folder:
            variables = environment(XDG_CONFIG_HOME=folder, EGTOP_KAFKA=kafka,
                                    EGTOP_KAFKA_TOPIC=topic)
            ours, output = timed([EGTOP, "--once", "--json", "--settle", "120"], variables)
    received = json.loads(output)["feeds"]["kafka"]["received"]
    table.add(f"records of a backlog missed ({where})", f"{lines - received}", f"of {lines:,}",
              abs(lines - received) / max(1, lines), at_most=0)
    table.add("time for that backlog", f"{ours:.2f} s", f"kcat -C {theirs:.2f} s", ours / theirs,
              at_most=2)


def frames(table):
    """Frames of two fleets that take turns, of which the same number of samples is new.

    A run takes less than a second for each row, and this machine may have something else to do then: the least of three.
    """
    found = {}
    for _ in range(3):
        lines = subprocess.run([DATABENCH, "frames", "--generators", "100000", "--against", "1000"],
                               stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, check=True,
                               timeout=300).stdout.splitlines()
        for line in lines:
            values, name = numbers(line), line.split(" ", 4)[4]
            least = found.setdefault(name, values)
            found[name] = {size: min(least[size], values[size]) for size in ("large", "small")}
    for name, least in found.items():
        large, small = (f"{least[size]:.3f} ms" for size in ("large", "small"))
        if name.endswith(", 1000 samples"):
            print(f"  ({name}: {large}, 1,000 generators {small})")
            continue
        table.add(f"frame with 100,000 generators: {name}", large, f"1,000 generators {small}",
                  least["large"] / least["small"], at_most=1.5)


def huge_fleet(table):
    """A hundred thousand generators, a sample in half a minute of each, and a run of the enrichment."""
    with Brokers("--generators", "100000", "--clients", "0", "--interval", "30", "--task", "60",
                 "--outages", "0", "--history", "0") as brokers:
        with Terminal(EGTOP, env=environment(**brokers.variables)) as program:
            program.wait(rb"fleet.*?100000", seconds=90)
            time.sleep(60)
            peak = program.usage().peak
    table.add("memory for 100,000 generators", f"{peak:.0f} MB", "of 600 MB", peak / 600, at_most=1)


def timed(command, variables):
    begin = time.monotonic()
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, env=variables,
                          check=True, timeout=300)
    return time.monotonic() - begin, done.stdout


def large_fleet(table):
    """Ten thousand generators, a sample a second of each.

    Without a past: whether a copy of so large a fleet just fits into the memory for it would decide over both figures.
    """
    count = 10_000
    with Brokers("--generators", str(count), "--clients", "0", "--interval", "1", "--task", "60",
                 "--outages", "0", "--history", "0") as brokers:
        with Terminal(EGTOP, env=environment(EGTOP_HISTORY_MEMORY="0", **brokers.variables)) as program:
            time.sleep(15)
            before = program.usage().cpu
            time.sleep(15)
            usage = program.usage()
    percent = (usage.cpu - before) / 15 * 100
    table.add("CPU for 10,000 generators at 1/s", f"{percent:.1f} %", "of 15 % of a core",
              percent / 15, at_most=1)
    table.add("memory for 10,000 generators", f"{usage.peak:.0f} MB", "of 150 MB", usage.peak / 150,
              at_most=1)
