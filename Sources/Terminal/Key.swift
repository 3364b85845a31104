/// A key press, or what else the terminal reports of whoever sits at it.
public enum Key: Hashable, Sendable, Codable {
  /// A printable character, the space among them.
  case character(Character)
  case enter
  case escape
  case tab
  case backTab
  case backspace
  case delete
  case up
  case down
  case left
  case right
  case pageUp
  case pageDown
  case home
  case end
  /// F1 is `function(1)`.
  case function(Int)
  /// The letter in lower case: Ctrl-d is `control("d")`.
  case control(Character)
  /// Text from the clipboard, which the terminal marks as such while it is asked to.
  case paste(String)
  /// The terminal's window came to the front, or left it.
  case focusIn
  case focusOut
  /// The mouse, which the terminal reports while it is asked to.
  case mouse(MouseReport)

  /// Keys are coded as their description.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let key = Key(text) else {
      let problem = "no key is called \(text)"
      throw DecodingError.dataCorruptedError(in: container, debugDescription: problem)
    }
    self = key
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// A character in quotes is its key, as in tables of keys.
extension Key: ExpressibleByExtendedGraphemeClusterLiteral {
  public init(extendedGraphemeClusterLiteral character: Character) { self = .character(character) }
}

extension Key: CustomStringConvertible, LosslessStringConvertible {
  private static let names: [(key: Key, name: String)] = [
    (.character(" "), "Space"), (.enter, "Enter"), (.escape, "Esc"), (.tab, "Tab"),
    (.backTab, "Shift-Tab"), (.backspace, "Backspace"), (.delete, "Del"), (.up, "Up"),
    (.down, "Down"), (.left, "Left"), (.right, "Right"), (.pageUp, "PgUp"),
    (.pageDown, "PgDn"), (.home, "Home"), (.end, "End"), (.focusIn, "FocusIn"),
    (.focusOut, "FocusOut"),
  ]

  private static let pasteName = "Paste "
  private static let mouseName = "Mouse "

  /// The name shown in help: `q`, `Ctrl-d`, `PgDn`, `F1`.
  public var description: String {
    switch self {
    case .character(let character) where character != " ": String(character)
    case .control(let letter): "Ctrl-\(letter)"
    case .function(let number): "F\(number)"
    case .paste(let text): Self.pasteName + text
    case .mouse(let report): Self.mouseName + report.description
    default: Self.names.first { $0.key == self }?.name ?? ""
    }
  }

  /// The key of that name.
  public init?(_ description: String) {
    if let named = Self.names.first(where: { $0.name == description }) {
      self = named.key
    } else if description.count == 1, let character = description.first {
      self = .character(character)
    } else if description.hasPrefix("Ctrl-"), description.count == 6, let last = description.last {
      self = .control(last)
    } else if description.hasPrefix(Self.pasteName) {
      self = .paste(String(description.dropFirst(Self.pasteName.count)))
    } else if description.hasPrefix(Self.mouseName),
      let report = MouseReport(String(description.dropFirst(Self.mouseName.count)))
    {
      self = .mouse(report)
    } else if description.hasPrefix("F"), let number = Int(description.dropFirst()) {
      self = .function(number)
    } else {
      return nil
    }
  }
}
