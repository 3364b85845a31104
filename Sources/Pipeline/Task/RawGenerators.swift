internal import Buckets

/// The generators of a bucket and the series of each: one may have been given several regions.
///
/// What it keeps of them is bounded in bytes; series beyond that are counted.
struct RawGenerators {
  private var places: [String: Int] = [:]
  private var names: [String] = []
  private var placesBySeries: [Int64: Int] = [:]
  private var lastSeries: Int64 = 0
  private let mostBytes: Int
  /// About what is kept takes.
  private var bytes = 0
  /// Numbers of series in the file, by the generator's place.
  private(set) var seriesByGenerator: [[Int64]] = []
  /// Series of the measurement that there was no room for.
  private(set) var leftOut = 0

  /// Series that are read at once.
  private static let portion = 10_000

  /// Enough for some 700,000 generators.
  static let mostBytes = 256 << 20

  init(mostBytes: Int) { self.mostBytes = mostBytes }

  /// All series.
  var series: Dictionary<Int64, Int>.Keys { placesBySeries.keys }

  /// Takes in what has come since it was last called.
  mutating func learn(from bucket: any Bucket, measurement: String) throws(BucketError) {
    var isWhole = false
    while !isWhole {
      let found = try bucket.series(after: lastSeries, limit: Self.portion)
      for (id, series) in found {
        lastSeries = id
        if series.measurement == measurement { add(id, of: series.generator) }
      }
      isWhole = found.count < Self.portion
    }
  }

  /// The place of the generator that a series is of; nil for one of another measurement.
  func place(ofSeries series: Int64) -> Int? { placesBySeries[series] }

  /// The id of the generator that a series is of.
  func name(ofSeries series: Int64) -> String { placesBySeries[series].map { names[$0] } ?? "" }

  private mutating func add(_ id: Int64, of name: String) {
    // A name stands twice, in tables that are half full at times.
    let cost = places[name] == nil ? 256 + 2 * name.utf8.count : 64
    guard cost <= mostBytes - bytes else {
      leftOut += 1
      return
    }
    bytes += cost
    let place = place(of: name)
    seriesByGenerator[place].append(id)
    placesBySeries[id] = place
  }

  private mutating func place(of name: String) -> Int {
    if let place = places[name] { return place }
    places[name] = names.count
    names.append(name)
    seriesByGenerator.append([])
    return names.count - 1
  }
}
