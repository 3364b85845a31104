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

  private var blocks: [[Float16]] = []
  /// The slot number last written, per generator; -1 for none.
  private var newest: [Int64] = []

  public init() {}

  /// Writes the reading at a monotonic time; the last of a slot stays.
  mutating func add(_ reading: Reading, of generator: GeneratorIndex, at time: Int64) {
    let index = Int(generator)
    let slot = time / Self.slotLength
    if newest.count <= index {
      newest.append(contentsOf: repeatElement(-1, count: index + 1 - newest.count))
    }
    let last = newest[index]
    guard slot > last - Int64(Self.slots) else { return }
    let block = index / Self.block
    while blocks.count <= block { blocks.append([]) }
    if blocks[block].isEmpty {
      let count = Self.block * Self.metrics * Self.slots
      blocks[block] = Array(repeating: .nan, count: count)
    }
    if slot > last {
      clear(index, from: max(last + 1, slot - Int64(Self.slots) + 1), through: slot)
      newest[index] = slot
    }
    for metric in [Reading.Metric.fuel, .load, .power, .temperature] {
      guard let value = reading[metric] else { continue }
      // Float16 ends at 65,504.
      blocks[block][offset(index, metric, slot)] = Float16(min(max(value, -65_000), 65_000))
    }
  }

  /// The values of the `count` slots that end at the monotonic time `now`, oldest first; nil where
  /// nothing was heard: a gap.
  public func values(
    _ metric: Reading.Metric,
    of generator: GeneratorIndex,
    count: Int,
    until now: Int64
  ) -> [Double?] {
    let index = Int(generator)
    let last = now / Self.slotLength
    guard newest.indices.contains(index), newest[index] >= 0 else {
      return Array(repeating: nil, count: max(0, count))
    }
    return (last - Int64(max(0, count)) + 1..<last + 1).map { slot in
      guard slot <= newest[index], slot > newest[index] - Int64(Self.slots), slot >= 0 else {
        return nil
      }
      let value = blocks[index / Self.block][offset(index, metric, slot)]
      return value.isNaN ? nil : Double(value)
    }
  }

  private func offset(_ index: Int, _ metric: Reading.Metric, _ slot: Int64) -> Int {
    let row = index % Self.block * Self.metrics + Int(metric.rawValue)
    return row * Self.slots + Int(slot % Int64(Self.slots))
  }

  private mutating func clear(_ index: Int, from first: Int64, through last: Int64) {
    guard first <= last else { return }
    for slot in max(0, first)...max(0, last) {
      for metric in [Reading.Metric.fuel, .load, .power, .temperature] {
        blocks[index / Self.block][offset(index, metric, slot)] = .nan
      }
    }
  }
}
