public import JSON
public import Model

/// Why a message that should have been readable was not.
///
/// Made for every bad message of a flood: it allocates nothing until it is described.
public enum Rejection: Equatable, Sendable {
  case json(JSONError)
  /// No value is left without this field, which cannot be read.
  case lost(LostField)
  /// Neither the message nor its topic or key names the generator.
  case noIdentifier
  /// Behind Confluent's prefix with this schema id there is no JSON.
  case binary(schema: UInt32)
  /// Something else than a JSON object.
  case noObject
  /// An object without any field that we know.
  case noKnownField
  /// On a presence topic, a text that is none of the rule's.
  case unknownPresence
  /// A message that no source asks for.
  case noSource
  /// Where a source says that a value stands, there is none that can be taken.
  case value(Metric, ValueFlaw)
  /// Neither a topic nor a payload of Sparkplug B.
  case noSparkplug
  /// Nothing has told yet what the numbers of a node's or a device's metrics stand for; which it is, scrubbed.
  case noBirth(of: String)
  /// Where a source says that the time stands, there is none to believe.
  case noTime
  /// What is announced by this name is left out.
  case announcement(AnnouncementFlaw, of: String)

  /// The reason for a parser's error; nil if the message is merely none of ours.
  init?(_ error: JSONError) {
    switch error {
    case .notAnObject: return nil
    default: self = .json(error)
    }
  }
}

extension Rejection: CustomStringConvertible {
  /// The reason in words, with nothing of the message itself but the names of its fields.
  public var description: String {
    switch self {
    case .json(.invalidUTF8): "not valid UTF-8"
    case .lost(let field): field.reason
    case .json(.tooDeep): "JSON nested too deep"
    case .json(.tooLarge): "larger than 1 MiB"
    case .json(.outOfMemory): "no memory to read it"
    case .json: "not valid JSON"
    case .noIdentifier: "no generator id in message, topic or key"
    case .binary(let schema):
      "Avro or Protobuf (schema id \(schema)), not JSON: set the connector's output format to JSON"
    case .noObject: "no JSON object"
    case .noKnownField: "no field known"
    case .unknownPresence: "a text that is none of the presence rule's"
    case .noSource: "no source has this topic"
    case .value(let metric, let flaw): "\(metric.row.title) \(flaw.reason)"
    case .noSparkplug: "no message of Sparkplug B"
    case .noBirth(let name): "waits for a birth of \(name)"
    case .noTime: "a time that cannot be read, or is not to be believed"
    case .announcement(let flaw, let name):
      "\(Scrub.text(name, limit: Scrub.Limit.identifier)) \(flaw.reason)"
    }
  }
}

extension LostField {
  /// What is wrong with it, in words that are safe to draw and to log.
  public var reason: String {
    let name = Scrub.text(name, limit: Scrub.Limit.identifier)
    return switch flaw {
    case .wrongType: "\(name) has a value of the wrong type"
    case .notFinite: "\(name) is not a finite number"
    case .nested: "\(name) is an object or a list"
    case .tooMany: "\(name) is a field too many"
    }
  }
}

extension ValueFlaw {
  /// What is wrong with a value, behind its name.
  fileprivate var reason: String {
    switch self {
    case .noNumber: "is no number"
    case .notFinite: "is not a finite number"
    case .nested: "is an object or a list"
    case .otherUnit: "is in a unit that does not measure it"
    case .decimalComma: "has a comma: if decimals have one, say decimal: comma"
    case .noWord: "is none of the words for it"
    case .noJSON: "is to be found by a path, but there is no JSON"
    }
  }
}
