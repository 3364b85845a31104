internal import Decoding
internal import Model

extension FuzzTarget {
  /// Announcements of Home Assistant, their templates, and the states of what they announce.
  static func announcements(_ corpus: Corpus) -> [FuzzTarget] {
    var source = Source(name: "homeassistant", id: TextTemplate([]))
    source.homeAssistant = HomeAssistantRule()
    source.homeAssistant?.entities = [EntityRule("*fuel*", .fuel, unit: SourceUnit("L"))]
    let decoder = SourceDecoder([source])
    let topics = [
      "sensor/g1/fuel", "binary_sensor/g1/running", "device_tracker/g1/gps", "device/g1",
    ]
    .map { Array("homeassistant/\($0)/config".utf8) }
    let messages = corpus["announcements"] + corpus["payloads"]
    return [
      FuzzTarget(name: "announcements", share: 20, corpus: messages) { input in
        for topic in topics {
          look(decoder, decoder.decode(topic: topic.span, payload: input.span, now: now))
        }
        follow(decoder, input)
      },
      FuzzTarget(name: "announcement templates", share: 5, corpus: corpus["templates"]) { input in
        let head =
          #"{"name": "Fuel level", "unit_of_meas": "%", "stat_t": "a/b", "dev": {"ids": ["g1"]}, "val_tpl": ""#
        let text = Array(head.utf8) + input.filter { $0 != UInt8(ascii: "\"") } + Array("\"}".utf8)
        let topic = topics[0]
        look(decoder, decoder.decode(topic: topic.span, payload: text.span, now: now))
        follow(decoder, Array(#"{"value": 61, "a": {"b": "61 %"}}"#.utf8))
      },
    ]
  }

  /// Sends something to all that is wanted, which has to stay within bounds.
  private static func follow(_ decoder: SourceDecoder, _ payload: [UInt8]) {
    let wanted = decoder.wantedTopics
    precondition(wanted.count <= 4 * (16 + Metric.allCases.count))
    for topic in wanted.map({ Array($0.utf8) }) {
      let isWanted = decoder.isWanted(topic.span)
      precondition(isWanted && topic.count <= 512)
      look(decoder, decoder.decode(topic: topic.span, payload: payload.span, now: now))
    }
    _ = decoder.takeTopicNews()
  }
}
