internal import Model

/// What has to be remembered of topics and generators, within bounds.
///
/// By hashes with a seed of chance, so that nobody can choose topics that get in each other's way.
struct SourceMemory {
  /// Values that wait for what a sibling topic says.
  struct Waiting {
    var reading = Reading()
    var time: Int64?
  }

  /// What one generator said, where its source reads a metric from several topics.
  struct Said {
    /// One more than the place of the topic that a metric's value came from, by the metric's number; 0 for none.
    var places = InlineArray<32, UInt8>(repeating: 0)
    /// The fuel as a percentage, and the tank, where each has a topic of its own.
    var percent: Double?
    var tank: Double?
  }

  /// Beyond as many nothing new is remembered.
  static let mostTopics = 1 << 17
  static let mostWaiting = 1 << 12
  static let mostGenerators = 1 << 17

  private var conditions: [UInt64: Bool] = [:]
  private var waiting: [UInt64: Waiting] = [:]
  private var said: [UInt64: Said] = [:]
  private let seed = UInt64.random(in: .min ... .max)

  /// Stands for a text in a source (FNV-1a).
  func key(_ source: Int, _ text: Span<UInt8>) -> UInt64 {
    var hash = seed ^ UInt64(truncatingIfNeeded: source) &* 0x9E37_79B9_7F4A_7C15
    for index in text.indices { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
    return hash
  }

  /// What a sibling topic said; nil if it has not been heard.
  func holds(_ key: UInt64) -> Bool? { conditions[key] }

  /// Takes what a sibling said, and gives the values that waited for it.
  mutating func take(_ holds: Bool, for key: UInt64) -> Waiting? {
    if conditions[key] != nil || conditions.count < Self.mostTopics { conditions[key] = holds }
    return waiting.removeValue(forKey: key)
  }

  mutating func wait(_ reading: Reading, _ time: Int64?, for key: UInt64) {
    guard waiting[key] != nil || waiting.count < Self.mostWaiting else { return }
    var values = waiting[key] ?? Waiting()
    for metric in Metric.allCases {
      if let value = reading[metric] { values.reading[metric] = value }
    }
    values.time = time
    waiting[key] = values
  }

  subscript(generator key: UInt64) -> Said {
    get { said[key] ?? Said() }
    set {
      if said[key] != nil || said.count < Self.mostGenerators { said[key] = newValue }
    }
  }
}
