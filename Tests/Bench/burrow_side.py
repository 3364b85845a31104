"""What egtop says of consumer groups, step by step beside Burrow, on a real Kafka."""
import contextlib
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

from kafka_wire import Kafka, until
from programs import EGTOP, Child, environment, shared_tool

# How long scenarios are played, and how often both are asked, in seconds: Burrow keeps what it found for 10 s.
SECONDS, STEP = 252, 12
# Seconds between two commits, and of those that commit seldom; Burrow judges by ten of them.
RHYTHM, SELDOM = 5, 20

# Why the two may differ.
RULES = {
    "sooner": "the first sign of STOP or STALL comes within 25 s, or with the second commit missed; Burrow waits as long "
              "as its ten commits took",
    "rhythm": "commits that do not come are late by the group's own rhythm, and it falls behind until it is dead",
    "behind": "half speed is told within three commits; Burrow's WARN waits until no lag of ten commits is less than the "
              "one before, and forgets none of them when the group catches up",
    "late": "what is more than 30 s late is WARN, also while it catches up little by little",
    "rewind": "REWIND is a warning, until the group is where it was; Burrow's is an error as long as the window holds it",
    "unseen": "behind with fewer than three commits seen is UNKNOWN",
    "foreign": "NEVER COMMITTED, TRANSACTION, LOST and RESET are not among Burrow's states",
    "open": "what waits for a transaction to end is no fault of the group",
}

BAD = {"stop", "stall", "no-members", "lost", "reset"}
GOOD = {"idle", "ok", "unknown"}


def verdict(state):
    """Good, doubtful or bad, whatever the word: of a state of ours or of Burrow's."""
    if state in BAD or state in ("ERR", "STOP", "STALL", "REWIND"):
        return "bad"
    return "good" if state in GOOD or state in ("OK", "NOTFOUND") else "doubtful"


class Trace:
    """A group and the topic that it reads, second by second."""

    def __init__(self, kafka, number, scenario):
        self.kafka = kafka
        self.scenario = scenario
        self.topic, self.group = f"bench-{number}", f"reader-{number}"
        self.seconds = 0
        self.ends = [0] * scenario.partitions
        # How far the group has read.
        self.have_read = [0] * scenario.partitions
        self.transaction = None

    def begin(self):
        """Makes the topic, and commits where it begins."""
        if not self.kafka.create(self.topic, self.scenario.partitions):
            raise RuntimeError(f"Kafka makes no topic {self.topic}")
        if self.scenario.has_begun:
            places = {place: 0 for place in range(self.scenario.partitions)}
            until(lambda: self.kafka.commit(self.group, self.topic, places), "commits of groups")

    def play(self, seconds):
        self.seconds = seconds
        self.scenario.step(self)

    def each(self, seconds):
        return self.seconds % seconds == 0

    def write(self, count, place=0, transaction=None):
        offset = self.kafka.produce(self.topic, place, count, transaction)
        # A topic that has just been made may refuse them.
        if offset is not None:
            self.ends[place] = offset + count

    def commit(self, offset, place=0):
        self.kafka.commit(self.group, self.topic, {place: int(offset)})

    def flow(self, share=1, rhythm=RHYTHM, place=0):
        """Ten records a second, of which the group reads a share."""
        self.write(10, place)
        end = self.ends[place]
        self.have_read[place] = end if share == 1 else min(end, self.have_read[place] + 10 * share)
        if self.each(rhythm):
            self.commit(self.have_read[place], place)

    def stay(self, place=0):
        """Ten records a second, of which none is read; commits go on."""
        self.write(10, place)
        if self.each(RHYTHM):
            self.commit(self.have_read[place], place)

    def set_back(self, offset):
        self.have_read[0] = offset
        self.commit(offset)


class Scenario:
    """A second of it, what both say at the end, ours in a word, and how else they may differ: Burrow's verdict, our
    state and the rule."""

    def __init__(self, name, step, end, *differences, partitions=1, has_begun=True):
        self.name, self.step, self.end, self.differences = name, step, end, differences
        self.partitions, self.has_begun = partitions, has_begun


def well_until(seconds, then):
    return lambda trace: trace.flow() if trace.seconds < seconds else then(trace)


