public import JSON

/// Why a message that should have been readable was not.
///
/// Made for every bad message of a flood: it allocates nothing until it is described.
public enum Rejection: Equatable, Sendable {
  case json(JSONError)
  /// Neither the message nor its topic or key names the generator.
  case noIdentifier
  /// Behind Confluent's prefix with this schema id there is no JSON.
  case binary(schema: UInt32)
  /// On a presence topic, a text that is none of the rule's.
  case unknownPresence

  /// The reason for a parser's error; nil if the message is merely none of ours.
  init?(_ error: JSONError) {
    switch error {
    // The last two are never of a reader that passes over what it does not know.
    case .notAnObject, .nested, .tooManyFields: return nil
    default: self = .json(error)
    }
  }
}

extension Rejection: CustomStringConvertible {
  /// The reason in words, with nothing of the message itself.
  public var description: String {
    switch self {
    case .json(.invalidUTF8): "not valid UTF-8"
    case .json(.wrongType(let field)): "\(field) has a value of the wrong type"
    case .json(.notFinite(let field)): "\(field) is not a finite number"
    case .json(.tooDeep): "JSON nested too deep"
    case .json(.tooLarge): "larger than 1 MiB"
    case .json(.outOfMemory): "no memory to read it"
    case .json: "not valid JSON"
    case .noIdentifier: "no generator id in message, topic or key"
    case .binary(let schema):
      "Avro or Protobuf (schema id \(schema)), not JSON: set the connector's output format to JSON"
    case .unknownPresence: "a text that is none of the presence rule's"
    }
  }
}
