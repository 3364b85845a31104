internal import Model

/// Brings enriched records of the past into the order of their times before anybody sees them.
///
/// A source that writes no keys strews the records of each generator over all partitions. Holds ``room`` of them at
/// most: then the earlier half is ready, so that none is out of order which lies less than half the room from its
/// place. The reader lets all partitions come on side by side, so they do.
struct PastMerge {
  /// Some 50 MB of records.
  static let room = 262_144

  private struct Entry {
    /// Wall nanoseconds: what the record counts as, and what it is stamped.
    var time: Int64
    var stamp: Int64
    var record: EnrichedRecord
  }

  private let room: Int
  private var waiting: [Entry] = []
  /// By partition, those whose stamp cannot be believed: they wait for the next that can.
  private var ahead: [Int64: [Entry]] = [:]
  private var aheadCount = 0
  /// In order, the next one last.
  private var ready: [EnrichedRecord] = []

  init(room: Int = Self.room) { self.room = room }

  var isEmpty: Bool { waiting.isEmpty && ahead.isEmpty && ready.isEmpty }

  /// Whether there are some in order.
  var hasReady: Bool { !ready.isEmpty }

  /// Adds a record.
  ///
  /// - Parameters:
  ///   - record: Comes behind those of its partition that were added before.
  ///   - partition: A number of the partition.
  ///   - wall: The present, in wall nanoseconds: a stamp after it is of a clock that is off, and the record counts as
  ///     the next of its partition whose stamp is not.
  mutating func add(_ record: EnrichedRecord, of partition: Int64, at wall: Int64) {
    let stamp = record.ownWall ?? .max
    let entry = Entry(time: stamp, stamp: stamp, record: record)
    if stamp > wall {
      ahead[partition, default: []].append(entry)
      aheadCount += 1
    } else {
      if !ahead.isEmpty { settle(partition, at: stamp) }
      waiting.append(entry)
    }
    guard waiting.count + aheadCount >= room else { return }
    if waiting.isEmpty { settleAll(at: wall) }
    release(max(1, waiting.count / 2))
  }

  /// Makes all that wait ready, since no more of the past comes.
  ///
  /// - Parameter wall: The present, in wall nanoseconds, which what was stamped ahead counts as.
  mutating func finish(at wall: Int64) {
    settleAll(at: wall)
    release(waiting.count)
  }

  /// Takes the next `count` records, or as many as are ready.
  mutating func take(_ count: Int) -> [EnrichedRecord] {
    let taken = Array(ready.suffix(count).reversed())
    ready.removeLast(taken.count)
    if ready.isEmpty { ready = [] }
    return taken
  }

  private mutating func settle(_ partition: Int64, at time: Int64) {
    guard let entries = ahead.removeValue(forKey: partition) else { return }
    aheadCount -= entries.count
    for var entry in entries {
      entry.time = time
      entry.record.sampleTime = time
      waiting.append(entry)
    }
  }

  private mutating func settleAll(at wall: Int64) {
    for partition in ahead.keys.sorted() { settle(partition, at: wall) }
  }

  private mutating func release(_ count: Int) {
    // Of those that count as the same time the one that it is taken from is the last; the others are in the order of
    // their stamps, else as they came.
    let order = waiting.indices.map { place in
      let entry = waiting[place]
      return (entry.time, entry.time == entry.stamp ? 1 : 0, entry.stamp, place)
    }.sorted { $0 < $1 }
    let released = order.prefix(count).map { waiting[$0.3].record }
    waiting = order.dropFirst(count).map { waiting[$0.3] }
    ready = released.reversed() + ready
  }
}