def pause(trace):
    if trace.seconds < 60:
        trace.flow()
    elif trace.seconds == 130:
        trace.write(1)
    elif trace.seconds in (65, 135):
        trace.commit(trace.ends[0])


def one_of_four(trace):
    for place in range(4):
        if place == 2 and trace.seconds >= 100:
            trace.stay(place)
        else:
            trace.flow(place=place)


def set_back(far, share):
    def step(trace):
        if trace.seconds == 120:
            trace.set_back(100 if far else trace.have_read[0] - 50)
        else:
            trace.flow(1 if trace.seconds < 120 else share)
    return step


def transaction(trace):
    if trace.seconds == 100:
        trace.write(10, transaction=trace.kafka.begin(trace.topic, trace.topic, 0))
    else:
        # The group gets no further than where the transaction began.
        trace.stay()


def deletion(trace):
    if trace.seconds == 101:
        trace.write(100)
        trace.kafka.delete_records(trace.topic, 0, trace.ends[0] - 40)
        trace.have_read[0] = trace.ends[0]
    else:
        trace.flow()


def made_anew(trace):
    if trace.seconds == 120:
        trace.kafka.delete(trace.topic)
    elif trace.seconds == 122:
        trace.kafka.create(trace.topic, 1)
    elif trace.seconds > 122:
        trace.write(1)
        # Kafka forgets commits with the topic, but not the group.
        if trace.each(RHYTHM):
            trace.commit(trace.have_read[0])


SCENARIOS = (
    Scenario("well", lambda trace: trace.flow(), ("good", "ok")),
    Scenario("well, commits seldom", lambda trace: trace.flow(rhythm=SELDOM), ("good", "ok"),
             ("bad", "unknown", "unseen")),
    Scenario("well and at rest", well_until(61, lambda trace: None), ("good", "idle")),
    Scenario("a record after a pause", pause, ("good", "idle")),
    Scenario("dead", well_until(101, lambda trace: trace.write(10)), ("bad", "stop"), ("good", "stop", "sooner")),
    Scenario("dead, commits seldom",
             lambda trace: trace.flow(rhythm=SELDOM) if trace.seconds < 101 else trace.write(10), ("bad", "stop"),
             ("good", "stop", "sooner"), ("bad", "unknown", "unseen"), ("good", "warn", "rhythm")),
    Scenario("the same offset again and again", well_until(101, Trace.stay), ("bad", "stop"),
             ("good", "stop", "sooner")),
    Scenario("one of four partitions stays", one_of_four, ("bad", "stall"), ("good", "stall", "sooner"), partitions=4),
    Scenario("half as fast", lambda trace: trace.flow(1 if trace.seconds < 80 else 0.5), ("doubtful", "warn"),
             ("good", "warn", "behind")),
    Scenario("behind, and catching up",
             lambda trace: trace.flow(1 if trace.seconds < 60 else 0.2 if trace.seconds < 80 else 1.5), ("good", "ok"),
             ("good", "warn", "behind"), ("doubtful", "ok", "behind")),
    Scenario("set back, and slow", set_back(True, 1.1), ("good", "warn"), ("bad", "rewind", "rewind"),
             ("good", "rewind", "rewind"), ("good", "warn", "late")),
    Scenario("set back a little, and there again", set_back(False, 4), ("good", "ok")),
    Scenario("nothing committed", lambda trace: trace.write(10), ("good", "never-committed"),
             ("good", "never-committed", "foreign"), has_begun=False),
    Scenario("behind an open transaction", well_until(100, transaction), ("bad", "transaction"),
             ("good", "transaction", "foreign"), ("bad", "transaction", "open"), ("bad", "ok", "open")),
    Scenario("records deleted unread", deletion, ("good", "lost"), ("good", "lost", "foreign")),
    Scenario("a topic made anew", well_until(120, made_anew), ("good", "reset"), ("good", "reset", "foreign")),
)


class Ours:
    """`egtop lag` on one group, and what it last said of it."""

    def __init__(self, stack, address, trace):
        self.state = "unknown"
        self.program = stack.enter_context(
            Child(EGTOP, "lag", "--kafka", address, "--no-raw", "--raw-topic", trace.topic, "--sink-group", trace.group,
                  "--ndjson", "--watch", "2s", env=environment()))
        threading.Thread(target=self.read, daemon=True).start()

    def read(self):
        with contextlib.suppress(ValueError):
            for line in self.program.process.stdout:
                groups = json.loads(line)["pipeline"]["groups"]
                self.state = groups[0]["state"] if groups else "unknown"


