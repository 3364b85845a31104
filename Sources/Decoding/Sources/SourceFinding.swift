public import Model

/// What came of a message that sources were asked about.
public enum SourceOutcome: Equatable, Sendable {
  /// The decoder's findings say what it told: one at least.
  case understood(source: Int)
  /// In order, but there is nothing to tell: a topic that no metric names, a sibling that a condition asks for, a value
  /// that a condition or a better place holds back.
  case passed(source: Int)
  /// None of ours: of no source, or without any of the values of its source.
  case ignored(Rejection)
  case rejected(Rejection)
}

/// What a message said of one generator; whose, the decoder's ``SourceDecoder/identifier(of:)`` says.
public struct SourceFinding: Equatable, Sendable {
  public enum Kind: Equatable, Sendable {
    /// All values of the generator that such a message can have.
    case sample
    /// Only what was new, or what has a topic of its own.
    case values
    case presence(PresenceChange.Word)
  }

  public var kind: Kind
  /// The place of its source.
  public var source: Int
  /// In the base units of the metrics; fuel in units of `tank`, if that is in it.
  public var reading: Reading
  /// A bit for each metric, by its number, whose value is known not to be known any more.
  public var cleared: UInt32 = 0
  /// When the values were measured: wall nanoseconds; nil if the message does not say it, or nothing to believe.
  public var time: Int64?
  /// Of presence: whether the id has a `*`, which stands for anything.
  public var isPattern = false
  /// Which of the decoder's buffers hold the id and the region.
  var place = 0

  init(_ kind: Kind, of source: Int, _ reading: Reading = Reading()) {
    (self.kind, self.source, self.reading) = (kind, source, reading)
  }

  /// Whether a value is not known any more; the reading may have others all the same.
  public var isEmptied: Bool { cleared != 0 }
}

/// What became of the messages of a source.
public struct SourceCounts: Equatable, Sendable {
  public let name: String
  public var messages = 0
  /// Those of which there was something to tell.
  public var understood = 0
  public var notUnderstood = 0
  /// Why the last of them was not understood; nil if there was none.
  public var lastReason: Rejection?
  /// Devices that announce themselves and are no generators.
  public var otherDevices = 0

  init(name: String) { self.name = name }

  mutating func count(_ outcome: SourceOutcome) {
    messages += 1
    switch outcome {
    case .understood: understood += 1
    case .passed: break
    case .ignored(let reason), .rejected(let reason):
      notUnderstood += 1
      lastReason = reason
    }
  }
}

/// Why a value could not be taken from where a source says that it stands.
public enum ValueFlaw: Equatable, Sendable {
  case noNumber
  case notFinite
  case nested
  /// A unit that does not measure the metric, or that nobody knows.
  case otherUnit
  /// Such as `5,2`, where the source does not say that decimals have a comma.
  case decimalComma
  /// None of the words of a state.
  case noWord
  case noJSON
}
