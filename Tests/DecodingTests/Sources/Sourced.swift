import Decoding
import Model
import Testing

/// 2026-11-30 12:00:00 UTC, wall nanoseconds.
let noon: Int64 = 1_796_040_000_000_000_000

/// Reads texts by sources, and says what was found.
struct Sourced {
  let decoder: SourceDecoder

  init(_ sources: Source...) { decoder = SourceDecoder(sources) }

  @discardableResult
  func decode(_ topic: String, _ payload: String, now: Int64 = noon) -> SourceOutcome {
    decoder.decode(topic: Array(topic.utf8).span, payload: Array(payload.utf8).span, now: now)
  }

  @discardableResult
  func record(
    _ key: String,
    _ value: String,
    topic: String = "raw",
    headers: [String: String] = [:]
  ) -> SourceOutcome {
    decoder.decode(
      key: Array(key.utf8).span,
      payload: Array(value.utf8).span,
      kafkaTopic: topic,
      now: noon,
    ) { headers[$0].map { Array($0.utf8) } }
  }

  var findings: [SourceFinding] { decoder.findings }

  var reading: Reading? { findings.first?.reading }

  var ids: [String] {
    findings.map { String(decoding: decoder.identifier(of: $0), as: UTF8.self) }
  }

  var regions: [String] {
    findings.map { String(decoding: decoder.region(of: $0), as: UTF8.self) }
  }
}

/// A source as a test wants it.
func source(
  _ topics: [String] = ["gensets/+/state"],
  id: String = "{2}",
  name: String = "test",
  _ change: (inout Source) throws -> Void = { _ in }
) throws -> Source {
  var source = Source(name: name, id: try TextTemplate(id))
  source.topics = topics
  try change(&source)
  return source
}

extension Source {
  /// Adds a metric with its places.
  mutating func add(_ metric: Metric, _ places: ValuePlace...) {
    metrics.append(MetricSource(metric, places))
  }
}

/// A place by a path or a topic as the configuration writes them.
func place(
  _ path: String? = nil,
  topic: String? = nil,
  unit: String? = nil,
  _ change: (inout ValuePlace) -> Void = { _ in }
) throws -> ValuePlace {
  var place = ValuePlace(topic: topic, path: try path.map { try JSONPath($0) })
  place.unit = try unit.map { try #require(SourceUnit($0)) }
  change(&place)
  return place
}

extension Metric {
  /// The row of a wire name; nil if there is none.
  init?(wireName: String) {
    guard let metric = Self.allCases.first(where: { $0.wireName == wireName }) else { return nil }
    self = metric
  }
}
