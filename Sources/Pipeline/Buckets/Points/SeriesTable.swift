/// The series of a bucket that were met, in memory.
struct SeriesTable {
  private var places: [Series: SeriesPlace] = [:]
  private var series: [Series] = []
  private var ids: [Int64?] = []
  private var placesByID: [Int64: SeriesPlace] = [:]
  /// Places whose numbers were given out in the transaction that is open.
  private var fresh: [SeriesPlace] = []

  var count: Int { series.count }

  subscript(place: SeriesPlace) -> Series { series[Int(place)] }

  /// The number of a series in the file; nil if that is not known.
  func id(_ place: SeriesPlace) -> Int64? { ids[Int(place)] }

  /// Where a series of the file is; nil if it has not been met.
  func place(ofID id: Int64) -> SeriesPlace? { placesByID[id] }

  /// The place of a series, new or old.
  mutating func place(of one: Series) -> SeriesPlace {
    if let place = places[one] { return place }
    let place = SeriesPlace(truncatingIfNeeded: series.count)
    places[one] = place
    series.append(one)
    ids.append(nil)
    return place
  }

  /// Learns the number of a series, which holds if the transaction does.
  mutating func set(_ id: Int64, of place: SeriesPlace) {
    ids[Int(place)] = id
    placesByID[id] = place
    fresh.append(place)
  }

  /// The transaction holds.
  mutating func keep() { fresh.removeAll() }

  /// The transaction does not: numbers that it gave out mean nothing.
  mutating func undo() {
    for place in fresh {
      if let id = ids[Int(place)] { placesByID[id] = nil }
      ids[Int(place)] = nil
    }
    fresh.removeAll()
  }
}