def burrow_state(address, group):
    """Burrow's word on a group; NOTFOUND before its first commit."""
    try:
        with urllib.request.urlopen(f"{address}/v3/kafka/local/consumer/{group}/status", timeout=5) as answer:
            return json.load(answer)["status"]["status"]
    except urllib.error.HTTPError:
        return "NOTFOUND"


def started(stack, tool, folder, *words):
    """The address that a program prints which stays; it is stopped at the end of the stack."""
    os.makedirs(folder)
    stack.callback(subprocess.run, [tool, "stop", folder], stdin=subprocess.DEVNULL)
    # Into a file: the program keeps what it is given open.
    with open(os.path.join(folder, "address"), "w+") as file:
        subprocess.run([tool, "start", folder, *words], check=True, stdin=subprocess.DEVNULL, stdout=file, timeout=120)
        file.seek(0)
        return file.read().split()[-1]


def play(stack):
    """Plays all scenarios side by side; what both said at each step, by scenario: seconds, Burrow's and our state."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="egtop-bench-"))
    address = started(stack, shared_tool("kafka"), os.path.join(folder, "kafka"))
    kafka = Kafka(address)
    traces = [Trace(kafka, number, scenario) for number, scenario in enumerate(SCENARIOS)]
    until(lambda: kafka.coordinator(traces[0].group), "coordinator of groups")
    for trace in traces:
        trace.begin()
    burrow = started(stack, shared_tool("burrow"), os.path.join(folder, "burrow"), address)
    ours = [Ours(stack, address, trace) for trace in traces]
    steps = [[] for _ in traces]
    start = time.monotonic()
    for second in range(1, SECONDS + 1):
        time.sleep(max(0, start + second - time.monotonic()))
        for trace in traces:
            trace.play(second)
        if second % STEP == 0:
            for trace, program, step in zip(traces, ours, steps):
                step.append((second, burrow_state(burrow, trace.group), program.state))
    return steps


def lacking():
    """What is not at hand; None if all is."""
    for tool in ("kafka", "burrow"):
        if not shared_tool(tool):
            return f"no tools/{tool} in ../shared or in the folder EGTOP_SHARED"
    return next((f"no {program}" for program in ("java", "Burrow") if not shutil.which(program)), None)


def compare(table):
    """Differences from Burrow that no rule allows, and scenarios that end otherwise than they have to."""
    if lack := lacking():
        print(f"  left out: {lack}")
        return
    with contextlib.ExitStack() as stack:
        steps = play(stack)
    unmeant = 0
    for scenario, found in zip(SCENARIOS, steps):
        rules = {(burrow, ours): rule for burrow, ours, rule in scenario.differences}
        differences = {}
        for second, burrow, ours in found:
            if verdict(burrow) != verdict(ours):
                differences.setdefault((burrow, ours), []).append(second)
        for (burrow, ours), seconds in differences.items():
            rule = rules.get((verdict(burrow), ours))
            unmeant += 0 if rule else len(seconds)
            print(f"  {scenario.name}: Burrow {burrow}, we {ours}, {len(seconds)} times of {len(found)} "
                  f"({seconds[0]} to {seconds[-1]} s): {rule or 'NO RULE'}")
    for name in RULES:
        print(f"  {name}: {RULES[name]}")
    count = sum(len(found) for found in steps)
    table.add("verdicts on groups other than Burrow's, by no rule", f"{unmeant}", f"of {count}", unmeant / count,
              at_most=0)
    ends = 0
    for scenario, found in zip(SCENARIOS, steps):
        _, burrow, ours = found[-1]
        if (verdict(burrow), ours) == scenario.end:
            ends += 1
        else:
            print(f"  {scenario.name}: ends with Burrow {burrow}, we {ours}, and not {' and '.join(scenario.end)}")
    table.add("scenarios of groups that end as they have to", f"{ends}", f"of {len(SCENARIOS)}",
              ends / len(SCENARIOS), at_least=1)
