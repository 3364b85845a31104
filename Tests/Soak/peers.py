"""Programs of other people, real: Telegraf from MQTT to Kafka, Kafka Connect's schema envelope, a broker of low limits."""
import contextlib
import json
import os
import shutil
import subprocess
import tempfile

from kill import kafka_script
from places import find, read, until
from plant import Program, RealKafka, free_port, listens

FLEET = 200
# What the broker grants: no QoS 2, 20 messages in flight, packets of 4 kB, sessions of a minute.
BROKER = """
listeners: [{type: tcp, id: t1, address: "127.0.0.1:PORT"}]
hooks: {auth: {allow_all: true}}
logging: {level: WARN}
options:
  capabilities: {maximum_clients: 10000, maximum_qos: 1, retain_available: 1, receive_maximum: 20, maximum_inflight: 20,
    maximum_client_writes_pending: 8192, maximum_message_expiry_interval: 86400, maximum_session_expiry_interval: 60,
    maximum_packet_size: 4096, minimum_protocol_version: 3, topic_alias_maximum: 100, shared_sub_available: 1,
    wildcard_sub_available: 1, sub_id_available: 1}
"""
TELEGRAF = """
[agent]
  interval = "1s"
  flush_interval = "1s"
  hostname = "gw1"
"""
INPUT = """
[[inputs.mqtt_consumer]]
  servers = ["tcp://127.0.0.1:PORT"]
  topics = ["site/+"]
  qos = 1
  client_id = "FORMAT"
  data_format = "FORMAT"
  name_override = "FORMAT"
"""
# Takes the message as it is, with its words and booleans.
OBJECT = """
  [[inputs.mqtt_consumer.json_v2]]
    [[inputs.mqtt_consumer.json_v2.object]]
      path = "@this"
"""
OUTPUT = """
[[outputs.kafka]]
  brokers = ["ADDRESS"]
  topic = "telegraf_FORMAT"
  data_format = "json"
  namepass = ["FORMAT"]
"""
SOURCES = """
sources:
  - { profile: telegraf, name: json, kafka: [telegraf_json] }
  - { profile: telegraf, name: v2, kafka: [telegraf_json_v2], id: "v2-{$.tags.topic:2}" }
  - kafka: [connect]
    id: "{$.payload.id}"
    metrics: { fuel: { path: $.payload.fuel, unit: "%" }, batteryVoltage: $.payload.battery_voltage }
  - topics: [site/+]
    id: "{2}"
    metrics: { fuel: { path: $.fuel, unit: "%" } }
"""
SAMPLE = {"id": "c1", "fuel": 61, "load": 40, "battery_voltage": 27.1, "running": True}


def peer_script(kafka):
    """The program beside that of Kafka which runs Telegraf and Mochi; None without it."""
    script = os.path.join(os.path.dirname(kafka), "peer")
    return script if os.access(script, os.X_OK) else None


def write(folder, name, text):
    path = os.path.join(folder, name)
    with open(path, "w") as file:
        file.write(text)
    return path


