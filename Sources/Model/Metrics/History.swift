/// The last hour of every generator: one value each 15 seconds, in 16 bits, of each metric that keeps a history and
/// that the generator ever sent.
///
/// About 2 kB for a generator that sends four of them. What is kept of one generator lies together, slot by slot.
public struct History: Sendable {
  /// How many slots the hour has.
  public static let slots = 240
  /// Nanoseconds a slot stands for.
  public static let slotLength: Int64 = 15_000_000_000
  private static let length = Int64(slots)

  /// What is kept of one generator.
  private struct Owner: Sendable {
    /// The slot number last written, if there is any; negative for what was before the machine started.
    var newest: Int64 = 0
    /// A bit for each metric of which there was a value.
    var metrics: UInt32 = 0
    /// Its place on the shelf for as many metrics.
    var place: Int32 = 0
  }

  private var owners: [Owner] = []
  /// The first holds what has one metric, and so on.
  private var shelves: [HistoryShelf] = []
  /// By the metric's number; nil for one that keeps no history.
  private let scales = Metric.allCases.map { $0.row.history.map(MetricScale.init) }
  /// A bit for each metric that keeps one.
  private let kept = Metric.allCases.reduce(0 as UInt32) { bits, metric in
    metric.row.history == nil ? bits : bits | 1 << metric.rawValue
  }

  public init() {}

  /// About how many bytes it takes.
  var footprint: Int {
    shelves.reduce(owners.count * MemoryLayout<Owner>.stride) { $0 + $1.footprint }
  }

  /// Writes the reading at a monotonic time; the last of a slot stays.
  mutating func add(_ reading: Reading, of generator: GeneratorIndex, at time: Int64) {
    let index = Int(generator)
    guard index >= 0 else { return }
    if owners.count <= index {
      owners.append(contentsOf: repeatElement(Owner(), count: index + 1 - owners.count))
    }
    let slot = Self.slot(at: time)
    var owner = owners[index]
    let present = reading.present & kept
    let isNew = owner.metrics == 0
    guard isNew ? present != 0 : slot > owner.newest - Self.length else { return }
    if present & ~owner.metrics != 0 { widen(&owner, to: owner.metrics | present) }
    let shelf = owner.metrics.nonzeroBitCount - 1
    if isNew {
      owner.newest = slot
    } else if slot > owner.newest {
      let first = max(owner.newest + 1, slot - Self.length + 1)
      for gone in first...slot { shelves[shelf].clear(owner.place, Self.turn(gone)) }
      owner.newest = slot
    }
    owners[index] = owner
    var rest = present
    var values = shelves[shelf].first(of: owner.place, Self.turn(slot))
    var others = owner.metrics
    while rest != 0 {
      let bit = others & (0 &- others)
      if rest & bit != 0 {
        let metric = bit.trailingZeroBitCount
        if let scale = scales[metric], let value = reading.value(at: metric) {
          shelves[shelf].set(scale.code(of: value), at: values)
        }
        rest &= ~bit
      }
      others &= ~bit
      values.offset += 1
    }
  }

  /// The values of the `count` slots that end at the monotonic time `now`, oldest first; nil where nothing was heard: a
  /// gap.
  ///
  /// With a `step` only the newest of so many slots is told, from the oldest on.
  public func values(
    _ metric: Metric,
    of generator: GeneratorIndex,
    count: Int,
    step: Int = 1,
    until now: Int64
  ) -> [Double?] {
    let index = Int(generator)
    let bit: UInt32 = 1 << metric.rawValue
    let starts = stride(from: 0, to: max(0, count), by: max(1, step))
    guard owners.indices.contains(index), case let owner = owners[index], owner.metrics & bit != 0,
      let scale = scales[Int(metric.rawValue)]
    else { return starts.map { _ in nil } }
    let shelf = shelves[owner.metrics.nonzeroBitCount - 1]
    let column = (owner.metrics & (bit - 1)).nonzeroBitCount
    let oldest = Self.slot(at: now) - Int64(max(0, count)) + 1
    return starts.map { start in
      let first = max(oldest + Int64(start), owner.newest - Self.length + 1)
      var slot = min(oldest + Int64(min(start + max(1, step), count)) - 1, owner.newest)
      while slot >= first {
        var place = shelf.first(of: owner.place, Self.turn(slot))
        place.offset += column
        if let value = scale.value(of: shelf[place]) { return value }
        slot -= 1
      }
      return nil
    }
  }

  /// The number of the slot a monotonic time is in.
  public static func slot(at time: Int64, length: Int64 = slotLength) -> Int64 {
    time >= 0 ? time / length : (time + 1) / length - 1
  }

  /// Which of the slots that are kept one takes.
  private static func turn(_ slot: Int64) -> Int {
    let turn = Int(slot % length)
    return turn < 0 ? turn + slots : turn
  }

  /// Makes room for more metrics, which have no values yet.
  private mutating func widen(_ owner: inout Owner, to metrics: UInt32) {
    let shelf = metrics.nonzeroBitCount - 1
    while shelves.count <= shelf { shelves.append(HistoryShelf(width: shelves.count + 1)) }
    let place = shelves[shelf].take()
    if owner.metrics != 0 {
      let old = owner.metrics.nonzeroBitCount - 1
      for turn in 0..<Self.slots {
        var from = shelves[old].first(of: owner.place, turn)
        var to = shelves[shelf].first(of: place, turn)
        for metric in 0..<UInt32.bitWidth where metrics & 1 << metric != 0 {
          if owner.metrics & 1 << metric != 0 {
            shelves[shelf].set(shelves[old][from], at: to)
            from.offset += 1
          }
          to.offset += 1
        }
      }
      shelves[old].giveBack(owner.place)
    }
    owner.metrics = metrics
    owner.place = place
  }
}

/// The slots of those generators that keep the same number of metrics.
///
/// In blocks of some generators each, so that a copy of the fleet shares what has not changed since.
private struct HistoryShelf: Sendable {
  /// Where a value lies.
  struct Place {
    var block: Int
    var offset: Int
  }

  private static let perBlock = 16

  /// How many metrics each generator here keeps.
  private let width: Int
  private var blocks: [[UInt16]] = []
  private var count: Int32 = 0
  /// Places that were given back.
  private var free: [Int32] = []

  init(width: Int) { self.width = width }

  var footprint: Int {
    blocks.count * Self.perBlock * History.slots * width * MemoryLayout<UInt16>.stride
      + free.count * MemoryLayout<Int32>.stride
  }

  /// A place with no values.
  mutating func take() -> Int32 {
    if let place = free.popLast() {
      for turn in 0..<History.slots { clear(place, turn) }
      return place
    }
    if Int(count) == blocks.count * Self.perBlock {
      let size = Self.perBlock * History.slots * width
      blocks.append(Array(repeating: MetricScale.nothing, count: size))
    }
    count += 1
    return count - 1
  }

  mutating func giveBack(_ place: Int32) { free.append(place) }

  /// Where the first value of a slot lies; the others follow.
  func first(of place: Int32, _ turn: Int) -> Place {
    let (block, rest) = Int(place).quotientAndRemainder(dividingBy: Self.perBlock)
    return Place(block: block, offset: (rest * History.slots + turn) * width)
  }

  subscript(place: Place) -> UInt16 { blocks[place.block][place.offset] }

  mutating func set(_ code: UInt16, at place: Place) { blocks[place.block][place.offset] = code }

  mutating func clear(_ place: Int32, _ turn: Int) {
    let first = first(of: place, turn)
    for offset in first.offset..<first.offset + width {
      blocks[first.block][offset] = MetricScale.nothing
    }
  }
}
