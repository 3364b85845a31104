/// The newest values of the metrics beyond the first six, of those generators that send any.
///
/// Kept apart from ``Generator``: a metric that a generator never sent takes no memory, and as long as nobody sends
/// one, there is nothing here.
struct FurtherReadings: Sendable {
  /// One metric of one generator; what is not known is not a number.
  private struct Value: Sendable {
    var metric: Metric
    var raw = Double.nan
    var enriched = Double.nan
  }

  /// For each generator up to the last that sends any.
  private var values: [[Value]] = []
  /// A bit for each metric that was ever sent, by its number.
  private(set) var heard: UInt32 = 0

  /// About how many bytes it takes.
  var footprint: Int {
    values.reduce(0) { sum, values in
      let own = values.isEmpty ? 0 : 32 + values.capacity * MemoryLayout<Value>.stride
      return sum + MemoryLayout<[Value]>.stride + own
    }
  }

  /// Takes over the further values that a reading has, as newest raw or enriched ones.
  mutating func merge(_ reading: Reading, of index: Int, isRaw: Bool) {
    guard reading.hasFurther else { return }
    if values.count <= index {
      values.append(contentsOf: repeatElement([], count: index + 1 - values.count))
    }
    heard |= reading.present & ~0b11_1111
    for metric in Metric.further {
      guard let value = reading[metric] else { continue }
      let place = values[index].firstIndex { $0.metric == metric } ?? add(metric, to: index)
      if isRaw { values[index][place].raw = value } else { values[index][place].enriched = value }
    }
  }

  /// Lets go of the raw values of a generator that have no bit in `known`, by the metric's number.
  mutating func keep(only known: UInt32, of index: Int) {
    guard values.indices.contains(index) else { return }
    for place in values[index].indices where known & 1 << values[index][place].metric.rawValue == 0
    {
      values[index][place].raw = .nan
    }
  }

  private mutating func add(_ metric: Metric, to index: Int) -> Int {
    values[index].reserveCapacity(values[index].count + 1)
    values[index].append(Value(metric: metric))
    return values[index].count - 1
  }

  /// A value; nil if it is not known.
  func value(of metric: Metric, _ index: Int, isRaw: Bool) -> Double? {
    guard values.indices.contains(index),
      let value = values[index].first(where: { $0.metric == metric })
    else { return nil }
    let number = isRaw ? value.raw : value.enriched
    return number.isNaN ? nil : number
  }

  /// Adds what is known of a generator to its first six values.
  func complete(_ core: CoreReading, of index: Int, isRaw: Bool) -> Reading {
    var reading = Reading(core)
    guard values.indices.contains(index) else { return reading }
    for value in values[index] { reading[value.metric] = isRaw ? value.raw : value.enriched }
    return reading
  }
}

extension Fleet {
  /// The values to show of a generator, as ``Generator/reading`` has the first six; none for one that is not there.
  public func reading(of generator: GeneratorIndex) -> Reading {
    guard has(generator) else { return Reading() }
    let isRaw = generators.span[Int(generator)].showsRaw
    return isRaw ? rawReading(of: generator) : enrichedReading(of: generator)
  }

  /// The newest raw values of a generator; none for one that is not there.
  public func rawReading(of generator: GeneratorIndex) -> Reading {
    guard has(generator) else { return Reading() }
    let index = Int(generator)
    return further.complete(generators.span[index].raw, of: index, isRaw: true)
  }

  /// The values of the newest enriched records of a generator; none for one that is not there.
  public func enrichedReading(of generator: GeneratorIndex) -> Reading {
    guard has(generator) else { return Reading() }
    let index = Int(generator)
    return further.complete(generators.span[index].enriched, of: index, isRaw: false)
  }

  /// One of the values to show of a generator that is there; nil if it is not known.
  public func value(of metric: Metric, _ generator: GeneratorIndex) -> Double? {
    let index = Int(generator)
    guard metric.isFurther else { return generators.span[index].reading[metric] }
    return further.value(of: metric, index, isRaw: generators.span[index].showsRaw)
  }

  /// The metrics beyond the first six that any generator has ever sent: the others need not be offered.
  public var furtherMetrics: [Metric] {
    further.heard == 0 ? [] : Metric.further.filter { further.heard & 1 << $0.rawValue != 0 }
  }
}
