internal import Model

/// Where a record lies, and what is known of it besides its bytes.
struct RecordPlace {
  /// The place in the reader's topics.
  var topic: Int32 = 0
  var partition: Int32 = 0
  var offset: Int64 = 0
  /// Kafka's time of it: wall nanoseconds.
  var time: Int64?
  /// 0 for none.
  var receivedAt: Int64 = 0
  var size: Int32 = 0
  var fingerprint: UInt32 = 0
  /// The record's own time, which a later one of the generator is not to be before: wall nanoseconds.
  var ownTime = Int64.min
}

/// The last enriched record of every generator as it came, since the next is a minute away when an
/// operator opens one.
///
/// At most 320 bytes of each, in blocks of 64 generators: 24 kB a block, some 37 MB for 100,000.
struct RecordStore {
  static let room = 320
  private static let block = 64
  private var bytes: [[UInt8]] = []
  private var places: [[RecordPlace]] = []

  /// Keeps a record in place of the one before, unless that is of a later time.
  mutating func keep(_ value: Span<UInt8>, of generator: GeneratorIndex, _ place: RecordPlace) {
    let index = Int(generator)
    guard index >= 0 else { return }
    let (block, row) = (index / Self.block, index % Self.block)
    while bytes.count <= block {
      bytes.append([])
      places.append([])
    }
    if bytes[block].isEmpty {
      bytes[block] = Array(repeating: 0, count: Self.block * Self.room)
      places[block] = Array(repeating: RecordPlace(), count: Self.block)
    }
    guard place.ownTime >= places[block][row].ownTime else { return }
    places[block][row] = place
    let start = row * Self.room
    var target = bytes[block].mutableSpan
    for offset in 0..<min(value.count, Self.room) { target[start + offset] = value[offset] }
  }

  /// The time that a record is kept by: its own, or that of the one before if its own is ahead of the present.
  func time(of record: EnrichedRecord, at wall: Int64) -> Int64 {
    if let own = record.ownWall, own <= wall { return own }
    return self.record(of: record.generator)?.place.ownTime ?? .min
  }

  /// The record that was kept of a generator; nil if there is none.
  func record(of generator: GeneratorIndex) -> (place: RecordPlace, value: [UInt8])? {
    let index = Int(generator)
    let (block, row) = (index / Self.block, index % Self.block)
    guard index >= 0, places.indices.contains(block), places[block].indices.contains(row) else {
      return nil
    }
    let place = places[block][row]
    guard place.receivedAt > 0 else { return nil }
    let start = row * Self.room
    let count = min(Int(place.size), Self.room)
    return (place, Array(bytes[block][start..<start + count]))
  }
}
