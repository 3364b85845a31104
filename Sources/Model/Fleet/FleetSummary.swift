/// The fleet at a glance: what is summed up over all generators, for views that show no single ones.
///
/// Made by ``Fleet/summedUp(at:)``, which looks at every generator; a screen keeps it until the next
/// tick and not only until the next frame.
public struct FleetSummary: Equatable, Sendable {
  /// Where the bins of ``bins`` end, in hours; the last has no end.
  public static let binEnds: [Double] = [1, 2, 4, 8, 12, 24]

  /// When it was made: monotonic nanoseconds; nil for none.
  public internal(set) var madeAt: Int64?
  /// In the order of ``Fleet/regions``.
  public internal(set) var regions: [RegionFigures] = []
  /// Of all generators.
  public internal(set) var fleet = RegionFigures()
  /// How many generators will be empty within the times of ``binEnds``.
  public internal(set) var bins = Array(repeating: 0, count: binEnds.count + 1)
  /// Running generators of which no time to empty can be forecast.
  public internal(set) var unforeseen = 0
  /// Those that will be empty first, at most ``Fleet/mostListed``, the soonest first.
  public internal(set) var emptying: [Emptying] = []
  /// The worst of the abnormal ones, at most ``Fleet/mostListed``, the worst first: by their state, then
  /// by the time to empty, then by the fuel.
  public internal(set) var worst: [GeneratorIndex] = []
  /// The unit that all fuel is in; nil if it differs, empty if it has none.
  public internal(set) var unit: String?

  public init() {}

  /// The figures of a region; those of none for one that was met since.
  public func figures(of region: RegionIndex) -> RegionFigures {
    regions.indices.contains(Int(region)) ? regions[Int(region)] : RegionFigures()
  }
}

extension Fleet {
  /// How many generators the lists of a summary name.
  public static let mostListed = 12

  /// Sums up the fleet as it is at the monotonic time `now`.
  public func summedUp(at now: Int64) -> FleetSummary {
    var maker = SummaryMaker(regions: regions.count)
    // In place: a copy of each generator would cost more than all the sums.
    let all = generators.span
    for place in all.indices {
      let index = GeneratorIndex(place)
      maker.add(all[place], index, isRunning: isRunning(index), at: now)
    }
    var summary = maker.summary
    summary.madeAt = now
    summary.worst = maker.worst.map(\.index)
    summary.unit = maker.hasPercents ? nil : commonUnit(withOthers: maker.hasOthers)
    return summary
  }
}

/// A summary in the making.
private struct SummaryMaker {
  /// An abnormal generator with what its place in the list goes by.
  struct Ranked {
    var severity: Severity
    var seconds: Double
    var percent: Double
    var index: GeneratorIndex

    func precedes(_ other: Ranked) -> Bool {
      if severity != other.severity { return severity < other.severity }
      return (seconds, percent, index) < (other.seconds, other.percent, other.index)
    }
  }

  var summary = FleetSummary()
  var worst: [Ranked] = []
  /// Whether there are generators that the inventory does not name.
  var hasOthers = false
  /// Whether there are such as tell their fuel in percent, which adds up to nothing.
  var hasPercents = false

  init(regions: Int) {
    summary.regions = Array(repeating: RegionFigures(), count: regions)
  }

  mutating func add(
    _ generator: borrowing Generator,
    _ index: GeneratorIndex,
    isRunning: Bool?,
    at now: Int64
  ) {
    if !generator.isInInventory { hasOthers = true }
    if generator.countsPercent { hasPercents = true }
    let severity = generator.conditions.worst
    let isSending = generator.conditions.isSending
    guard isSending || severity.isAbnormal else { return }
    let reading = generator.reading
    let tank: Double = generator.tank
    let region = Int(generator.region)
    let seconds = generator.timeToEmpty(at: now)
    if severity.isAbnormal {
      let percent = reading.fuel.map { $0 / tank } ?? .infinity
      let left = seconds ?? .infinity
      let ranked = Ranked(severity: severity, seconds: left, percent: percent, index: index)
      worst.keepFirst(Fleet.mostListed, with: ranked) { $0.precedes($1) }
    }
    guard isSending else { return }
    summary.fleet.add(reading, tank: tank, isRunning: isRunning, emptyIn: seconds, index)
    if summary.regions.indices.contains(region) {
      summary.regions[region].add(
        reading,
        tank: tank,
        isRunning: isRunning,
        emptyIn: seconds,
        index
      )
    }
    if let seconds {
      let hours = seconds / 3_600
      let bin = FleetSummary.binEnds.firstIndex { hours < $0 } ?? FleetSummary.binEnds.count
      summary.bins[bin] += 1
      let emptying = Emptying(generator: index, seconds: seconds)
      summary.emptying.keepFirst(Fleet.mostListed, with: emptying, by: Emptying.precedes)
    } else if isRunning == true {
      summary.unforeseen += 1
    }
  }
}

extension Array {
  /// Puts an element among the first `most` in their order; most of them fail the first comparison.
  fileprivate mutating func keepFirst(
    _ most: Int,
    with element: Element,
    by precedes: (Element, Element) -> Bool
  ) {
    if count == most {
      guard let last, precedes(element, last) else { return }
      removeLast()
    }
    insert(element, at: firstIndex { precedes(element, $0) } ?? count)
  }
}
