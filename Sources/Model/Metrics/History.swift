/// The last hour of every generator: one value each 15 seconds for four metrics, in 16 bits.
///
/// About 2 kB a generator, allocated in blocks of 64 generators when the first of them reports.
public struct History: Sendable {
  /// How many slots the hour has.
  public static let slots = 240
  /// Nanoseconds a slot stands for.
  public static let slotLength: Int64 = 15_000_000_000
  private static let metrics = 4
  private static let block = 64
  private static let nothing = SIMD4<Float16>(repeating: .nan)
  private static let length = Int64(slots)

  /// For each generator of a block its slots, each with its four metrics.
  private var blocks: [[SIMD4<Float16>]] = []
  /// The slot number last written, per generator; nil for none.
  ///
  /// The numbers are negative for what was before the machine started.
  private var newest: [Int64?] = []

  public init() {}

  /// About how many bytes it takes.
  var footprint: Int {
    let filled = blocks.count { !$0.isEmpty }
    let slot = MemoryLayout<SIMD4<Float16>>.stride
    return filled * Self.block * Self.slots * slot + newest.count * MemoryLayout<Int64?>.stride
  }

  /// Writes the reading at a monotonic time; the last of a slot stays.
  mutating func add(_ reading: Reading, of generator: GeneratorIndex, at time: Int64) {
    let index = Int(generator)
    guard index >= 0 else { return }
    let slot = Self.slot(at: time)
    if newest.count <= index {
      newest.append(contentsOf: repeatElement(nil, count: index + 1 - newest.count))
    }
    let last = newest[index] ?? slot - Self.length
    guard slot > last - Self.length else { return }
    let block = index / Self.block
    while blocks.count <= block { blocks.append([]) }
    if blocks[block].isEmpty {
      blocks[block] = Array(repeating: Self.nothing, count: Self.block * Self.slots)
    }
    if slot > last {
      clear(index, from: max(last + 1, slot - Self.length + 1), through: slot)
      newest[index] = slot
    }
    let place = Self.place(index, slot)
    var values = blocks[block][place]
    if let fuel = reading.fuel { values[0] = Self.held(fuel) }
    if let load = reading.load { values[1] = Self.held(load) }
    if let power = reading.power { values[2] = Self.held(power) }
    if let temperature = reading.temperature { values[3] = Self.held(temperature) }
    blocks[block][place] = values
  }

  /// The values of the `count` slots that end at the monotonic time `now`, oldest first; nil where
  /// nothing was heard: a gap.
  ///
  /// Latitudes and longitudes are not kept.
  public func values(
    _ metric: Metric,
    of generator: GeneratorIndex,
    count: Int,
    until now: Int64
  ) -> [Double?] {
    let index = Int(generator)
    let last = Self.slot(at: now)
    guard newest.indices.contains(index), let newest = newest[index],
      metric.rawValue < Self.metrics
    else { return Array(repeating: nil, count: max(0, count)) }
    return (last - Int64(max(0, count)) + 1..<last + 1).map { slot in
      guard slot <= newest, slot > newest - Self.length else { return nil }
      let value = blocks[index / Self.block][Self.place(index, slot)][Int(metric.rawValue)]
      return value.isNaN ? nil : Double(value)
    }
  }

  /// The number of the slot a monotonic time is in.
  public static func slot(at time: Int64, length: Int64 = slotLength) -> Int64 {
    time >= 0 ? time / length : (time + 1) / length - 1
  }

  /// Where a generator's slot lies in its block.
  private static func place(_ index: Int, _ slot: Int64) -> Int {
    let turn = Int(slot % length)
    return index % block * slots + (turn < 0 ? turn + slots : turn)
  }

  /// Float16 ends at 65,504.
  private static func held(_ value: Double) -> Float16 {
    Float16(Float(min(max(value, -65_000), 65_000)))
  }

  private mutating func clear(_ index: Int, from first: Int64, through last: Int64) {
    guard first <= last else { return }
    for slot in first...last {
      blocks[index / Self.block][Self.place(index, slot)] = Self.nothing
    }
  }
}
