public import Model

/// What is kept of one generator while the operator looks at it: its messages as they came.
public struct Inspection: Sendable {
  /// The last message of a stage, and the one before it.
  public struct Pair: Sendable {
    public internal(set) var last: WatchedMessage
    public internal(set) var before: WatchedMessage?
  }

  /// Where a record was in a topic, by what it said.
  private struct Passage {
    var fingerprint: UInt32
    var partition: Int32
    var offset: Int64
  }

  /// How many records of the raw topic are kept in mind: two minutes of a sample a second.
  private static let mostPassages = 128

  public let generator: GeneratorIndex
  private var pairs: [WatchedMessage.Stage: Pair] = [:]
  private var passages: [Passage] = []
  /// When the newest enriched record came, and when the frame that shows it was made; nil for one that
  /// came before the operator looked.
  public private(set) var shown: (receivedAt: Int64, at: Int64)?
  private var recordAt: Int64?

  init(_ generator: GeneratorIndex, recordAt: Int64?) {
    self.generator = generator
    self.recordAt = recordAt
  }

  /// The last messages of a stage; nil before the first.
  public subscript(stage: WatchedMessage.Stage) -> Pair? { pairs[stage] }

  /// Where the raw topic had the record that said the same; nil if it was not seen.
  public func rawPlace(of fingerprint: UInt32) -> (partition: Int32, offset: Int64)? {
    passages.last { $0.fingerprint == fingerprint }.map { ($0.partition, $0.offset) }
  }

  mutating func add(_ message: WatchedMessage) {
    guard message.generator == generator else { return }
    if message.stage == .rawTopic, let partition = message.partition, let offset = message.offset {
      let print = message.fingerprint
      passages.append(Passage(fingerprint: print, partition: partition, offset: offset))
      if passages.count > Self.mostPassages { passages.removeFirst() }
    }
    let pair = pairs[message.stage]
    // The store's copy of a record that came meanwhile.
    let isCopy =
      message.offset != nil && pair?.last.offset == message.offset
      && pair?.last.partition == message.partition
    pairs[message.stage] = Pair(last: message, before: isCopy ? pair?.before : pair?.last)
  }

  /// Leaves out a record that came while the past was shown: when it got to the screen means nothing.
  mutating func skipRecord(_ recordAt: Int64?) {
    guard recordAt != self.recordAt else { return }
    (self.recordAt, shown) = (recordAt, nil)
  }

  /// Notes when the newest enriched record gets to the screen.
  mutating func note(recordAt: Int64?, at now: Int64) {
    guard let recordAt, recordAt != self.recordAt else { return }
    self.recordAt = recordAt
    shown = (recordAt, now)
  }
}

/// How the messages of a generator are written.
public enum PayloadForm: String, CaseIterable, Codable, Sendable {
  /// Name and value of each field.
  case table
  case text
  case hex
}
