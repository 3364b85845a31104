/// Samples that wait for a connection, oldest first; when it is full the oldest goes.
struct SampleBacklog {
  struct Entry: Equatable {
    var generator: Int
    var payload: [UInt8]
  }

  private var entries: [Entry] = []
  private var start = 0
  private let limit: Int

  init(limit: Int) {
    self.limit = max(1, limit)
  }

  var count: Int { entries.count - start }
  var isEmpty: Bool { count == 0 }

  /// Adds one, and returns how many were dropped for it: 0 or 1.
  mutating func append(_ entry: Entry) -> Int {
    entries.append(entry)
    guard count > limit else { return 0 }
    _ = next()
    return 1
  }

  /// Takes the oldest.
  mutating func next() -> Entry? {
    guard start < entries.count else { return nil }
    let entry = entries[start]
    entries[start].payload = []
    start += 1
    // What is left is moved once for as many entries as it has.
    if start > entries.count / 2 {
      entries.removeFirst(start)
      start = 0
    }
    return entry
  }
}
