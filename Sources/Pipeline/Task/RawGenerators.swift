internal import Buckets

/// The generators of a bucket and the series of each: one may have been given several regions.
struct RawGenerators {
  private var places: [String: Int] = [:]
  private var names: [String] = []
  private var placesBySeries: [Int64: Int] = [:]
  private var lastSeries: Int64 = 0
  /// Numbers of series in the file, by the generator's place.
  private(set) var seriesByGenerator: [[Int64]] = []

  /// All series.
  var series: Dictionary<Int64, Int>.Keys { placesBySeries.keys }

  /// Takes in what has come since it was last called.
  mutating func learn(from bucket: any Bucket, measurement: String) throws(BucketError) {
    for (id, series) in try bucket.series(after: lastSeries) {
      lastSeries = id
      guard series.measurement == measurement else { continue }
      let place = place(of: series.generator)
      seriesByGenerator[place].append(id)
      placesBySeries[id] = place
    }
  }

  /// The place of the generator that a series is of; nil for one of another measurement.
  func place(ofSeries series: Int64) -> Int? { placesBySeries[series] }

  /// The id of the generator that a series is of.
  func name(ofSeries series: Int64) -> String { placesBySeries[series].map { names[$0] } ?? "" }

  private mutating func place(of name: String) -> Int {
    if let place = places[name] { return place }
    places[name] = names.count
    names.append(name)
    seriesByGenerator.append([])
    return names.count - 1
  }
}
