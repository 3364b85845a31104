/// Things and when they are due, the next one first: a binary heap.
struct DueQueue: Sendable {
  struct Entry: Equatable, Sendable {
    var time: Int64
    var index: Int
  }

  private var entries: [Entry] = []

  var first: Entry? { entries.first }
  var count: Int { entries.count }

  mutating func insert(_ entry: Entry) {
    entries.append(entry)
    var child = entries.count - 1
    while child > 0, entries[child] < entries[(child - 1) / 2] {
      entries.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  /// Gives the first, if it is due.
  mutating func next(until time: Int64) -> Entry? {
    guard let first = entries.first, first.time <= time else { return nil }
    let last = entries.removeLast()
    if !entries.isEmpty {
      entries[0] = last
      sink()
    }
    return first
  }

  private mutating func sink() {
    var parent = 0
    while 2 * parent + 1 < entries.count {
      let left = 2 * parent + 1
      let right = left + 1
      let least = right < entries.count && entries[right] < entries[left] ? right : left
      guard entries[least] < entries[parent] else { return }
      entries.swapAt(parent, least)
      parent = least
    }
  }
}

extension DueQueue.Entry: Comparable {
  /// By time; those of the same time by index, so that equal runs are equal.
  static func < (one: Self, other: Self) -> Bool {
    (one.time, one.index) < (other.time, other.index)
  }
}
