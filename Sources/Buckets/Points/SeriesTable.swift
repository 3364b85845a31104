/// Whose points are: what a point's time must be unique in.
public struct Series: Hashable, Sendable {
  public var measurement: String
  public var generator: String
  /// Empty for none.
  public var region: String

  public init(measurement: String, generator: String, region: String) {
    self.measurement = measurement
    self.generator = generator
    self.region = region
  }
}

/// Place of a series in a bucket's memory.
public typealias SeriesPlace = Int32

/// The series that were met since a bucket was opened, by their places.
public final class SeriesTable {
  private var places: [Series: SeriesPlace] = [:]
  private var series: [Series] = []

  public init() {}

  public var count: Int { series.count }

  public subscript(place: SeriesPlace) -> Series { series[Int(place)] }

  /// The place of a series, new or old.
  public func place(of one: Series) -> SeriesPlace {
    if let place = places[one] { return place }
    let place = SeriesPlace(truncatingIfNeeded: series.count)
    places[one] = place
    series.append(one)
    return place
  }

  func removeAll() {
    places.removeAll()
    series.removeAll()
  }
}
