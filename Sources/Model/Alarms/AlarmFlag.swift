/// What the `alarm` field of an enriched record says.
public enum AlarmFlag: Equatable, Sendable {
  /// The record has no such field.
  case absent
  /// The word of a kind of alarm, as `refuel`.
  case raised(AlarmKind)
  /// `no action`.
  case noAction
  /// Some other text, which we do not know.
  case other

  /// Those that a word stands for.
  public static let known = [AlarmFlag.noAction] + AlarmKind.allCases.map { .raised($0) }

  /// The alarm that the record raises.
  public var kind: AlarmKind? {
    if case .raised(let kind) = self { kind } else { nil }
  }

  /// What the field says; nil if there is none or it is not known.
  public var word: String? {
    switch self {
    case .raised(let kind): kind.row.recordWord
    case .noAction: Convention.noAction
    case .absent, .other: nil
    }
  }
}

/// As recordings keep it: the first kind has the 1 that `refuel` always had, later ones follow behind the others.
extension AlarmFlag: RawRepresentable, Codable {
  public init?(rawValue: UInt8) {
    switch rawValue {
    case 0: self = .absent
    case 2: self = .noAction
    case 3: self = .other
    default:
      guard let kind = AlarmKind(rawValue: rawValue == 1 ? 0 : rawValue - 3) else { return nil }
      self = .raised(kind)
    }
  }

  public var rawValue: UInt8 {
    switch self {
    case .absent: 0
    case .noAction: 2
    case .other: 3
    case .raised(let kind): kind.rawValue == 0 ? 1 : kind.rawValue + 3
    }
  }
}
