internal import Pipeline

/// A generator of the article's simulator: no trend, each sample drawn at random within its range.
struct CompatGenerator: Sendable {
  let identity: GeneratorIdentity
  /// Seconds between two samples, the same forever.
  let interval: Int64
  private(set) var fuel: Int
  private var random: SeededRandom

  init(number: Int, seed: UInt64) {
    random = SeededRandom(seed: seed, stream: number)
    let towns = RegionTable.usDivisions.places
    let town = towns.randomElement(using: &random)
    identity = GeneratorIdentity(
      number: number,
      region: town.map { RegionTable.usDivisions.regions[$0.regionIndex] } ?? "unknown",
      latitude: town?.latitude ?? 0,
      longitude: town?.longitude ?? 0,
    )
    interval = Int64.random(in: 5...15, using: &random)
    fuel = Int.random(in: 900...1000, using: &random)
  }

  /// The next sample; a tank that is empty, or below, is filled by one sample and burns nothing with it.
  mutating func next() -> GeneratorSample {
    let load = Int.random(in: 0...100, using: &random)
    let ranges = Self.ranges(load: load)
    var sample = GeneratorSample(
      temperature: Int.random(in: ranges.temperature, using: &random),
      power: Int.random(in: ranges.power, using: &random),
      load: load,
      fuel: 0,
    )
    if fuel <= 0 {
      fuel += Int.random(in: 500...1000, using: &random)
    } else {
      fuel -= Int.random(in: ranges.use, using: &random)
    }
    sample.fuel = fuel
    return sample
  }

  private typealias Range = ClosedRange<Int>

  private static func ranges(load: Int) -> (temperature: Range, power: Range, use: Range) {
    switch load {
    case 75...: (210...300, 2000...2600, 90...130)
    case 50...: (200...210, 1100...2000, 75...90)
    case 25...: (190...200, 500...1100, 50...75)
    // The article draws a use for these loads as well and then forgets it.
    case 1...: (170...190, 100...500, 0...0)
    default: (160...160, 0...0, 0...0)
    }
  }
}
