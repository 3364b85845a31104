"""The alerts of egpipe on made-up figures, with the times that they have in earnest: each comes when it is to, and no other."""
import json
import os
import re
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
WATCHING = os.path.join(ROOT, ".packaging", "watching")
PAGE = os.path.join(ROOT, "Sources", "egtop", "egtop.docc", "Watching.md")
RULES = os.path.join(WATCHING, "egpipe.rules.yml")
DASHBOARD = os.path.join(WATCHING, "egpipe-dashboard.json")

STEP = 15
HOUR = 3600 // STEP
# The times of samples and windows are seconds since 1970, when the made-up figures begin.
ALIVE = f"0+{STEP}x{HOUR}"
STANDING = f"0+{STEP}x40 600x{HOUR}"
COUNTING = f"0+30x{HOUR}"
STOPPING = f"0+30x40 1200x{HOUR}"
NEVER = f"0x{HOUR}"
ALWAYS = f"1x{HOUR}"
# Once, or at every look, from the tenth minute on.
ONCE = f"0x39 1x{HOUR}"
EVER = f"0x39 1+1x{HOUR}"
ENDING = f"1x39 0x{HOUR}"


def counters(stage, *names):
    return {f"egpipe_{stage}_{name}_total": NEVER for name in names}


# A pipeline that is well.
WELL = {
    "up": ALWAYS,
    "process_start_time_seconds": ALWAYS,
    'egpipe_stage_healthy{stage="sink"}': ALWAYS,
    'egpipe_stage_restarts_total{stage="sink"}': NEVER,
    'egpipe_connection_up{stage="bridge", to="mqtt"}': ALWAYS,
    "egpipe_bridge_received_total": COUNTING,
    "egpipe_bridge_delivered_total": COUNTING,
    "egpipe_task_written_total": COUNTING,
    "egpipe_sink_newest_sample_timestamp_seconds": ALIVE,
    "egpipe_task_window_end_timestamp_seconds": ALIVE,
    "egpipe_source_newest_row_timestamp_seconds": ALIVE,
    **counters("bridge", "dead_letters", "refused"),
    **counters("sink", "dead_letters", "kept_dead_letters", "lost_fields", "retries"),
    **counters("task", "retries", "clock_steps"),
    **counters("source", "refused", "retries"),
}

# What goes wrong in the tenth minute; then the alert, the minutes when it is not there yet and when it is.
FAULTS = [
    ({name: None for name in WELL}, "EgpipeUnwatched", 4, 6),
    ({"up": ENDING}, "EgpipeDown", 11, 13),
    ({'egpipe_stage_healthy{stage="sink"}': ENDING}, "EgpipeStoodStill", 9, 10),
    ({'egpipe_connection_up{stage="bridge", to="mqtt"}': ENDING}, "EgpipeNotReady", 11, 13),
    ({'egpipe_stage_restarts_total{stage="sink"}': f"0x39 1+1x3 4x{HOUR}"}, "EgpipeRestarting", 9, 12),
    ({"process_start_time_seconds": f"0x39 1+1x3 4x{HOUR}"}, "EgpipeRestarting", 9, 12),
    ({"egpipe_bridge_received_total": STOPPING, "egpipe_bridge_delivered_total": STOPPING,
      "egpipe_task_written_total": STOPPING}, "EgpipeNothingReceived", 18, 22),
    ({"egpipe_sink_newest_sample_timestamp_seconds": STANDING}, "EgpipeSinkLate", 15, 18),
    ({"egpipe_task_window_end_timestamp_seconds": STANDING}, "EgpipeTaskLate", 15, 17),
    ({"egpipe_source_newest_row_timestamp_seconds": STANDING}, "EgpipeSourceLate", 15, 18),
    ({"egpipe_bridge_dead_letters_total": ONCE}, "EgpipeDeadLetters", 9, 11),
    ({"egpipe_sink_dead_letters_total": ONCE}, "EgpipeDeadLetters", 9, 11),
    ({"egpipe_sink_kept_dead_letters_total": ONCE}, "EgpipeDeadLettersKept", 9, 11),
    ({"egpipe_bridge_refused_total": ONCE}, "EgpipeRefused", 9, 11),
    ({"egpipe_source_refused_total": ONCE}, "EgpipeRefused", 9, 11),
    ({"egpipe_sink_lost_fields_total": EVER}, "EgpipeFieldsLost", 18, 22),
    ({"egpipe_sink_retries_total": EVER}, "EgpipeRetrying", 13, 16),
    ({"egpipe_task_retries_total": EVER}, "EgpipeRetrying", 13, 16),
    ({"egpipe_source_retries_total": EVER}, "EgpipeRetrying", 13, 16),
    ({"egpipe_task_clock_steps_total": ONCE}, "EgpipeClockSetBack", 9, 11),
]


def series(name, values):
    """An input of promtool: the series with the labels of its target."""
    name, _, labels = name.partition("{")
    target = 'job="egpipe", instance="here"'
    return {"series": f"{name}{{{', '.join(filter(None, [target, labels.rstrip('}')]))}}}", "values": values}


def firing(minute, names):
    """What promtool is to find: the alerts that fire at a time, and no other."""
    found = [{"labels": f'{{alertname="{name}"}}', "value": 1} for name in names]
    return {"expr": 'count by (alertname) (ALERTS{alertstate="firing"})', "eval_time": f"{minute}m",
            "exp_samples": found}


def test(faults, looks):
    figures = {name: values for name, values in {**WELL, **faults}.items() if values is not None}
    return {"interval": f"{STEP}s", "input_series": [series(*figure) for figure in figures.items()],
            "promql_expr_test": [firing(*look) for look in looks]}


def tests():
    """All of them, as promtool reads them."""
    cases = [test({}, [(minute, []) for minute in range(1, 60)])]
    cases += [test(faults, [(before, []), (after, [alert])]) for faults, alert, before, after in FAULTS]
    return {"rule_files": [RULES], "evaluation_interval": f"{STEP}s", "tests": cases}


def forgotten():
    """The alerts without a fault here, or without a row on their page."""
    with open(RULES) as rules, open(PAGE) as page:
        names = {line.split()[-1] for line in rules if "- alert:" in line}
        rows = set(re.findall(r"^\| `(Egpipe\w+)` ", page.read(), re.M))
    return names ^ rows | names - {alert for _, alert, _, _ in FAULTS}


def check():
    """What is wrong with the rules; nothing if all is well."""
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        json.dump(tests(), file)
        file.flush()
        words = "".join(f"no fault is made for {name}, or its page does not have it\n" for name in sorted(forgotten()))
        for command in (["check", "rules", RULES], ["test", "rules", file.name]):
            result = subprocess.run(["promtool", *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                    stderr=subprocess.STDOUT, text=True)
            if result.returncode != 0:
                words += result.stdout
        return words
