internal import JSON

/// Why a message that should have been readable was not.
///
/// Made for every bad message of a flood: it allocates nothing until it is described.
public enum Rejection: Equatable, Sendable {
  case invalidJSON
  case invalidUTF8
  /// A field that we know holds a value of another type.
  case wrongType(field: String)
  /// A number that no double can hold, such as `1e999`.
  case notFinite(field: String)
  case tooDeep
  case tooLarge
  case outOfMemory
  /// Neither the message nor its topic or key names the generator.
  case noIdentifier
  /// Behind Confluent's prefix with this schema id there is no JSON.
  case binary(schema: UInt32)
  /// On a presence topic, a text that is none of the rule's.
  case unknownPresence

  /// The reason for a parser's error; nil if the message is merely none of ours.
  init?(_ error: JSONError) {
    switch error {
    case .notAnObject: return nil
    case .invalidJSON: self = .invalidJSON
    case .invalidUTF8: self = .invalidUTF8
    case .wrongType(let field): self = .wrongType(field: field)
    case .notFinite(let field): self = .notFinite(field: field)
    case .tooDeep: self = .tooDeep
    case .tooLarge: self = .tooLarge
    case .outOfMemory: self = .outOfMemory
    // Never of a reader that passes over what it does not know.
    case .nested, .tooManyFields: return nil
    }
  }
}

extension Rejection: CustomStringConvertible {
  /// The reason in words, with nothing of the message itself.
  public var description: String {
    switch self {
    case .invalidJSON: "not valid JSON"
    case .invalidUTF8: "not valid UTF-8"
    case .wrongType(let field): "\(field) has a value of the wrong type"
    case .notFinite(let field): "\(field) is not a finite number"
    case .tooDeep: "JSON nested too deep"
    case .tooLarge: "larger than 1 MiB"
    case .outOfMemory: "no memory to read it"
    case .noIdentifier: "no generator id in message, topic or key"
    case .binary(let schema):
      "Avro or Protobuf (schema id \(schema)), not JSON: set the connector's output format to JSON"
    case .unknownPresence: "a text that is none of the presence rule's"
    }
  }
}
