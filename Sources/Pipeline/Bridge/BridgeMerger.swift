internal import Buckets
internal import Decoding
internal import Kafka
internal import MQTT
internal import Model
internal import System

/// What a bridge does with a message that a configured source has.
enum BridgeVerdict {
  /// It goes to Kafka as it is.
  case passOn
  /// It is nothing for Kafka: presence, or a topic that no metric names.
  case drop
  /// What it says is in the memory, and goes to Kafka with the rest of its generator.
  case kept
}

/// Puts together what generators say of themselves in messages with some values each, as flat JSON samples by the
/// built-in names.
///
/// Used by the bridge's thread.
final class BridgeMerger {
  private let sources: [Source]
  private let decoder: SourceDecoder
  private let filters: [[TopicFilter]]
  private var memory = ValueMemory()
  private var ids = NameTable(bound: BridgeMerger.mostGenerators)
  private var regions = NameTable(bound: 4_096)
  /// Messages of QoS 1 whose values are in no sample yet, and since when there is one.
  private(set) var owed = 0
  private var owedSince: Int64 = 0
  private var text: [UInt8] = []
  private var waiting: [String] = []
  private var told: Set<String> = []

  private static let mostGenerators = 200_000
  /// So many messages wait for others at most, and so long: brokers send 20 that are not acknowledged.
  private static let mostOwed = 16
  private static let mostTold = 1_024
  private static let longestWait: Int64 = 1_000_000_000

  init(_ sources: [Source]) {
    self.sources = sources
    decoder = SourceDecoder(sources)
    filters = sources.map { $0.topics.map { TopicFilter($0) } }
  }

  /// Reads a message.
  func take(_ topic: Span<UInt8>, _ payload: Span<UInt8>, _ message: MQTTMessage) -> BridgeVerdict {
    let wall = wallNanoseconds()
    switch decoder.decode(topic: topic, payload: payload, now: wall) {
    case .passed: return .drop
    case .ignored(let reason), .rejected(let reason):
      if case .noBirth(let name) = reason { note(waiting: name) }
      return isOfWholeSamples(topic) ? .passOn : .drop
    case .understood(let source):
      guard sources[source].needsMemory else {
        let isPresence = decoder.findings.allSatisfy {
          if case .presence = $0.kind { true } else { false }
        }
        return isPresence ? .drop : .passOn
      }
      return keep(message, wall)
    }
  }

  /// Whether topics are wanted that announcements name.
  var followsAnnouncements: Bool { decoder.followsAnnouncements }

  /// Those.
  var wantedTopics: [String] { decoder.wantedTopics }

  func isWanted(_ topic: Span<UInt8>) -> Bool { decoder.isWanted(topic) }

  func takeTopicNews() -> TopicNews? { decoder.takeTopicNews().ifAny }
  /// Takes what nodes of Sparkplug are to be asked, see `SourceDecoder`.
  func takeBirthRequests() -> [BirthRequest] { decoder.takeBirthRequests(at: wallNanoseconds()) }

  /// Takes the names of nodes and devices that cannot be read before a birth; each is told once.
  func takeWaiting() -> [String] {
    defer { waiting.removeAll() }
    return waiting
  }

  private func note(waiting name: String) {
    guard told.count < Self.mostTold, told.insert(name).inserted else { return }
    waiting.append(name)
  }

  /// Whether the source that a message belongs to sends whole samples: those go through, so that whoever reads them
  /// says what is wrong.
  private func isOfWholeSamples(_ topic: Span<UInt8>) -> Bool {
    let place = filters.firstIndex { $0.contains { $0.matches(topic) } }
    return place.map { !sources[$0].needsMemory } ?? false
  }

  private func keep(_ message: MQTTMessage, _ wall: Int64) -> BridgeVerdict {
    let now = monotonicNanoseconds()
    var isKept = false
    for finding in decoder.findings {
      if case .presence = finding.kind { continue }
      guard let place = ids.index(of: decoder.identifier(of: finding).span) else { continue }
      let region = decoder.region(of: finding)
      let isTaken = memory.merge(
        finding.reading,
        cleared: finding.cleared,
        of: Int(place),
        region: region.isEmpty ? 0 : (regions.index(of: region.span) ?? -1) + 1,
        sendsChanges: sources[finding.source].sendsChanges,
        isRetained: message.isRetained,
        time: finding.time ?? wall,
        receivedAt: now
      )
      isKept = isKept || isTaken
    }
    guard isKept else { return .drop }
    if message.qos > 0 {
      if owed == 0 { owedSince = now }
      owed += 1
    }
    return .kept
  }

  /// Whether messages wait for others, so that nothing is to be acknowledged yet.
  func isGathering(at now: Int64) -> Bool {
    owed > 0 && owed < Self.mostOwed && now - owedSince < Self.longestWait
  }

  /// Nanoseconds until there is something to write; nil if nothing waits.
  func wait(at now: Int64) -> Int64? { memory.wait(at: now) }

  /// Hands out the samples that are due, or all that wait.
  ///
  /// - Parameters:
  ///   - now: Monotonic nanoseconds.
  ///   - tellsAll: Whether none is to wait any longer.
  ///   - body: Gets the id, which is the key, the sample, and what else is known of it, its time in nanoseconds.
  func tell(
    at now: Int64,
    all tellsAll: Bool,
    _ body: (_ id: Span<UInt8>, _ sample: Span<UInt8>, _ values: MergedValues) -> Void
  ) {
    memory.tell(at: now, all: tellsAll) { values in
      guard !values.reading.isEmpty else { return }
      ids.withName(values.place) { id in
        write(values, id)
        let sample = text
        body(id, sample.span, values)
      }
    }
    if memory.wait(at: now) == nil { owed = 0 }
  }

  /// Takes over a sample that a bridge wrote before, so that what it knew is known again.
  func recall(_ id: Span<UInt8>, _ reading: Reading, region: Span<UInt8>, time: Int64) {
    guard let place = ids.index(of: id) else { return }
    memory.recall(
      reading,
      of: Int(place),
      region: region.isEmpty ? 0 : (regions.index(of: region) ?? -1) + 1,
      time: time
    )
  }

  private func write(_ values: MergedValues, _ id: Span<UInt8>) {
    text.removeAll(keepingCapacity: true)
    JSONWriter.append("{\"generatorID\":", to: &text)
    JSONWriter.append(id, to: &text)
    if values.region > 0 {
      JSONWriter.append(",\"region\":", to: &text)
      regions.withName(Int(values.region) - 1) { JSONWriter.append($0, to: &text) }
    }
    for metric in Metric.allCases {
      guard let value = values.reading[metric] else { continue }
      JSONWriter.append(",\"\(metric.wireName)\":", to: &text)
      JSONWriter.append(PointNumber(plain: value), to: &text)
    }
    JSONWriter.append("}", to: &text)
  }
}

extension Source {
  /// Whether a message of it cannot be read without those before it.
  var needsMemory: Bool {
    tellsParts || condition?.topic != nil
  }
}
