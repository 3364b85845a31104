/// A part of a YAML document that knows where it begins.
///
/// A node that was reached through an alias has the place of its anchor.
public struct YAMLNode: Equatable, Sendable {
  /// What a node holds.
  public enum Value: Equatable, Sendable {
    case scalar(YAMLScalar)
    case sequence([YAMLNode])
    /// In the order of the text; no key appears twice.
    case mapping([YAMLEntry])
  }

  public var value: Value
  /// Counted from 1.
  public var line: Int
  /// Counted from 1, in characters.
  public var column: Int

  /// An error at this node.
  public func error(_ message: String) -> YAMLError {
    YAMLError(message, line: line, column: column)
  }

  /// Whether the node is empty, `~` or `null`: a key without a value.
  public var isNull: Bool {
    guard case .scalar(let scalar) = value else { return false }
    return !scalar.isQuoted && ["", "~", "null", "Null", "NULL"].contains(scalar.text)
  }

  /// The value of a key of a mapping; nil if the key is not there or this is no mapping.
  public subscript(key: String) -> YAMLNode? {
    guard case .mapping(let entries) = value else { return nil }
    return entries.first { $0.name == key }?.value
  }
}

/// The text of a scalar and how it was written.
public struct YAMLScalar: Equatable, Sendable {
  public var text: String
  /// Whether it stood in quotes or in a block (`|`, `>`), and so is a text whatever it looks like.
  public var isQuoted = false
}

/// A key of a mapping and its value.
public struct YAMLEntry: Equatable, Sendable {
  public var name: String
  /// Where the key begins, counted from 1.
  public var line: Int
  /// Where the key begins, counted from 1, in characters.
  public var column: Int
  public var value: YAMLNode

  /// An error at the key.
  public func error(_ message: String) -> YAMLError {
    YAMLError(message, line: line, column: column)
  }
}
