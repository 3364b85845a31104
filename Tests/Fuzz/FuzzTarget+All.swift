internal import Dashboard
internal import Decoding
internal import FoundationEssentials
internal import JSON
internal import MQTT
internal import Model
internal import Panes
internal import Patterns
internal import Terminal
internal import YAML

@testable internal import Buckets
@testable internal import Curses
@testable internal import Pipeline
@testable internal import Report
@testable internal import Settings

extension FuzzTarget {
  /// Every parser of what comes from outside.
  static func all(_ corpus: Corpus) -> [FuzzTarget] {
    messages(corpus) + sources(corpus) + announcements(corpus) + texts(corpus) + [recording(corpus)]
  }

  /// The time of the messages: 2026, in nanoseconds.
  static let now: Int64 = 1_795_356_207_000_000_000

  private static func messages(_ corpus: Corpus) -> [FuzzTarget] {
    let (payloads, records) = (corpus["payloads"], corpus["records"])
    let topic = Array("sites/north/genset/g1/state".utf8)
    let raw = RawDecoder(filters: [TopicFilter("sites/+/genset/+/state")])
    let enriched = EnrichedDecoder()
    let presence = PresenceDecoder(rule: .standard)
    let texts = MessageText()
    return [
      FuzzTarget(name: "sample", share: 30, corpus: payloads) { input in
        _ = raw.decode(topic: topic.span, payload: input.span)
        _ = raw.decode(key: input.span, payload: input.span)
      },
      FuzzTarget(name: "record", share: 30, corpus: records) { input in
        _ = enriched.decode(key: topic.span, value: input.span, now: now)
      },
      FuzzTarget(name: "presence", share: 10, corpus: payloads + corpus["topics"]) { input in
        _ = presence.decode(topic: input.span, payload: input.span)
      },
      FuzzTarget(name: "point", share: 20, corpus: payloads + records, read: pointReader()),
      FuzzTarget(name: "message text", share: 5, corpus: payloads) { input in
        _ = texts.message(
          of: 0,
          .mqtt,
          topic: input.span,
          payload: input.span,
          fingerprint: 0,
          receivedAt: now,
        )
      },
    ]
  }

  private static func pointReader() -> ([UInt8]) -> Void {
    var decoder = SinkDecoder(measurement: "genData", timeField: "time")
    var series = SeriesTable()
    return { input in
      if decoder.isFull { series = SeriesTable() }
      _ = try? decoder.point(
        input.span,
        input.span,
        milliseconds: -1,
        now: now,
        series: series,
      )
    }
  }

  private static func texts(_ corpus: Corpus) -> [FuzzTarget] {
    let (topics, lines, settings) = (corpus["topics"], corpus["lines"], corpus["settings"])
    let topic = Array("sites/north/genset/g1/state".utf8)
    return [
      FuzzTarget(name: "topic filter", share: 20, corpus: topics) { input in
        let filter = TopicFilter(text(input))
        _ = filter.matches(topic.span)
        _ = filter.identifier(in: input.span)
        _ = MQTTTopicFilter(text(input))
      },
      FuzzTarget(name: "time", share: 10, corpus: lines) { input in
        _ = RecordTime.nanoseconds(text: input.span, now: now)
      },
      FuzzTarget(name: "scrub", share: 5, corpus: lines) { input in
        _ = Scrub.text(input.span)
      },
      FuzzTarget(name: "topic rules", share: 5, corpus: lines) { input in
        _ = try? TopicMap(text(input)).matcher().match(topic.span)
      },
      FuzzTarget(name: "fleet filter", share: 10, corpus: lines) { input in
        _ = try? FleetFilter(text(input), unit: "L")
      },
      FuzzTarget(name: "configuration", share: 5, corpus: settings) { input in
        _ = try? ConfigurationFile(
          path: "fuzz.yaml",
          text: lineBreaks(input),
          home: nil,
          files: .system,
        )
      },
      FuzzTarget(name: "inventory", share: 5, corpus: settings) { input in
        _ = try? Inventory.entries(yaml: lineBreaks(input), path: "fuzz.yaml")
        _ = try? Inventory.entries(csv: lineBreaks(input), path: "fuzz.csv")
      },
      FuzzTarget(name: "regions", share: 3, corpus: settings) { input in
        _ = try? RegionTable(yaml: lineBreaks(input), path: "fuzz.yaml")
      },
      FuzzTarget(name: "keys", share: 10, corpus: lines) { input in
        var keys = KeyDecoder()
        _ = keys.decode(input)
        _ = keys.expire()
      },
    ]
  }

  /// Events as a recording has them, one after the other into one state, and what is drawn and told of it.
  private static func recording(_ corpus: Corpus) -> FuzzTarget {
    let events = corpus["events"]
    let decoder = JSONDecoder()
    // A fleet that there is something to tell of.
    let begin = events.compactMap { RecordingReader.event($0, decoder) }
    func opened() -> DashboardState {
      var state = DashboardState(DashboardOptions())
      for event in begin { _ = state.apply(event) }
      return state
    }
    var (state, count) = (opened(), 0)
    return FuzzTarget(name: "recording", share: 3, corpus: events, round: 1, changesNumbers: true) {
      input in
      guard let event = RecordingReader.event(input, decoder) else { return }
      count += 1
      if count.isMultiple(of: 50) { state = opened() }
      _ = state.apply(event)
      _ = state.apply(Event(.frame, at: event.stamp))
      _ = drawDashboard(state, glyphs: .unicode)
      _ = FleetReport(state)
    }
  }

  private static func text(_ input: [UInt8]) -> String { String(decoding: input, as: UTF8.self) }

  /// A text of several lines: the corpus has `␤` where a line ends.
  private static func lineBreaks(_ input: [UInt8]) -> String {
    text(input).replacing("␤", with: "\n")
  }
}
