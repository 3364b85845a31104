/// One character position of a ``Canvas``: 8 bytes without references.
public struct Cell: Equatable, Sendable, BitwiseCopyable {
  /// What is drawn; a space in the second column of a wide character.
  public var scalar: Unicode.Scalar

  /// Columns the character takes: 1, 2, or 0 for the second column of a wide one.
  public var width: UInt8 = 1

  /// What the cell means; a theme says what that looks like.
  public var role = Role.text

  /// Attributes on top of those of the role.
  public var flags: CellFlags = []
}

extension Cell {
  /// A blank.
  public init() { self.init(scalar: " ") }
}

/// Attributes that a pane may add to a role.
public struct CellFlags: OptionSet, Hashable, Sendable, BitwiseCopyable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let bold = CellFlags(rawValue: 1)
  public static let dim = CellFlags(rawValue: 2)
  public static let reverse = CellFlags(rawValue: 4)
  public static let underline = CellFlags(rawValue: 8)
}
