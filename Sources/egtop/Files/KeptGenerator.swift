import Decoding
import Model

/// A generator as the memory's file has it: a line of fields with tabs between.
///
/// Id, region, name, seconds since 1970, session, then values by their names, and what its engine burns.
struct KeptGenerator: Equatable, Sendable {
  /// How such a file begins.
  static let mark = "# egtop fleet 1"

  var id: String
  /// Empty if it is unknown.
  var region: String
  /// Its indices mean nothing here.
  var known: RememberedGenerator

  /// A whole file.
  static func text(_ generators: [KeptGenerator], heading: String) -> String {
    var text = heading + "\n"
    text.reserveCapacity(generators.count * 96)
    for generator in generators { text += generator.line }
    return text
  }

  private var line: String {
    var line = "\(id)\t\(region)\t\(known.name ?? "")\t\(known.heardAt / 1_000_000_000)\t"
    line += known.session.letter
    for metric in Metric.allCases {
      if let value = known.reading[metric] { line += "\t\(metric.wireName)=\(value)" }
    }
    if let burn = known.burn {
      let name = burn.isByPower ? Self.powerBurn : Self.burn
      line += "\t\(name)=\(Float(burn.rate))~\(Float(burn.error))"
    }
    return line + "\n"
  }

  /// The generators of a file, but those that were heard later than now; lines that say nothing are left out.
  ///
  /// - Parameters:
  ///   - text: From the file; anybody may have changed it.
  ///   - wall: Now: wall nanoseconds.
  /// - Returns: Nil for a file of another kind.
  static func all(in text: String, at wall: Int64) -> [KeptGenerator]? {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"))
    guard let first = lines.first, Substring(first).hasPrefix(mark + " ") else { return nil }
    return lines.dropFirst().compactMap { KeptGenerator(Substring($0), at: wall) }
  }

  private init?(_ line: Substring, at wall: Int64) {
    let fields = line.utf8.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      .map { Substring($0) }
    guard fields.count >= 5, !fields[0].isEmpty, let seconds = Int64(fields[3]),
      let session = Model.Session(letter: fields[4]), seconds > 0, seconds <= wall / 1_000_000_000
    else { return nil }
    func safe(_ text: Substring) -> String { Scrub.text(String(text), limit: 64) }
    var reading = Reading()
    var burn: LearntBurn?
    for field in fields.dropFirst(5) {
      let parts = field.utf8.split(separator: UInt8(ascii: "="), maxSplits: 1).map { Substring($0) }
      if parts.count == 2, [Self.burn, Self.powerBurn].contains(String(parts[0])) {
        burn = LearntBurn(parts[1], isByPower: parts[0] == Self.powerBurn)
      }
      guard parts.count == 2, let metric = Self.metrics[String(parts[0])] else { continue }
      reading[metric] = Double(parts[1])
    }
    let name = safe(fields[2])
    self.init(
      id: safe(fields[0]),
      region: safe(fields[1]),
      known: RememberedGenerator(
        generator: 0,
        name: name.isEmpty ? nil : name,
        heardAt: seconds * 1_000_000_000,
        session: session,
        reading: reading,
        burn: burn
      )
    )
  }

  init(id: String, region: String, known: RememberedGenerator) {
    (self.id, self.region, self.known) = (id, region, known)
  }

  /// What its engine burns an hour at full load, or for each unit of power: the rate, then its error.
  private static let burn = "burn"
  private static let powerBurn = "burnByPower"

  private static let metrics = Dictionary(
    uniqueKeysWithValues: Metric.allCases.map { ($0.wireName, $0) }
  )
}

extension LearntBurn {
  /// Of a rate and its error with `~` between.
  fileprivate init?(_ text: Substring, isByPower: Bool) {
    let parts = text.utf8.split(separator: UInt8(ascii: "~")).map { Substring($0) }
    guard parts.count == 2, let rate = Double(parts[0]), let error = Double(parts[1]) else {
      return nil
    }
    self.init(rate: rate, error: error, isByPower: isByPower)
  }
}

extension Model.Session {
  fileprivate var letter: String {
    switch self {
    case .unknown: "-"
    case .online: "o"
    case .lost: "x"
    case .disconnected: "d"
    }
  }

  fileprivate init?(letter: Substring) {
    switch letter {
    case "-": self = .unknown
    case "o": self = .online
    case "x": self = .lost
    case "d": self = .disconnected
    default: return nil
    }
  }
}
