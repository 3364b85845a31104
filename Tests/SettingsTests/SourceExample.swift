import Decoding
import Model
import TestSupport

/// Messages, and what is known of the generators after them, as a page shows it.
///
///     generators/north/generator/Maintenance/Fuel Level Sensor   61 %
///     => north: fuel 61, tank 100, refuelMark 50
///
/// Payloads of Sparkplug are written as `SparkplugPayload` reads them. Three blanks stand between a topic and its payload. A record of Kafka begins with `kafka TOPIC`, and may go on with
/// `key=…` and with headers, `name=value`. Behind an id may stand its session: `=> north online`.
struct SourceExample {
  private var messages: [(place: String, payload: String)] = []
  /// The lines behind `=>`, in order.
  private(set) var expected: [String] = []

  init(_ text: String) {
    for line in text.split(separator: "\n") {
      if line.hasPrefix("=> ") {
        expected.append(String(line.dropFirst(3)))
      } else if let gap = line.firstRange(of: "   ") {
        // A topic may end in a blank.
        let payload = line[gap.upperBound...].drop { $0 == " " }
        let topic = line[..<payload.startIndex].dropLast(3)
        messages.append((String(topic), String(payload)))
      } else {
        messages.append((String(line), ""))
      }
    }
    expected.sort()
  }

  var isEmpty: Bool { messages.isEmpty || expected.isEmpty }

  /// What is known when all have been read, in the words of ``expected``.
  func found(by sources: [Source]) -> [String] {
    let decoder = SourceDecoder(sources)
    var generators: [String: Known] = [:]
    let own = sources.flatMap(\.metrics).filter { $0.named != nil }.map { ($0.metric, $0.name) }
    let names = Dictionary(own, uniquingKeysWith: { first, _ in first })
    for message in messages {
      let isSparkplug = message.place.contains("spBv1.0/")
      let payload =
        isSparkplug ? SparkplugPayload.bytes(message.payload) : Array(message.payload.utf8)
      guard case .understood = decode(message.place, payload, decoder) else { continue }
      for finding in decoder.findings {
        let id = String(decoding: decoder.identifier(of: finding), as: UTF8.self)
        let region = String(decoding: decoder.region(of: finding), as: UTF8.self)
        generators[id, default: Known()].take(finding, region)
      }
    }
    return generators.map { "\($0.key)\($0.value.words(names))" }.sorted()
  }

  private func decode(
    _ place: String,
    _ payload: [UInt8],
    _ decoder: SourceDecoder
  ) -> SourceOutcome {
    let now: Int64 = 1_767_619_260_000_000_000
    guard place.hasPrefix("kafka ") else {
      return decoder.decode(topic: Array(place.utf8).span, payload: payload.span, now: now)
    }
    let words = place.split(separator: " ").dropFirst().map(String.init)
    func said(_ name: String) -> [UInt8]? {
      let word = words.dropFirst().first { $0.hasPrefix(name + "=") }
      return word.map { Array($0.utf8.dropFirst(name.utf8.count + 1)) }
    }
    let key = said("key") ?? []
    return decoder.decode(
      key: key.span,
      payload: payload.span,
      kafkaTopic: words[0],
      now: now,
      header: said
    )
  }

  /// What is known of one generator.
  private struct Known {
    var reading = Reading()
    var session = ""
    var region = ""
    var time: Int64?

    mutating func take(_ finding: SourceFinding, _ region: String) {
      if !region.isEmpty { self.region = region }
      switch finding.kind {
      case .presence(.alive): session = " online"
      case .presence(.lastWill): session = " offline"
      case .presence(.disconnected): session = " disconnected"
      case .presence(.cleared): session = ""
      case .sample, .values:
        time = finding.time ?? time
        for metric in Self.metrics {
          if let value = finding.reading[metric] { reading[metric] = value }
          if finding.cleared & 1 << metric.rawValue != 0 { reading[metric] = nil }
        }
      }
    }

    private static let metrics =
      Metric.builtIn + (0..<NamedMetric.most).compactMap(NamedMetric.metric)

    /// With the names that the user has given.
    func words(_ names: [Metric: String]) -> String {
      let values = Self.metrics.compactMap { metric in
        reading[metric].map { "\(names[metric] ?? metric.wireName) \(Self.text($0))" }
      }
      let region = region.isEmpty ? "" : " of \(region)"
      let time = time.map { " at \($0 / 1_000_000_000)" } ?? ""
      let all = values.isEmpty ? "" : ": " + values.joined(separator: ", ")
      return region + session + time + all
    }

    /// With two decimals at most.
    private static func text(_ value: Double) -> String {
      let hundredths = (value * 100).rounded() / 100
      return hundredths == hundredths.rounded() ? "\(Int(hundredths))" : "\(hundredths)"
    }
  }
}
