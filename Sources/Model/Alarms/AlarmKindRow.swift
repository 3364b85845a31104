/// What is known of one ``AlarmKind``.
public struct AlarmKindRow: Sendable {
  /// What it is called in JSON, in a filter and in a list: `refuel`.
  public let name: String
  /// Whom a filter finds by the name, for help: `generators …`.
  public let help: String
  /// What is to be done about it; an alarm that takes the place of another of the same need is no news.
  public let need: String
  /// The value that it is about.
  public let metric: Metric
  /// The word of an enriched record's `alarm` that raises it, any other of which clears it; nil if it is raised by
  /// values.
  public let recordWord: String?
  /// How it looks while it is of priority 1.
  public let urgentLook: AlarmLook
  /// How it looks while it is of priority 2.
  public let look: AlarmLook
  public let words: AlarmWords
  /// Whether a newer value says that there is no cause for it any more, though it stands.
  public let isContradicted: @Sendable (_ value: Double, _ generator: Generator) -> Bool
}

/// How an alarm looks, so that it is known by its shape as well as by its colour.
public struct AlarmLook: Equatable, Sendable {
  /// Which of the colours of alarms it has.
  public enum Tone: Sendable {
    case critical, warning, notice
  }

  /// At most two columns wide.
  public let mark: String
  public let tone: Tone

  /// How alarms of priority 1 look, and of several kinds together.
  public static let urgent = AlarmLook(mark: "!1", tone: .critical)
  /// The same of priority 2.
  public static let soon = AlarmLook(mark: "!2", tone: .warning)
}

/// What is said of an alarm.
public struct AlarmWords: Sendable {
  /// That it came, with priority 2 or whatever it has: `refuel alarm`.
  public let raised: String
  /// That it came with priority 1.
  public let raisedUrgent: String
  /// That one of priority 2 now has priority 1.
  public let becameUrgent: String
  /// The opposite.
  public let becameLess: String
  /// That it is over, in the list of what happened to a generator.
  public let cleared: String
  /// That it is over, where alarms are read out.
  public let over: String
  /// Behind an id, in the call for one of priority 1: `is critical`.
  public let call: String
  /// Behind how many generators have it: `to refuel`.
  public let counted: String
}

extension AlarmKind {
  /// What all of them need; nil if that differs.
  private static let commonNeed =
    Set(allCases.map(\.row.need)).count == 1 ? AlarmKind.refuel.row.need : nil
  /// What alarms of all kinds are called together: by what they need, else `alarm`.
  public static let commonName = commonNeed ?? "alarm"
  /// The same in the plural: `refuel alarms`.
  public static let commonTitle = commonNeed.map { "\($0) alarms" } ?? "alarms"
  /// The value that all of them are about; nil if there are several.
  public static let commonMetric =
    Set(allCases.map(\.row.metric)).count == 1 ? AlarmKind.refuel.row.metric : nil
  public func look(priority: Int) -> AlarmLook { priority == 1 ? row.urgentLook : row.look }
}

/// A set of kinds of alarm, in their order.
public struct AlarmKinds: Hashable, Sendable, Sequence, ExpressibleByArrayLiteral {
  /// How many kinds there can be: ``Conditions`` have two bits for each.
  static let most = 12

  private(set) var bits: UInt32

  init(bits: UInt32) { self.bits = bits }

  public init(arrayLiteral kinds: AlarmKind...) {
    bits = 0
    for kind in kinds { insert(kind) }
  }

  static let all = AlarmKinds(bits: 1 << UInt32(AlarmKind.allCases.count) - 1)

  public var isEmpty: Bool { bits == 0 }
  public var count: Int { bits.nonzeroBitCount }

  public func contains(_ kind: AlarmKind) -> Bool { bits & Self.bit(kind) != 0 }

  public mutating func insert(_ kind: AlarmKind) { bits |= Self.bit(kind) }

  public func union(_ others: AlarmKinds) -> AlarmKinds { AlarmKinds(bits: bits | others.bits) }

  public func subtracting(_ others: AlarmKinds) -> AlarmKinds {
    AlarmKinds(bits: bits & ~others.bits)
  }

  /// Those of them that are news after `before`: neither there then, nor in the place of one of the same need.
  public func news(since before: AlarmKinds) -> AlarmKinds {
    var news = subtracting(before)
    for kind in news where before.contains(where: { $0.row.need == kind.row.need }) {
      news.bits &= ~Self.bit(kind)
    }
    return news
  }

  private static func bit(_ kind: AlarmKind) -> UInt32 { 1 << UInt32(kind.rawValue) }

  public struct Iterator: IteratorProtocol {
    fileprivate var rest: UInt32

    public mutating func next() -> AlarmKind? {
      guard rest != 0 else { return nil }
      defer { rest &= rest - 1 }
      return AlarmKind(rawValue: UInt8(rest.trailingZeroBitCount))
    }
  }

  public func makeIterator() -> Iterator { Iterator(rest: bits) }
}
