public import JSON

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