class Plant:
    def __init__(self, plan, kafka, peer, folder, stack):
        self.plan, self.folder, self.stack = plan, folder, stack
        self.kafka = stack.enter_context(RealKafka(folder, kafka))
        self.port = free_port()
        self.run_broker(peer)
        self.kafka.await_address()
        for topic in ("telegraf_json", "telegraf_json_v2", "connect", "emergency_generators"):
            subprocess.run([kafka, "run", self.kafka.data, "topics", "--create", "--topic", topic, "--partitions", "4"],
                           check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.sources = write(folder, "sources.yaml", SOURCES)
        self.run("telegraf", peer, "telegraf", "--config", write(folder, "telegraf.conf", self.telegraf()))
        self.lines = write(folder, "lines", "")
        connector = f"name=lines\nconnector.class=FileStreamSource\nfile={self.lines}\ntopic=connect\ntasks.max=1\n"
        self.run("connect", kafka, "connect", self.kafka.data, write(folder, "lines.properties", connector),
                 "value.converter=org.apache.kafka.connect.json.JsonConverter", "value.converter.schemas.enable=true")
        self.publisher = stack.enter_context(contextlib.closing(self.publish()))

    def run(self, name, *command):
        return self.stack.enter_context(Program(self.folder, name, *command))

    def run_broker(self, peer):
        broker = self.run("mochi", peer, "mochi", "--config", write(self.folder, "mochi.yaml", BROKER.replace("PORT", str(self.port))))
        if not until(lambda: listens(self.port)):
            raise RuntimeError("the broker did not start: " + broker.words())

    def telegraf(self):
        text = TELEGRAF + INPUT.replace("FORMAT", "json") + INPUT.replace("FORMAT", "json_v2") + OBJECT
        text += OUTPUT.replace("FORMAT", "json_v2") + OUTPUT.replace("FORMAT", "json")
        return text.replace("PORT", str(self.port)).replace("ADDRESS", self.kafka.address)

    def publish(self):
        """Sends a sample by MQTT and into the file of Kafka Connect each time that it is asked."""
        while True:
            subprocess.run([find("mosquitto_pub"), "-p", str(self.port), "-q", "1", "-t", "site/g4", "-m", json.dumps(SAMPLE)],
                           check=True)
            with open(self.lines, "a") as file:
                file.write(json.dumps(SAMPLE) + "\n")
            yield

    def generators(self, *words):
        """What egtop shows, by id, while samples come."""
        look = subprocess.Popen([self.plan.egtop, "--once", "--json", "--settle", "6s", *words], text=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        while True:
            next(self.publisher)
            with contextlib.suppress(subprocess.TimeoutExpired):
                shown = json.loads(look.communicate(timeout=1)[0])["generators"]
                return {one["id"]: {name: value for name, value in one.items() if value is not None} for one in shown}


def peers(plan):
    """Runs it all and prints a line for each thing; the number of those that are not as they have to be."""
    kafka = kafka_script()
    peer = kafka and peer_script(kafka)
    if not peer or not find("mosquitto_pub"):
        print("left out: an Apache Kafka, Telegraf and Mochi have to be at hand (EGTOP_SHARED, see .ci/run)")
        return 0
    failures = 0

    def report(is_well, words):
        nonlocal failures
        failures += not is_well
        print(f"{'ok' if is_well else 'FAIL':6}{words}", flush=True)
    folder = tempfile.mkdtemp(prefix="egtop-soak-")
    try:
        with contextlib.ExitStack() as stack:
            plant = Plant(plan, kafka, peer, folder, stack)
            mqtt = ["--mqtt", f"127.0.0.1:{plant.port}"]
            found = {}

            def sees(names):
                found.update(plant.generators("-c", plant.sources, "--kafka", plant.kafka.address))
                return all(found.get(name, {}).get("batteryVoltage") == 27.1 for name in names)
            until(lambda: sees(["g4", "v2-g4", "c1"]), 90)
            for name, words in (("g4", "Telegraf's json"), ("v2-g4", "Telegraf's json_v2"), ("c1", "Kafka Connect's schema envelope")):
                report(found.get(name, {}).get("fuel") == 61, f"{words}: {found.get(name) or 'nothing came'}")
            report(found.get("v2-g4", {}).get("running") == 1, "Telegraf's json_v2 keeps booleans")
            one = plant.generators("-c", plant.sources, *mqtt, "--mqtt-qos", "2").get("g4", {})
            report(one.get("fuelPercent") == 61, f"a broker of low limits, read with the QoS that it has: {one or 'nothing came'}")
            bridge = plant.run("bridge", plan.egpipe, "bridge", *mqtt, "--mqtt-version", "5", "--kafka",
                               plant.kafka.address)
            until(lambda: b"connected to the MQTT broker" in read(bridge.log))
            report(b"seconds=60" in read(bridge.log), "the bridge tells that sessions are kept for 60 s")
            plant.run("simulate", plan.egpipe, "simulate", *mqtt, "--generators", str(FLEET), "--interval", "1s")
            count = len(plant.generators(*mqtt))
            report(count == FLEET, f"{count} of {FLEET} generators of a simulator are shown")
            report(bridge.is_up and b"level=error" not in read(bridge.log), "the bridge goes on without an error")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return failures
