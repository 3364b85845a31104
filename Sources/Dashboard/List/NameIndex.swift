import Model

/// The ids, names and regions of a fleet in lower case, end to end: what filters and search read.
///
/// Folding a hundred thousand texts again with each key would take longer than a key may.
struct NameIndex: Sendable {
  /// A text of a generator, or a region's name.
  enum Key {
    case id(GeneratorIndex)
    case name(GeneratorIndex)
    /// Id and name.
    case both(GeneratorIndex)
    case region(RegionIndex)
  }

  /// Each text is followed by ``end``; an id comes first, then its name.
  private var bytes: [UInt8] = []
  private var idStarts: [Int32] = []
  private var nameStarts: [Int32] = []
  private var regionBytes: [UInt8] = []
  private var regionStarts: [Int32] = [0]

  /// No text holds this byte.
  static let end: UInt8 = 0

  /// Takes in the generators and regions that have come since the last time.
  mutating func extend(_ fleet: Fleet) {
    for place in idStarts.count..<max(idStarts.count, fleet.count) {
      idStarts.append(Int32(bytes.count))
      bytes += Self.folded(fleet.ids[place]) + [Self.end]
      nameStarts.append(Int32(bytes.count))
      bytes += Self.folded(fleet.names[place] ?? "") + [Self.end]
    }
    let known = regionStarts.count - 1
    for place in known..<max(known, fleet.regions.count) {
      regionBytes += Self.folded(fleet.regions[place]) + [Self.end]
      regionStarts.append(Int32(regionBytes.count))
    }
  }

  /// `text` in lower case, scalar by scalar, in UTF-8.
  ///
  /// One scalar stays one scalar, so that a match can be shown in the text as it was.
  static func folded(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars { bytes += folded(scalar) }
    return bytes
  }

  static func folded(_ scalar: Unicode.Scalar) -> [UInt8] {
    if scalar.value < 0x80 {
      let byte = UInt8(scalar.value)
      return byte == end ? [] : [(65...90).contains(byte) ? byte + 32 : byte]
    }
    let lower = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
    return Array(String(Character(lower)).utf8)
  }

  private func range(_ key: Key) -> Range<Int> {
    switch key {
    case .id(let index): Int(idStarts[Int(index)])..<Int(nameStarts[Int(index)])
    case .name(let index): Int(nameStarts[Int(index)])..<following(index)
    case .both(let index): Int(idStarts[Int(index)])..<following(index)
    case .region(let region):
      Int(regionStarts[Int(region)])..<Int(regionStarts[Int(region) + 1])
    }
  }

  private func following(_ index: GeneratorIndex) -> Int {
    Int(index) + 1 < idStarts.count ? Int(idStarts[Int(index) + 1]) : bytes.count
  }

  /// What `look` says of the bytes among which a text lies, and of its place there.
  @inline(__always)
  private func look<Answer>(at key: Key, _ look: ([UInt8], Range<Int>) -> Answer) -> Answer {
    let range = range(key)
    if case .region = key { return look(regionBytes, range) }
    return look(bytes, range)
  }

  /// Whether the text has the folded bytes of `wanted` in it.
  func contains(_ wanted: [UInt8], _ key: Key) -> Bool {
    look(at: key) { Self.contains(wanted, $0, $1) }
  }

  private static func contains(_ wanted: [UInt8], _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    guard let first = wanted.first else { return true }
    var start = range.lowerBound
    let last = range.upperBound - wanted.count
    while start <= last {
      if bytes[start] == first {
        var count = 1
        while count < wanted.count, bytes[start + count] == wanted[count] { count += 1 }
        if count == wanted.count { return true }
      }
      start += 1
    }
    return false
  }

  /// Whether the text begins with the folded bytes of `wanted`.
  func begins(with wanted: [UInt8], _ key: Key) -> Bool {
    look(at: key) { $0[$1].starts(with: wanted) }
  }

  func equals(_ wanted: [UInt8], _ key: Key) -> Bool {
    range(key).count - 1 == wanted.count && begins(with: wanted, key)
  }

  func matches(_ pattern: Pattern, _ key: Key) -> Bool { look(at: key) { pattern.matches($0, $1) } }

  /// Whether the letters are an abbreviation of the text.
  func abbreviates(_ letters: FuzzyMatch, _ key: Key) -> Bool {
    look(at: key) { letters.abbreviates($0, $1) }
  }

  /// How well the letters fit id or name, the better of both; nil if neither has them.
  func score(_ letters: FuzzyMatch, of index: GeneratorIndex) -> Int? {
    let id = letters.score(bytes, range(.id(index)))
    let name = letters.score(bytes, range(.name(index)))
    guard let id, let name else { return id ?? name }
    return max(id, name)
  }
}
