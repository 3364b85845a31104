"""A few of Kafka's questions, by its protocol: what groups commit, and what happens to topics under them."""
import socket
import struct
import time

SUCCESS = 0


def table_of_checksums():
    table = []
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    return table


CHECKSUMS = table_of_checksums()


def crc32c(data):
    value = 0xFFFFFFFF
    for byte in data:
        value = value >> 8 ^ CHECKSUMS[(value ^ byte) & 0xFF]
    return value ^ 0xFFFFFFFF


def varint(number):
    """Zigzag, seven bits a byte, the lowest first."""
    number = number << 1 ^ number >> 63
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def text(value):
    return struct.pack(f">h{len(value)}s", len(value), value.encode())


def batch(count, producer=None):
    """Records of a batch, of chance values; of a transaction if there is a producer: its number and its epoch."""
    now = int(time.time() * 1000)
    records = b""
    for place in range(count):
        value = b'{"fuel":500}'
        record = b"\0" + varint(0) + varint(place) + varint(-1) + varint(len(value)) + value + varint(0)
        records += varint(len(record)) + record
    number, epoch = producer or (-1, -1)
    body = struct.pack(">hiqqqhii", 0x10 if producer else 0, count - 1, now, now, number, epoch,
                       0 if producer else -1, count) + records
    return struct.pack(">qiibI", 0, len(body) + 9, -1, 2, crc32c(body)) + body


class Kafka:
    """A connection to a cluster of one broker."""

    def __init__(self, address):
        host, _, port = address.rpartition(":")
        self.socket = socket.create_connection((host, int(port)), 10)
        self.count = 0

    def ask(self, kind, version, body):
        self.count += 1
        client = b"bench"
        header = struct.pack(f">hhih{len(client)}s", kind, version, self.count, len(client), client)
        request = header + body
        self.socket.sendall(struct.pack(">i", len(request)) + request)
        size, = struct.unpack(">i", self.read(4))
        return self.read(size)[4:]

    def read(self, size):
        data = b""
        while len(data) < size:
            more = self.socket.recv(size - len(data))
            if not more:
                raise ConnectionError("Kafka closed the connection")
            data += more
        return data

    def ends(self, topic, count):
        """The next offsets of partitions 0 to `count`."""
        body = struct.pack(">ii", -1, 1) + text(topic) + struct.pack(">i", count)
        body += b"".join(struct.pack(">iq", place, -1) for place in range(count))
        answer = self.ask(2, 1, body)
        at = 4 + len(text(topic)) + 4
        found = [struct.unpack_from(">ihqq", answer, at + 22 * place) for place in range(count)]
        return {place: offset for place, error, _, offset in found if error == SUCCESS}

    def commit(self, group, topic, offsets):
        """Commits as a consumer does that chose its partitions itself; whether all of it was taken."""
        body = text(group) + struct.pack(">i", -1) + text("") + struct.pack(">qi", -1, 1)
        body += text(topic) + struct.pack(">i", len(offsets))
        body += b"".join(struct.pack(">iqh", place, offset, -1) for place, offset in offsets.items())
        answer = self.ask(8, 2, body)
        at = 4 + len(text(topic)) + 4
        return all(struct.unpack_from(">ih", answer, at + 6 * place)[1] == SUCCESS for place in range(len(offsets)))

    def coordinator(self, name, of_transactions=False):
        """Has the coordinator of a group, or of a producer's transactions, be there; whether it is."""
        return self.ask(10, 1, text(name) + struct.pack(">b", of_transactions))[4:6] == b"\0\0"

    def produce(self, topic, partition, count, transaction=None):
        """Writes records; the offset of the first, or None if they were refused. A transaction is its name and producer."""
        name, producer = transaction or (None, None)
        data = batch(count, producer)
        body = text(name) if name else struct.pack(">h", -1)
        body += struct.pack(">hii", -1, 5_000, 1) + text(topic) + struct.pack(">iii", 1, partition, len(data)) + data
        answer = self.ask(0, 3, body)
        _, error, offset = struct.unpack_from(">ihq", answer, 4 + len(text(topic)) + 4)
        return offset if error == SUCCESS else None

    def begin(self, name, topic, partition):
        """Begins a transaction on a partition that nobody ends; what `produce` needs of it."""
        until(lambda: self.coordinator(name, of_transactions=True), "coordinator of transactions")

        def producer():
            _, error, *producer = struct.unpack_from(">ihqh", self.ask(22, 0, text(name) + struct.pack(">i", 600_000)))
            return error == SUCCESS and tuple(producer)

        found = until(producer, "producer of transactions")
        body = text(name) + struct.pack(">qhi", *found, 1) + text(topic) + struct.pack(">ii", 1, partition)
        until(lambda: self.ask(24, 0, body)[-2:] == b"\0\0", "transaction")
        return name, found

    def create(self, topic, partitions):
        """Whether a topic could be made."""
        body = struct.pack(">i", 1) + text(topic) + struct.pack(">ihii", partitions, 1, 0, 0)
        answer = self.ask(19, 2, body + struct.pack(">ib", 10_000, 0))
        return struct.unpack_from(">h", answer, 8 + len(text(topic)))[0] == SUCCESS

    def delete(self, topic):
        """Whether a topic could be deleted."""
        answer = self.ask(20, 1, struct.pack(">i", 1) + text(topic) + struct.pack(">i", 10_000))
        return struct.unpack_from(">h", answer, 8 + len(text(topic)))[0] == SUCCESS

    def delete_records(self, topic, partition, before):
        """Deletes the records of a partition before an offset."""
        body = struct.pack(">i", 1) + text(topic) + struct.pack(">iiqi", 1, partition, before, 10_000)
        error, = struct.unpack(">h", self.ask(21, 0, body)[-2:])
        if error != SUCCESS:
            raise RuntimeError(f"Kafka deletes no records of {topic}: error {error}")


def until(answer, what, seconds=30):
    """Asks until something is so, and gives it."""
    deadline = time.monotonic() + seconds
    while not (found := answer()):
        if time.monotonic() > deadline:
            raise RuntimeError(f"Kafka has no {what} in {seconds} s")
        time.sleep(0.1)
    return found
