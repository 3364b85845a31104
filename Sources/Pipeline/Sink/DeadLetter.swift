internal import Buckets
internal import Kafka
internal import System

/// A record that can never be written, with all that it came with.
struct DeadLetter {
  var topic: String
  var partition: Int32
  var offset: Int64
  /// Of the record, since 1970 UTC; nil if it has none.
  var milliseconds: Int64?
  var key: [UInt8]?
  var value: [UInt8]
  var headers: [KafkaProducer.Header]
  var reason: Unwritable
  /// What the value was before it was cut; nil for one that is whole.
  private(set) var whole: (size: Int, hash: String)?

  init(_ message: borrowing KafkaMessage, topic: String, reason: Unwritable) {
    self.topic = topic
    self.reason = reason
    partition = message.partition
    offset = message.offset
    milliseconds = message.milliseconds
    let (key, value) = message.withKeyAndValue { ($0.copied, $1.copied) }
    self.key = message.hasNullKey ? nil : key
    self.value = value
    var headers: [KafkaProducer.Header] = []
    message.forEachHeader { name, value in
      headers.append(.init(name: name.copied, value.copied))
    }
    self.headers = headers
  }

  var size: Int {
    value.count + (key?.count ?? 0)
      + headers.reduce(0) { $0 + $1.name.count + ($1.value?.count ?? 0) + 64 }
  }

  /// Takes off half of the value; when nothing is left of that, the record's own headers and its key.
  ///
  /// - Returns: Whether there was anything to take off.
  mutating func cut() -> Bool {
    if whole == nil { whole = (value.count, SHA256.hex(of: value)) }
    if !value.isEmpty {
      value.removeLast((value.count + 1) / 2)
      return true
    }
    guard !headers.isEmpty || key != nil else { return false }
    headers = []
    key = nil
    return true
  }

  /// The record's own headers, those that Kafka Connect adds for an error, and what a value was that is cut.
  func allHeaders(connector: String) -> [KafkaProducer.Header] {
    let errors = [
      ("topic", topic), ("partition", "\(partition)"), ("offset", "\(offset)"),
      ("connector.name", connector), ("task.id", "0"), ("stage", reason.stage),
      ("class.name", "egpipe.SinkStage"), ("exception.class.name", "egpipe.Unwritable"),
      ("exception.message", reason.description),
    ].map { ("__connect.errors.\($0.0)", $0.1) }
    let cut = whole.map { whole in
      [
        ("egpipe.cut.size", "\(whole.size)"), ("egpipe.cut.sha256", whole.hash),
        ("egpipe.cut.record", "\(topic)@\(partition):\(offset)"),
      ]
    }
    return headers
      + (errors + (cut ?? [])).map { KafkaProducer.Header($0.0, Array($0.1.utf8)) }
  }

  /// As the bucket keeps it.
  var kept: KeptLetter {
    var object: [UInt8] = []
    for header in headers {
      object.append(UInt8(ascii: object.isEmpty ? "{" : ","))
      JSONWriter.append(string: String(decoding: header.name, as: UTF8.self), to: &object)
      object.append(UInt8(ascii: ":"))
      if let value = header.value {
        JSONWriter.append(string: String(decoding: value, as: UTF8.self), to: &object)
      } else {
        JSONWriter.append("null", to: &object)
      }
    }
    JSONWriter.append(object.isEmpty ? "{}" : "}", to: &object)
    return KeptLetter(
      topic: topic,
      partition: partition,
      offset: offset,
      milliseconds: milliseconds,
      key: key,
      value: value,
      headers: object,
      reason: reason.description,
    )
  }
}
