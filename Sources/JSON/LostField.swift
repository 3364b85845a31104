internal import CSimdjson

/// A field that could not be read, while the rest of its message was.
public struct LostField: Equatable, Sendable {
  /// What is wrong with a value.
  public enum Flaw: Equatable, Sendable {
    /// Not what a field of this name is to hold.
    case wrongType
    /// A number beyond what a double can hold, such as `1e999`, or a bare word for none, such as `nan`.
    case notFinite
    /// An object or an array.
    case nested
    /// Behind as many fields as there is room for.
    case tooMany
  }

  /// As it stands in the message, which is the sender's choice.
  public let name: String
  public let flaw: Flaw
  /// Whether it is one of the names that messages are read by.
  public let isKnown: Bool

  public init(_ name: String, _ flaw: Flaw, isKnown: Bool = true) {
    self.name = name
    self.flaw = flaw
    self.isKnown = isKnown
  }
}

extension LostField {
  /// What the library tells of the first; nil if none was lost.
  init?(_ lost: CSimdjsonLost) {
    let flaw: Flaw
    switch lost.flaw {
    case .none: return nil
    case .wrongType: flaw = .wrongType
    case .notFinite: flaw = .notFinite
    case .nested: flaw = .nested
    case .tooMany: flaw = .tooMany
    }
    // A key may be as long as the message.
    let name = lost.key.lend { key in
      String(decoding: key.indices.prefix(256).map { key[$0] }, as: UTF8.self)
    }
    self.init(name, flaw, isKnown: lost.isNamed)
  }
}
