/// How what a generator sends and what its enriched records say differ.
///
/// The order is that in which one hides the others.
public enum Difference: UInt8, CaseIterable, Codable, Sendable {
  /// It sends, but for two windows no record of a new sample has come.
  case notEnriched
  /// Records of new samples come, but for two windows it was not heard itself.
  case notRaw
  /// For more than two windows its fuel has been under the mark while records say no action, or the reverse.
  case disagrees
  /// Its records come late.
  case late

  /// As JSON calls it.
  public var name: String { "\(self)" }

  /// What it is, for people.
  public var word: String {
    switch self {
    case .notEnriched: "sent, not enriched"
    case .notRaw: "enriched, not heard"
    case .disagrees: "fuel and record disagree"
    case .late: "records late"
    }
  }
}

/// How many generators there are of each ``Difference``.
public struct DifferenceCounts: Equatable, Sendable {
  private var counts = InlineArray<4, Int>(repeating: 0)

  public init() {}

  public internal(set) subscript(difference: Difference) -> Int {
    get { counts[Int(difference.rawValue)] }
    set { counts[Int(difference.rawValue)] = newValue }
  }

  public var total: Int { Difference.allCases.reduce(0) { $0 + self[$1] } }

  public static func == (left: DifferenceCounts, right: DifferenceCounts) -> Bool {
    Difference.allCases.allSatisfy { left[$0] == right[$0] }
  }
}

extension FleetPolicy {
  /// How long a record may take before it is missing, in seconds: two windows, and what the pipeline takes.
  public var recordPatience: Double { 2 * window + 15 }
}

extension Fleet {
  var recordPatience: Double { policy.recordPatience }

  /// How raw and enriched of a generator differ; nil if they do not, or nobody can know.
  func difference(of place: Int, _ view: Viewpoint) -> Difference? {
    guard let watchedSince = view.enrichedWatchedSince else { return nil }
    let now = view.enrichedUntil
    let isLive = generators[place].freshness == .live
    if isLive, generators[place].samples > 1,
      let since = generators[place].unenrichedSince,
      now.seconds(since: max(since, watchedSince)) > recordPatience
    {
      return .notEnriched
    }
    guard let recordAt = generators[place].enrichedReceivedAt, recordAt > watchedSince,
      now.seconds(since: recordAt) <= recordPatience
    else { return nil }
    let heardAt = max(generators[place].sampleAt ?? .min, view.rawConnectedAt, watchedSince)
    if recordAt.seconds(since: heardAt) > recordPatience { return .notRaw }
    if isLive, disagrees(place, since: recordAt, at: now) { return .disagrees }
    let sampleAt = generators[place].enrichedSampleAt
    let isLate = sampleAt.map { recordAt.seconds(since: $0) > HopRow.task.lateAfter(policy) }
    return isLate == true ? .late : nil
  }

  /// Whether a record that knew better still says the opposite of the fuel.
  private func disagrees(_ place: Int, since recordAt: Int64, at now: Int64) -> Bool {
    guard let since = generators[place].disagreesSince,
      now.seconds(since: since) > 2 * policy.window
    else { return false }
    if let sampleAt = generators[place].enrichedSampleAt { return sampleAt >= since }
    return recordAt.seconds(since: since) > policy.window + 15
  }

  /// Notes whether the fuel that a generator sends and the newest record's word say the same.
  mutating func compareFuel(of place: Int, at time: Int64) {
    let alarm = generators[place].alarm
    let isLow = generators[place].raw.fuel.map { $0 < generators[place].refuelMark }
    guard let isLow, alarm == .noAction && isLow || alarm == .refuel && !isLow else {
      generators[place].disagreesSince = nil
      if generators[place].difference == .disagrees { setDifference(nil, place) }
      return
    }
    if generators[place].disagreesSince == nil { generators[place].disagreesSince = time }
  }

  /// Sets how raw and enriched of a generator differ, and counts that.
  mutating func setDifference(_ difference: Difference?, _ place: Int) {
    let before = generators[place].difference
    guard difference != before else { return }
    generators[place].difference = difference
    if let before { traffic.differences[before] -= 1 }
    if let difference { traffic.differences[difference] += 1 }
    markChanged(GeneratorIndex(place))
  }

  /// The generators of which raw and enriched differ, in the order of their indices.
  public func differing() -> [GeneratorIndex] {
    guard traffic.differences.total > 0 else { return [] }
    return generators.indices.filter { generators[$0].difference != nil }
      .map { GeneratorIndex($0) }
  }

  /// Since when raw and enriched of a generator differ, or from when its late record is: monotonic nanoseconds; nil if
  /// they do not, or it was never heard.
  public func differsSince(_ index: GeneratorIndex) -> Int64? {
    let place = Int(index)
    return switch generators[place].difference {
    case .notEnriched: generators[place].unenrichedSince
    case .notRaw: generators[place].sampleAt
    case .disagrees: generators[place].disagreesSince
    case .late: generators[place].enrichedSampleAt
    case nil: nil
    }
  }
}
