"""A pipeline that a real Prometheus watches: what rules and dashboard ask for is there, and each alert comes with its fault.

The faults are found by a copy of the rules in which a minute is three seconds; alerts.py tries their own times.
"""
import contextlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import time

import alerts
from faults import Plant, faults, suffer
from places import find, until
from plant import Program, free_port, page
from prometheus import JOB, SPEED, Prometheus, Receiver


def dashboard_expressions():
    """Title and expression of all that is drawn, with the values of Grafana's variables."""
    values = {"$__rate_interval": "10s", "$job": JOB, "$instance": ".*"}
    with open(alerts.DASHBOARD) as file:
        board = json.load(file)
    for panel in board["panels"]:
        for target in panel.get("targets", []):
            expression = target["expr"]
            for name, value in values.items():
                expression = expression.replace(name, value)
            yield panel["title"], expression


def rule_expressions(prometheus):
    """Name and expression of all rules, each so that it has a value while all is well."""
    for group in prometheus.ask("rules")["groups"]:
        for rule in group["rules"]:
            expression = re.sub(r" (==|>) (?=[\d(]+)", r" \1 bool ", rule["query"])
            yield rule["name"], re.sub(r"absent\((.*)\)", r"\1", expression)


def promtool(*words, given=None):
    """What promtool says against something; nothing if all is well."""
    result = subprocess.run(["promtool", *words], input=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return result.stdout.decode() if result.returncode != 0 else ""


def look(plan, folder, report):
    """The whole pipeline in one process: all that is asked for is there, and nobody is alarmed."""
    report("the rules on made-up figures, with their own times", alerts.check())
    example = os.path.join(folder, "example.yml")
    with open(os.path.join(alerts.WATCHING, "prometheus.yml")) as file, open(example, "w") as copy:
        copy.write(file.read().replace("/usr/share/egpipe", alerts.WATCHING))
    report("the example of a configuration", promtool("check", "config", example))
    port = free_port()
    pipeline = Program(folder, "run", plan.egpipe, "run", "--local", "--metrics", f"127.0.0.1:{port}", "--store", folder,
                       "--every", "1s", "--generators", "6", "--interval", "1s")
    with Receiver() as receiver, pipeline, Prometheus(folder, receiver) as prometheus:
        prometheus.await_ready()
        prometheus.watch([port])
        if not until(lambda: b"egpipe_" in page(port)):
            return report("metrics are served", pipeline.words() or "no answer")
        report("promtool reads the metrics", promtool("check", "metrics", given=page(port)))
        for name, expressions in (("dashboard asks", dashboard_expressions()), ("rules ask", rule_expressions(prometheus))):
            empty = list(expressions)

            def are_there():
                empty[:] = [(title, expression) for title, expression in empty if not prometheus.series(expression)]
                return not empty
            until(are_there)
            report(f"all that the {name} for is there", "\n".join(f"{title}: {expression}" for title, expression in empty))
        names = sorted(alert["labels"]["alertname"] for alert in prometheus.alerts("firing"))
        report("nobody is alarmed", ", ".join(names))


def endure(plan, folder, report):
    """Makes one fault after the other, and looks for its alerts."""
    print(f"each alert comes once with its fault, and goes with it; a minute of the rules is {60 // SPEED} s here", flush=True)
    with contextlib.ExitStack() as stack:
        plant = Plant(plan, folder, stack)

        def is_well():
            flows = plant.prometheus.series("egpipe_source_newest_row_timestamp_seconds > 0")
            return flows and not plant.prometheus.alerts("firing", "pending")
        if not until(is_well, 90):
            return report("a pipeline that is well", str(plant.prometheus.alerts("firing", "pending")))
        for name, make, expected, allowed in faults(plant):
            if not all(word in name for word in plan.words[1:]):
                continue
            begin = time.monotonic()
            wrong = suffer(plant, make, expected, allowed)
            report(f"{name}: {', '.join(expected)} ({time.monotonic() - begin:.0f} s)", wrong)


def watching(plan):
    """Runs it all and prints a line for each thing; the number of those that are not as they have to be."""
    if not find("prometheus") or not find("promtool"):
        print("left out: Prometheus, which is not installed")
        return 0
    failures = []

    def report(name, wrong):
        print(f"{'FAIL' if wrong else 'ok':6}{name}", flush=True)
        if wrong:
            failures.append(name)
            print("      " + wrong.strip().replace("\n", "\n      "), flush=True)
    for part in [look] if plan.quick else [look, endure]:
        folder = tempfile.mkdtemp(prefix="egtop-soak-")
        try:
            part(plan, folder, report)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return len(failures)
