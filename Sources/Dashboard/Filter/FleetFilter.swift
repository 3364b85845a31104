/// Which generators are shown, in the language of the filter line.
///
///     fuel<15% region~north          fields, ~ contains, a space is "and"
///     tte<2h or temp>=95             numbers with units; not, and, or, brackets
///     alarm  lost  stale  run        bare words are states; others are looked for in id, name and
///                                    region, also as an abbreviation: royinf for Royal Infirmary B
///     -site:mast  site:"royal inf"   a minus turns round, quotes keep spaces
///     /alnw|amble/  ~rib             a pattern, and letters in their order, in id and name
///     near:54.97,-1.61<25km          the distance from a place
public struct FleetFilter: Equatable, Sendable {
  /// As it was typed.
  public let text: String
  /// Nil for all generators.
  let test: FilterTest?

  /// The filter that shows all generators.
  public init() { (text, test) = ("", nil) }

  /// Understands `text`.
  ///
  /// - Parameters:
  ///   - text: At most ``longest`` characters.
  ///   - unit: The fleet's unit of fuel; empty if it has none.
  /// - Throws: `LineError` that says where.
  public init(_ text: String, unit: String = "") throws(LineError) {
    guard text.count <= Self.longest else {
      throw LineError("longer than \(Self.longest) characters", at: Self.longest..<text.count)
    }
    self.text = text
    test = try FilterParser.test(text, unit: unit)
  }

  public static let longest = 400

  public var isEmpty: Bool { test == nil }
}
