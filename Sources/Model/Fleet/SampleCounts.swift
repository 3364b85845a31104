/// How many samples every generator sent in each slot of the last hour, in a byte a slot.
///
/// 248 bytes a generator, allocated in blocks of 64 generators when the first of them sends. Counts up
/// to 127 are exact, greater ones to 4 %, up to some 30,000 in a slot.
public struct SampleCounts: Sendable {
  private static let block = 64
  private static let slots = Int64(History.slots)

  private var blocks: [[UInt8]] = []
  /// The number of the slot last counted in; `Int64.min` for none.
  private var newest: [Int64] = []

  public init() {}

  /// About how many bytes it takes.
  var footprint: Int {
    blocks.count { !$0.isEmpty } * Self.block * History.slots + newest.count * 8
  }

  /// Counts samples that came at a monotonic time.
  mutating func add(_ samples: Int, of generator: GeneratorIndex, at time: Int64) {
    let index = Int(generator)
    guard index >= 0, samples > 0 else { return }
    let slot = History.slot(at: time)
    if newest.count <= index {
      newest.append(contentsOf: repeatElement(.min, count: index + 1 - newest.count))
    }
    let block = index / Self.block
    while blocks.count <= block { blocks.append([]) }
    if blocks[block].isEmpty {
      blocks[block] = Array(repeating: 0, count: Self.block * History.slots)
    }
    let last = newest[index]
    guard last == .min || slot.nanoseconds(since: last) > -Self.slots else { return }
    if slot > last {
      let from = last == .min ? slot : max(last + 1, slot.addingClamped(1 - Self.slots))
      for cleared in from...slot { blocks[block][place(index, cleared)] = 0 }
      newest[index] = slot
    }
    let place = place(index, slot)
    let sum = Self.count(blocks[block][place]).addingReportingOverflow(samples)
    blocks[block][place] = Self.code(sum.overflow ? .max : sum.partialValue)
  }

  /// Samples in the `count` slots that end at the monotonic time `now`, oldest first; 0 where none came.
  public func values(of generator: GeneratorIndex, count: Int, until now: Int64) -> [Int] {
    let index = Int(generator)
    let last = History.slot(at: now)
    let wanted = max(0, count)
    guard newest.indices.contains(index), newest[index] != .min else {
      return Array(repeating: 0, count: wanted)
    }
    let newest = newest[index]
    return (0..<wanted).map { offset in
      let slot = last &- Int64(wanted - 1 - offset)
      guard slot <= newest, newest.nanoseconds(since: slot) < Self.slots else { return 0 }
      return Self.count(blocks[index / Self.block][place(index, slot)])
    }
  }

  private func place(_ index: Int, _ slot: Int64) -> Int {
    let turn = Int(slot % Self.slots)
    return index % Self.block * History.slots + (turn < 0 ? turn + History.slots : turn)
  }

  /// Sixteen steps to each doubling from 128 on.
  private static func code(_ count: Int) -> UInt8 {
    guard count > 127 else { return UInt8(max(0, count)) }
    let doublings = Int.bitWidth - 1 - (count >> 7).leadingZeroBitCount
    guard doublings < 8 else { return .max }
    let step = (count >> (doublings + 3)) & 15
    return UInt8(128 + doublings * 16 + step)
  }

  private static func count(_ code: UInt8) -> Int {
    guard code > 127 else { return Int(code) }
    let (doublings, step) = (Int(code - 128) / 16, Int(code - 128) % 16)
    return (16 + step) << (doublings + 3)
  }
}
