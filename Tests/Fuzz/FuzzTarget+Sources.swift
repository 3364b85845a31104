internal import Decoding
internal import Model

extension FuzzTarget {
  /// Messages read by sources of every kind, and what a configuration says of them.
  static func sources(_ corpus: Corpus) -> [FuzzTarget] {
    let kinds = kinds()
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
