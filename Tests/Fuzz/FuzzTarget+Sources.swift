internal import Decoding
internal import Model

extension FuzzTarget {
  /// Messages read by sources of every kind, and what a configuration says of them.
  static func sources(_ corpus: Corpus) -> [FuzzTarget] {
    let kinds = kinds()
    let sparkplug = SourceDecoder([node])
    let births = corpus["sparkplug"].map(bytes)
    let birth = Array((births.first ?? []).dropFirst())
    let flat = SourceDecoder(kinds)
    let topics = SourceDecoder(kinds)
    let messages = corpus["payloads"] + corpus["records"] + corpus["lines"]
    let places = ["flat/g1", "each/g1", "members/g1", "value/g1/tank/Level", "value/g1/status"].map
    {
      Array($0.utf8)
    }
    return [
      FuzzTarget(name: "sources", share: 40, corpus: messages) { input in
        for topic in places {
          look(flat, flat.decode(topic: topic.span, payload: input.span, now: now))
        }
        let key = input.span
        look(flat, flat.decode(key: key, payload: key, kafkaTopic: "raw", now: now) { _ in input })
      },
      FuzzTarget(name: "source topics", share: 10, corpus: corpus["topics"] + messages) { input in
        look(topics, topics.decode(topic: input.span, payload: input.span, now: now))
        let below = Array("value/g1/".utf8) + input
        look(topics, topics.decode(topic: below.span, payload: input.span, now: now))
      },
      FuzzTarget(name: "sparkplug", share: 20, corpus: births) { input in
        // All but the first byte, which chooses the topic, is the payload.
        let topic = nodeTopics[Int(input.first ?? 0) % nodeTopics.count]
        let payload = Array(input.dropFirst())
        look(sparkplug, sparkplug.decode(topic: topic.span, payload: payload.span, now: now))
        _ = sparkplug.takeBirthRequests(at: now)
      },
      FuzzTarget(name: "sparkplug topics", share: 5, corpus: corpus["topics"]) { input in
        let below = Array("spBv1.0/".utf8) + input
        look(sparkplug, sparkplug.decode(topic: below.span, payload: birth.span, now: now))
      },
      FuzzTarget(name: "source texts", share: 2, corpus: corpus["lines"] + corpus["settings"]) {
        let text = String(decoding: $0, as: UTF8.self)
        _ = (try? JSONPath(text)).map { SourceDecoder([source("path", path: $0)]) }
        _ = try? TextTemplate(text)
        _ = SourceUnit(text)
        var timed = source("time", path: JSONPath([.member("v")]))
        timed.time = SourceTime(path: JSONPath([.member("ts")]))
        timed.time?.format = text
        let payload = Array(#"{"v": 1, "ts": "2026-01-05 13:20:11"}"#.utf8)
        let topic = Array("time/g1".utf8)
        _ = SourceDecoder([timed]).decode(topic: topic.span, payload: payload.span, now: now)
      },
    ]
  }

  /// Asks for all that a decoder says of a message.
  static func look(_ decoder: SourceDecoder, _ outcome: SourceOutcome) {
    switch outcome {
    case .understood: precondition(!decoder.findings.isEmpty)
    case .passed: precondition(decoder.findings.isEmpty)
    case .ignored(let reason), .rejected(let reason): _ = reason.description
    }
    for finding in decoder.findings {
      let id = decoder.identifier(of: finding)
      precondition(!id.isEmpty && id.count <= 64 * 8)
      precondition(decoder.region(of: finding).count <= 64 * 8)
    }
  }

  private static func source(_ name: String, path: JSONPath) -> Source {
    var source = Source(name: name, id: TextTemplate([.value(.topic, level: 2)]))
    source.topics = ["\(name)/+"]
    source.metrics = Metric.allCases.map { metric in
      MetricSource(
        metric,
        [ValuePlace(path: path), ValuePlace(path: JSONPath([.member(metric.wireName)]))]
      )
    }
    return source
  }

  /// A source of Sparkplug that may ask for births.
  private static var node: Source {
    var source = Source(name: "node", id: TextTemplate((2...5).map { .value(.topic, level: $0) }))
    source.sparkplug = SparkplugRule()
    source.sparkplug?.asksForBirths = true
    source.topics = SparkplugRule().filters
    source.time = SourceTime(path: JSONPath())
    source.time?.name = "Uptime"
    var names = ["Fuel Level", "Battery Voltage", "Coolant Temperature", "Running", "Run Hours"]
    names += ["Oil Pressure", "Note"]
    source.metrics = Metric.allCases.enumerated().map { place, metric in
      MetricSource(
        metric,
        [0, 1].map { shift in
          var value = ValuePlace()
          value.name = names[(place + shift) % names.count]
          return value
        }
      )
    }
    return source
  }

  private static let nodeTopics = [
    "NBIRTH/gw7", "DBIRTH/gw7/gen-1", "DDATA/gw7/gen-1", "NDATA/gw7", "DDEATH/gw7/gen-1",
    "NDEATH/gw7", "DBIRTH/gw8/gen-2",
  ].map { Array("spBv1.0/plant/\($0)".utf8) }

  /// Bytes that the corpus has in hexadecimal digits.
  private static func bytes(_ line: [UInt8]) -> [UInt8] {
    let digits = Array(String(decoding: line, as: UTF8.self))
    return stride(from: 0, to: digits.count - 1, by: 2)
      .compactMap { UInt8(String(digits[$0...$0 + 1]), radix: 16) }
  }

  private static func kinds() -> [Source] {
    let value = JSONPath([.member("value")])
    var flat = source("flat", path: value)
    flat.region = TextTemplate([
      .value(.path(JSONPath([.member("tags"), .member("host")])), level: 1)
    ])
    flat.time = SourceTime(path: JSONPath([.member("ts")]))
    flat.time?.zone = "Europe/Berlin"
    flat.hasDecimalComma = true
    flat.presence = [PresenceSource(topic: "flat/+")]
    var each = source("each", path: JSONPath([.member("fields"), .member("fuel")]))
    each.each = JSONPath([.member("metrics"), .all])
    each.kafkaTopics = ["raw"]
    each.id = TextTemplate([
      .value(.header("h"), level: nil),
      .value(.path(JSONPath([.elementWhere(name: "name", is: "x")])), level: nil),
    ])
    each.rename = ["g1": "g2"]
    var members = source("members", path: value)
    members.each = JSONPath([.allMembers])
    members.id = TextTemplate([.value(.topic, level: 2), .value(.name, level: nil)])
    members.time = SourceTime(path: JSONPath([.member("ts")]))
    var topics = source("value", path: value)
    topics.topics = ["value/+/#"]
    topics.condition = SourceCondition(topic: "tank/FluidType", values: ["0"])
    topics.metrics += [
      MetricSource(.fuel, [ValuePlace(topic: "tank/Level"), ValuePlace(topic: "+/+")]),
      MetricSource(.tank, [ValuePlace(topic: "tank/Capacity")]),
    ]
    topics.presence = [PresenceSource(topic: "value/+/status")]
    topics.presence[0].covers = TextTemplate([.value(.topic, level: 2), .text("-*")])
    return [flat, each, members, topics]
  }
}
