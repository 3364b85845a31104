public import Model

/// Which generators are shown by text: words that must all hold, in any order.
///
/// A word that names a state (`alarm`, `critical`, `lost`, `stale`, `late`, `live`, `never`,
/// `offline`, `online`) holds for generators in that state; any other holds where id, name or
/// region contain it, whatever the case. A minus before a word turns it round.
public struct TextFilter: Codable, Equatable, Sendable {
  private struct Word: Codable, Equatable, Sendable {
    var text: String
    var isNegated: Bool
  }

  /// As it was typed.
  public let text: String
  private let words: [Word]

  public init(_ text: String = "") {
    self.text = text
    words = text.lowercased().split(separator: " ").compactMap { word in
      let isNegated = word.first == "-"
      let rest = isNegated ? word.dropFirst() : word
      return rest.isEmpty ? nil : Word(text: String(rest), isNegated: isNegated)
    }
  }

  public var isEmpty: Bool { words.isEmpty }

  /// Whether `generator` is to be shown.
  public func matches(_ index: GeneratorIndex, in fleet: Fleet) -> Bool {
    words.allSatisfy { holds($0.text, index, fleet) != $0.isNegated }
  }

  private func holds(_ word: String, _ index: GeneratorIndex, _ fleet: Fleet) -> Bool {
    let generator = fleet.generators[Int(index)]
    switch word {
    case "alarm", "refuel": return generator.conditions.contains(.refuel)
    case "critical", "!1": return generator.conditions.contains(.critical)
    case "lost": return generator.conditions.contains(.lost)
    case "stale": return generator.freshness == .stale
    case "late": return generator.freshness == .late
    case "live": return generator.freshness == .live
    case "never": return generator.freshness == .never
    case "offline": return generator.session.isOffline
    case "online": return generator.session == .online
    default: break
    }
    if fleet.ids[Int(index)].lowercased().contains(word) { return true }
    if fleet.names[Int(index)]?.lowercased().contains(word) == true { return true }
    return fleet.regions[Int(generator.region)].lowercased().contains(word)
  }
}
