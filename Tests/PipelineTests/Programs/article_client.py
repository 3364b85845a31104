"""Publishes as the article's simulator does: paho 1.6, no network loop.

  article_client.py PORT COUNT SECONDS ID ...

So each client sends its first PUBLISH behind its CONNECT without waiting for the CONNACK, never pings, never reads,
has no will, and never says goodbye: at the end its sockets just close.
"""
import json
import os
import random
import sys
import time

import paho.mqtt.client as mqtt

port, count, seconds, ids = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), sys.argv[4:]
clients = []
for name in ids:
    client = mqtt.Client(name)
    client.connect("127.0.0.1", port, 45)
    clients.append((name, client, round(random.uniform(25, 48), 5), round(random.uniform(-120, -70), 5)))
for number in range(count):
    for name, client, latitude, longitude in clients:
        sample = {"generatorID": name, "lat": latitude, "lon": longitude, "temperature": 186,
                  "power": 186, "load": 2, "fuel": 1000 - number}
        client.publish("emergency_generator/" + name, json.dumps(sample))
    time.sleep(seconds)
# Python would close in order, if at all.
os._exit(0)
