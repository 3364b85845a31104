/// What a generator reports of itself, in the article's units and ranges.
public struct GeneratorSample: Equatable, Sendable {
  /// 160 to 300.
  public var temperature: Int
  /// 0 to 2600.
  public var power: Int
  /// Percent.
  public var load: Int
  /// Up to 1000.
  public var fuel: Int
}

/// Who a generator is and where it stands; none of it changes.
public struct GeneratorIdentity: Equatable, Sendable {
  /// `generator1` and up, as in the article.
  public let id: String
  public let region: String
  /// Degrees north, to five decimals.
  public let latitude: Double
  /// Degrees east, to five decimals.
  public let longitude: Double
  /// The payload up to the first number that changes.
  private let head: [UInt8]

  init(number: Int, region: String, latitude: Double, longitude: Double) {
    id = "generator\(number + 1)"
    self.region = region
    self.latitude = Self.rounded(latitude)
    self.longitude = Self.rounded(longitude)
    let text = """
      {"generatorID": "\(id)", "lat": \(self.latitude), "lon": \(self.longitude), "temperature":\u{20}
      """
    head = Array(text.utf8)
  }

  /// The payload of the article's simulator, byte for byte as Python's `json.dumps` writes it.
  public func payload(_ sample: GeneratorSample) -> [UInt8] {
    var bytes: [UInt8] = []
    append(sample, to: &bytes)
    return bytes
  }

  /// Appends the payload to bytes whose storage is used again.
  func append(_ sample: GeneratorSample, to bytes: inout [UInt8]) {
    bytes += head
    bytes += sample.temperature.description.utf8
    bytes += ", \"power\": ".utf8
    bytes += sample.power.description.utf8
    bytes += ", \"load\": ".utf8
    bytes += sample.load.description.utf8
    bytes += ", \"fuel\": ".utf8
    bytes += sample.fuel.description.utf8
    bytes.append(UInt8(ascii: "}"))
  }

  private static func rounded(_ degrees: Double) -> Double {
    (degrees * 100_000).rounded() / 100_000
  }
}
