"""Freezes each stage of a pipeline in turn, and looks which hop egtop names: the right one first, and the others as starved by it."""
import concurrent.futures
import contextlib
import json
import shutil
import signal
import tempfile
import time

from places import read
from plant import LocalKafka, Mosquitto, Program

HOPS = ["mqtt", "bridge", "sink", "task", "enriched"]
# The hop that has to name itself for each stage, and the one that is starved by it, if one is.
STAGES = {"simulate": ("mqtt", None), "bridge": ("bridge", "task"), "sink": ("sink", "task"), "task": ("task", None),
          "source": ("task", None)}
# Seconds between two looks, and how long it has to stay well after it.
EACH, STAY = 1, 20


def limit(culprit, window):
    """Seconds within which the first sign has to come: a record is missing after two windows, by the end of a third."""
    return {"mqtt": 45, "bridge": 20, "sink": 35}.get(culprit, 3 * window + 40)


class Plant:
    """Brokers, a fleet that sends each ten seconds, the four stages, and an egtop that looks each second."""

    def __init__(self, plan, folder, window, stack):
        self.window = window
        kafka = stack.enter_context(LocalKafka(folder, plan.egpipe))
        mosquitto = stack.enter_context(Mosquitto(folder))
        mosquitto.await_listening()
        to_mqtt = ["--mqtt", f"mqtt://127.0.0.1:{mosquitto.port}"]
        # The in-process cluster wakes nobody who waits for records.
        to_kafka = ["--kafka", kafka.address, *kafka.session, "-X", "fetch.wait.max.ms=20"]
        store = ["--store", folder]
        interval = "10s" if window > 10 else "2s"
        options = {
            "bridge": to_mqtt + to_kafka, "sink": store + to_kafka, "task": store + ["--every", f"{window}s"],
            "source": store + to_kafka,
            # Its last wills would say that it is gone.
            "simulate": to_mqtt + ["--generators", "12", "--interval", interval, "--keep-alive", "30m"],
        }
        self.stages = {name: stack.enter_context(Program(folder, name, plan.egpipe, name, *words))
                       for name, words in options.items()}
        self.watcher = stack.enter_context(Program(
            folder, "egtop", plan.egtop, "--once", "--watch", f"{EACH}s", "--ndjson", "--settle", "1s", "--no-remember",
            "--raw", "--sink-group", "egpipe-sink", "--task-window", f"{window}s", *to_mqtt, *to_kafka))
        self.seen = 0

    def look(self):
        """The hops of the next look that was not taken yet: what each says; None if there is none."""
        lines = read(self.watcher.log).split(b"\n")[:-1]
        if len(lines) <= self.seen:
            if not self.watcher.is_up:
                raise RuntimeError("egtop ended: " + self.watcher.words())
            return None
        self.seen += 1
        return {hop["id"]: hop for hop in json.loads(lines[self.seen - 1])["hops"] if hop["id"] in HOPS}

    def looks(self, seconds):
        """The looks of so many seconds, as they come, each with how many seconds after the first call it came."""
        begin = time.monotonic()
        while time.monotonic() - begin < seconds:
            look = self.look()
            if look:
                yield time.monotonic() - begin, look
            else:
                time.sleep(0.05)

    def await_well(self):
        """Waits until all hops have been well for two windows."""
        well_since = None
        for seconds, look in self.looks(240 + 6 * self.window):
            if any(hop["state"] != "ok" for hop in look.values()):
                well_since = None
            elif seconds - (well_since := well_since or seconds) > 2 * self.window:
                return
        raise RuntimeError(f"it does not get well: {look}")


def complaints(look):
    return [hop for hop in look.values() if hop["state"] in ("warning", "critical")]


def freeze(plant, stage):
    """Freezes a stage and lets it go on: what is wrong, and what was seen when."""
    culprit, starved = STAGES[stage]
    wrong, first = [], {}

    def judge(look, seconds):
        for hop in complaints(look):
            if hop["id"] == culprit and hop["starvedBy"] is None:
                first.setdefault(culprit, seconds)
            elif hop["id"] != culprit and hop["starvedBy"] == culprit and culprit in first:
                first.setdefault(hop["id"], seconds)
            else:
                wrong.append(f"after {seconds:.0f} s {hop}")
    process = plant.stages[stage].process
    process.send_signal(signal.SIGSTOP)
    expected = {culprit, starved} - {None}
    for seconds, look in plant.looks(6 * plant.window + 90):
        judge(look, seconds)
        if expected <= first.keys() and seconds > max(first.values()) + STAY:
            break
    process.send_signal(signal.SIGCONT)
    missing = expected - first.keys()
    signs = ", ".join(f"{hop} after {seconds:.0f} s" for hop, seconds in first.items())
    well_at = None
    for seconds, look in plant.looks(4 * plant.window + 120):
        judge(look, seconds)
        if complaints(look):
            well_at = None
        elif seconds > (well_at := well_at or seconds) + STAY:
            break
    if missing:
        wrong.append(f"nothing is said of {', '.join(sorted(missing))}")
    if first.get(culprit, 0) > limit(culprit, plant.window):
        wrong.append(f"the first sign has to come within {limit(culprit, plant.window)} s")
    if well_at is None:
        wrong.append("it does not get well again")
    return wrong, f"{signs}; well {well_at or 0:.0f} s after it goes on"


def run(plan, stage, window):
    folder = tempfile.mkdtemp(prefix="egtop-soak-")
    try:
        with contextlib.ExitStack() as stack:
            plant = Plant(plan, folder, window, stack)
            plant.await_well()
            return freeze(plant, stage)
    except RuntimeError as error:
        return [str(error)], ""
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def frozen(plan):
    """Runs it all, each stage in a plant of its own; the number of those that are not as they have to be."""
    window = 5 if plan.quick else 60
    stages = [stage for stage in STAGES if all(word in stage for word in plan.words[1:])]
    failures = 0
    with concurrent.futures.ThreadPoolExecutor(max(1, min(plan.jobs, len(stages)))) as pool:
        runs = {stage: pool.submit(run, plan, stage, window) for stage in stages}
        for stage, result in runs.items():
            wrong, words = result.result()
            failures += bool(wrong)
            print(f"{'FAIL' if wrong else 'ok':6}{stage} frozen, windows of {window} s: {words}", flush=True)
            for line in wrong[:5]:
                print("      " + line, flush=True)
    return failures
