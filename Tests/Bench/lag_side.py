"""What it costs to look at consumer groups, and at a cluster with very many topics."""
import threading
import time

from kafka_wire import Kafka
from programs import EGTOP, Brokers, Child, environment

GROUPS = 50
PARTITIONS = 100
RAW = "emergency_generators"


class Groups(threading.Thread):
    """Groups that commit what has come, each two seconds, until they are stopped."""

    def __init__(self, address, names):
        super().__init__(daemon=True)
        self.kafka = Kafka(address)
        self.names = names
        self.stopped = threading.Event()

    def run(self):
        while not self.stopped.wait(2):
            ends = self.kafka.ends(RAW, PARTITIONS)
            for name in self.names:
                self.kafka.commit(name, RAW, ends)


def share(pid_usage, seconds, warm):
    """CPU of a program in percent of a core, once it has warmed up."""
    time.sleep(warm)
    before = pid_usage().cpu
    time.sleep(seconds)
    return (pid_usage().cpu - before) / seconds * 100


def watched(brokers, *options):
    """egtop without a screen, which looks at Kafka alone."""
    return Child(EGTOP, "--plain", "--kafka", brokers.kafka, *options, env=environment())


def groups(table):
    """Fifty groups on a hundred partitions, all of them moving, against the same without a group."""
    names = [f"group{number}" for number in range(GROUPS)]
    options = ("--generators", "400", "--clients", "0", "--interval", "1", "--task", "0", "--outages", "0",
               "--history", "0", "--partitions", str(PARTITIONS))
    with Brokers(*options) as brokers:
        work = Groups(brokers.kafka, names)
        work.start()
        shares = {}
        for name, group in (("without", "none"), ("with", ",".join(names))):
            with watched(brokers, "--no-raw", "--sink-group", group) as program:
                shares[name] = share(program.usage, 30, warm=15)
        work.stopped.set()
        work.join()
    cost = max(0.0, shares["with"] - shares["without"])
    table.add(f"{GROUPS} groups by {PARTITIONS} partitions, each 2 s", f"{cost:.2f} %", "of 2 % of a core",
              cost / 2, at_most=1)


def topics(table):
    """A thousand topics that begin with EG, in which nothing happens."""
    options = ("--generators", "24", "--clients", "0", "--interval", "2", "--task", "5", "--outages", "0",
               "--history", "0", "--partitions", "1", "--topics", "1000")
    with Brokers(*options) as brokers:
        with watched(brokers, "--no-raw") as program:
            percent = share(program.usage, 30, warm=20)
    table.add("1,000 enriched topics at rest", f"{percent:.2f} %", "of 5 % of a core", percent / 5, at_most=1)
