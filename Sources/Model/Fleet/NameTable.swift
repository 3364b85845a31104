/// Names to small integers, in the order first met.
///
/// Looking up a name that is there allocates nothing: the table hashes and compares bytes.
public struct NameTable: Sendable {
  private var slots: [Int32]
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private let bound: Int
  private let mostBytes: Int

  /// A table of at most `bound` names, and of `mostBytes` bytes in all of them.
  public init(bound: Int, mostBytes: Int = .max) {
    self.bound = bound
    self.mostBytes = mostBytes
    slots = Array(repeating: -1, count: 64)
  }

  public var count: Int { ends.count }

  /// The index of `name`, given out now if it is new; nil if it is new and the table is full.
  public mutating func index(of name: Span<UInt8>) -> Int32? {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: hash(name)) & mask
    while slots[slot] >= 0 {
      if isEqual(Int(slots[slot]), name) { return slots[slot] }
      slot = (slot + 1) & mask
    }
    guard count < bound, name.count <= mostBytes - bytes.count else { return nil }
    let index = Int32(count)
    for position in name.indices { bytes.append(name[position]) }
    ends.append(bytes.count)
    slots[slot] = index
    if count * 2 > slots.count { grow() }
    return index
  }

  /// The names from index `first` on, in order.
  public func names(from first: Int) -> [String] {
    guard first < count else { return [] }
    return (max(0, first)..<count).map { String(decoding: bytes[range($0)], as: UTF8.self) }
  }

  /// Lends the bytes of a name that is there.
  public func withName<R>(_ index: Int, _ body: (Span<UInt8>) -> R) -> R {
    body(bytes.span.extracting(range(index)))
  }

  private func range(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  private func isEqual(_ index: Int, _ name: Span<UInt8>) -> Bool {
    let range = range(index)
    guard range.count == name.count else { return false }
    for position in name.indices where bytes[range.lowerBound + position] != name[position] {
      return false
    }
    return true
  }

  /// FNV-1a with a last mix, seeded per process against names made to collide.
  private func hash(_ name: Span<UInt8>) -> UInt64 {
    var hash = Self.seed
    for position in name.indices { hash = (hash ^ UInt64(name[position])) &* 0x100_0000_01b3 }
    return hash ^ (hash >> 31)
  }

  private static let seed = UInt64.random(in: .min ... .max)

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    let mask = slots.count - 1
    for index in 0..<count {
      var slot = Int(truncatingIfNeeded: hash(bytes[range(index)].span)) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(index)
    }
  }
}
