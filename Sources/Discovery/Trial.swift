internal import Decoding
internal import Model

/// What sources make of the messages that were heard.
struct Trial {
  /// The last value of each metric, by generator.
  private(set) var values: [String: [Metric: Double]] = [:]
  private(set) var sessions: Set<String> = []
  /// Messages that were understood, and those that a source has but could not read.
  private(set) var understood = 0
  private(set) var failed = 0
  private(set) var reason: String?
  /// The places of the messages that were understood.
  private(set) var places: Set<Int> = []

  /// Reads messages, all of them or those that are chosen.
  init(
    _ sources: [Source],
    _ messages: [HeardMessage],
    now: Int64,
    of isChosen: (HeardMessage) -> Bool = { _ in true }
  ) {
    let decoder = SourceDecoder(sources)
    for (place, message) in messages.enumerated() where isChosen(message) {
      let topic = Array(message.topic.utf8)
      switch decoder.decode(topic: topic.span, payload: message.payload.span, now: now) {
      case .understood:
        understood += 1
        places.insert(place)
        take(decoder)
      case .rejected(let why):
        failed += 1
        reason = reason ?? "\(Scrub.text(message.topic)): \(why)"
      case .ignored, .passed: break
      }
    }
  }

  private mutating func take(_ decoder: SourceDecoder) {
    for finding in decoder.findings {
      let id = Scrub.text(decoder.identifier(of: finding).span)
      if case .presence = finding.kind {
        sessions.insert(id)
        continue
      }
      for metric in Metric.allCases {
        guard let value = finding.reading[metric] else { continue }
        values[id, default: [:]][metric] = value
      }
    }
  }

  /// How many values of how many generators are known; the tank's own are not counted.
  var pairs: Int {
    values.values.reduce(0) { $0 + $1.keys.count { $0 != .tank && $0 != .refuelMark } }
  }

  /// The same of some generators.
  func pairs(of ids: Set<String>) -> Int {
    ids.reduce(0) { sum, id in
      sum + (values[id] ?? [:]).keys.count { $0 != .tank && $0 != .refuelMark }
    }
  }

  /// Whether all values can be those of generators.
  var isPlausible: Bool {
    values.values.allSatisfy { values in
      values.allSatisfy { metric, value in
        switch metric {
        case .batteryVoltage: (5...65).contains(value)
        case .frequency: value == 0 || (30...75).contains(value)
        case .temperature: (-50...200).contains(value)
        case .voltage: value == 0 || value > 20
        default: true
        }
      }
    }
  }

  /// Whether something is known that only generators have.
  var hasGenerators: Bool {
    values.values.contains { $0[.fuel] != nil || $0[.oilPressure] != nil || $0[.runHours] != nil }
  }
}
