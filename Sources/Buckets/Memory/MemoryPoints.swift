internal import Model
internal import Synchronization

/// What all that open a bucket of one name share.
final class MemoryContent: Sendable {
  let points = Mutex(MemoryPoints())
}

/// The record of Kafka that a point came in.
struct MemoryRecord: Equatable {
  var topic: String
  var partition: Int32
  var offset: Int64

  init(_ topic: String, _ origin: Origin) {
    self.topic = topic
    partition = origin.partition
    offset = origin.offset
  }
}

/// The points of a bucket, their series and the numbers of stages.
struct MemoryPoints: Sendable {
  private struct Place: Hashable {
    var series: Int64
    var time: Int64
  }

  private struct Crowd: Hashable {
    var place: Place
    var topic: String
    var partition: Int32
  }

  private(set) var series: [Series] = []
  var states: [String: Int64] = [:]
  private(set) var lastSequence: Int64 = 0
  private var numbers: [Series: Int64] = [:]
  private var points: [Place: (point: StoredPoint, record: MemoryRecord?)] = [:]
  private var crowds: [Crowd: (offset: Int64, time: Int64)] = [:]

  /// The number of a series, which it gets now if it has none.
  mutating func number(of one: Series) -> Int64 {
    if let number = numbers[one] { return number }
    series.append(one)
    numbers[one] = Int64(series.count)
    return Int64(series.count)
  }

  mutating func append(_ point: Point, _ id: Int64, _ record: MemoryRecord) -> PointCounts {
    var place = Place(series: id, time: point.time)
    let crowd = Crowd(place: place, topic: record.topic, partition: record.partition)
    if points[place] != nil, let last = crowds[crowd], last.offset < record.offset {
      place.time = last.time &+ 1
    }
    defer { crowds[crowd] = (record.offset, place.time) }
    while let found = points[place] {
      if found.record == record { return PointCounts(unchanged: 1) }
      place.time &+= 1
    }
    keep(point, at: place, record)
    return PointCounts(written: 1)
  }

  mutating func put(_ point: Point, _ id: Int64) -> PointCounts {
    let place = Place(series: id, time: point.time)
    let found = points[place]?.point.fields
    if found == point.fields { return PointCounts(unchanged: 1) }
    keep(point, at: place, nil)
    return found == nil ? PointCounts(written: 1) : PointCounts(replaced: 1)
  }

  private mutating func keep(_ point: Point, at place: Place, _ record: MemoryRecord?) {
    lastSequence += 1
    let stored = StoredPoint(
      sequence: lastSequence,
      series: place.series,
      time: place.time,
      fields: point.fields,
    )
    points[place] = (stored, record)
  }

  mutating func expire(before oldest: Int64, limit: Int) -> Int {
    let old = points.filter { place, entry in
      place.time < oldest && entry.point.sequence < lastSequence
    }
    for place in old.keys.prefix(limit) { points[place] = nil }
    return min(old.count, limit)
  }

  func points(after sequence: Int64, limit: Int) -> [StoredPoint] {
    let later = points.values.map(\.point).filter { $0.sequence > sequence }
    return Array(later.sorted { $0.sequence < $1.sequence }.prefix(limit))
  }

  /// The points of a series that say its fuel.
  func withFuel(_ series: Int64) -> [StoredPoint] {
    points.values.map(\.point).filter { $0.series == series && $0.fields[.fuel] != nil }
  }
}
