"""A real Prometheus with the rules of egpipe, made faster, and what it tells of alerts."""
import http.server
import json
import os
import re
import threading
import urllib.error
import urllib.parse
import urllib.request

import alerts
from places import find, until
from plant import Program, free_port

JOB = "egpipe"
# How much faster the times of the rules are.
SPEED = 20


def faster(rules):
    """The rules with shorter times; a minute in an expression is written as 60 seconds."""
    seconds = {"s": 1, "m": 60, "h": 3600}

    def shorter(match):
        return f"{int(match[1]) * seconds[match[2]] * 1000 // SPEED}ms"

    rules = re.sub(r"(?<=for: )(\d+)([smh])\b", shorter, rules)
    return re.sub(r"(?<=\[)(\d+)([smh])(?=\])", shorter, rules).replace("* 60", f"* {60 // SPEED}")


class Receiver(http.server.ThreadingHTTPServer):
    """What an Alertmanager is for Prometheus: it is told of alerts, and keeps each with the times when it began to fire."""

    def __init__(self):
        # Of each set of labels.
        self.fired = {}
        super().__init__(("127.0.0.1", 0), Hook)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def take(self, told):
        for alert in told:
            self.fired.setdefault(tuple(sorted(alert["labels"].items())), set()).add(alert["startsAt"])


class Hook(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.take(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_):
        pass


class Prometheus(Program):
    """It asks every second, and so it judges."""

    def __init__(self, folder, receiver):
        self.port = free_port()
        self.targets = os.path.join(folder, "targets.json")
        self.watch([])
        rules = os.path.join(folder, "egpipe.rules.yml")
        with open(alerts.RULES) as file, open(rules, "w") as short:
            short.write(faster(file.read()))
        configuration = os.path.join(folder, "prometheus.yml")
        with open(configuration, "w") as file:
            json.dump({
                "global": {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"},
                "rule_files": [rules],
                "alerting": {"alertmanagers": [{"static_configs": [
                    {"targets": [f"127.0.0.1:{receiver.server_address[1]}"]}]}]},
                "scrape_configs": [{"job_name": JOB, "file_sd_configs": [
                    {"files": [self.targets], "refresh_interval": "1s"}]}],
            }, file)
        super().__init__(folder, "prometheus", find("prometheus"), f"--config.file={configuration}",
                         f"--storage.tsdb.path={folder}/prometheus", f"--web.listen-address=127.0.0.1:{self.port}",
                         "--log.level=warn")

    def watch(self, ports):
        """Lets it ask these ports."""
        with open(self.targets + ".new", "w") as file:
            json.dump([{"targets": [f"127.0.0.1:{port}" for port in ports]}], file)
        os.replace(self.targets + ".new", self.targets)

    def await_ready(self):
        if not until(lambda: self.ask("query", query="1") or not self.is_up) or not self.is_up:
            raise RuntimeError("Prometheus did not start: " + self.words())

    def ask(self, path, **parameters):
        """What its HTTP interface answers; None while it does not."""
        address = f"http://127.0.0.1:{self.port}/api/v1/{path}?{urllib.parse.urlencode(parameters)}"
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return json.load(answer)["data"]
        except urllib.error.HTTPError as error:
            if error.code == 503:  # It is still starting.
                return None
            raise RuntimeError(f"{parameters}: {error.read().decode()}") from None
        except OSError:
            return None

    def series(self, expression):
        return self.ask("query", query=expression)["result"]

    def alerts(self, *states):
        return [alert for alert in self.ask("alerts")["alerts"] if alert["state"] in states]
