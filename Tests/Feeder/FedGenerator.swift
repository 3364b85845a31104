/// A made-up generator: a load that wanders, fuel that burns with it, and a tanker that comes in time.
///
/// Equal seeds and equal steps give equal samples, whatever the clock does.
struct FedGenerator {
  /// `generator1` and up, as in the article.
  let id: String
  let region: FedRegion
  /// Nanoseconds between two samples.
  let interval: Int64
  /// When the next sample is due, in nanoseconds since the feeding began.
  var due: Int64

  private let latitude: Double
  private let longitude: Double
  private var random: SeededRandom
  /// In percent.
  private var load: Double
  private var targetLoad: Double
  private var fuel: Double
  /// The fuel at which the tanker comes.
  private var refuelMark: Double

  /// Units of fuel a second at full load: a tank of 1000 lasts a quarter of an hour.
  private static let fullBurn = 1.1

  /// Generators are numbered from 0, and each has an interval of its own between a half and one and a half of the mean, which
  /// is in seconds.
  init(number: Int, seed: UInt64, meanInterval: Double) {
    var random = SeededRandom(seed: seed &* 1_000_003 &+ UInt64(number))
    id = "generator\(number + 1)"
    region = FedRegion.all[number % FedRegion.all.count]
    latitude = Self.rounded(region.latitude + .random(in: -1.5...1.5, using: &random))
    longitude = Self.rounded(region.longitude + .random(in: -1.5...1.5, using: &random))
    interval = Int64(meanInterval * .random(in: 0.5...1.5, using: &random) * 1e9)
    due = .random(in: 0...max(0, interval), using: &random)
    load = .random(in: 10...90, using: &random)
    targetLoad = load
    fuel = .random(in: 300...1000, using: &random)
    refuelMark = .random(in: 30...280, using: &random)
    self.random = random
  }

  /// Lets time pass, with one change of load.
  mutating func advance(seconds: Double) {
    if Double.random(in: 0..<1, using: &random) < 0.03 {
      let isStandby = Double.random(in: 0..<1, using: &random) < 0.15
      targetLoad = isStandby ? 0 : .random(in: 10...100, using: &random)
    }
    load += (targetLoad - load) * 0.15
    if targetLoad > 0 { load += .random(in: -2...2, using: &random) }
    load = min(100, max(0, load))
    fuel -= Self.fullBurn * load / 100 * seconds
    guard fuel < refuelMark else { return }
    fuel = .random(in: 850...1000, using: &random)
    refuelMark = .random(in: 30...280, using: &random)
  }

  /// What it reports now, whole numbers as the article's simulator sends them.
  var sample: FedSample {
    let percent = Int(load.rounded())
    return FedSample(
      latitude: latitude,
      longitude: longitude,
      temperature: 160 + percent * 14 / 10,
      power: percent * 26,
      load: percent,
      fuel: Int(fuel.rounded(.down)),
    )
  }

  private static func rounded(_ degrees: Double) -> Double {
    (degrees * 100_000).rounded() / 100_000
  }
}

/// One sample, and its two forms on the wire.
struct FedSample {
  var latitude: Double
  var longitude: Double
  var temperature: Int
  var power: Int
  var load: Int
  var fuel: Int

  /// The payload of the article's simulator, byte for byte in its order.
  func payload(id: String) -> [UInt8] {
    Array(
      """
      {"generatorID": "\(id)", "lat": \(latitude), "lon": \(longitude), "temperature": \(temperature), \
      "power": \(power), "load": \(load), "fuel": \(fuel)}
      """.utf8
    )
  }

  /// The record that the source connector writes: flat, with its tags nested, and the time of the sample in RFC 3339.
  func record(id: String, region: String, time: String) -> [UInt8] {
    Array(
      """
      {"measurement":"genData","tags":{"generatorID":"\(id)","region":"\(region)"},"time":"\(time)",\
      "alarm":"\(fuel < 500 ? "refuel" : "no action")","fuel":\(fuel),"lat":\(latitude),"load":\(load),\
      "lon":\(longitude),"power":\(power),"temperature":\(temperature)}
      """.utf8
    )
  }
}
