internal import Decoding
internal import JSON

/// Why a record can never be a point.
enum Unwritable: Error, Equatable {
  case json(JSONError)
  /// Behind Confluent's prefix with this schema id there is no JSON.
  case binary(schema: UInt32)
  /// No number is left without this field, which cannot be read.
  case lost(LostField)
  /// There is no number of a metric; `inside` is the name of a field that holds a message as text, if there is one.
  case noReading(inside: String?)
  /// Neither the record nor its key names the generator.
  case noIdentifier
  /// The record's timestamp is before 1970 or after 2200.
  case timeOutOfRange
  /// Neither the record nor a field says the time.
  case noTime
  /// The field that is to hold the time is absent or is no time.
  case noTimeIn(field: String)
  /// No configured source can read it.
  case notUnderstood(Rejection)

  /// Which step of Kafka Connect failed, by Connect's name.
  var stage: String {
    switch self {
    case .lost, .noReading, .noIdentifier, .timeOutOfRange, .noTime, .noTimeIn, .notUnderstood:
      "TASK_PUT"
    case .json, .binary: "VALUE_CONVERTER"
    }
  }
}

extension Unwritable: CustomStringConvertible {
  /// The reason in words, with nothing of the record itself but the names of its fields.
  var description: String {
    switch self {
    case .json(let error): Self.words(error)
    case .binary(let schema): "no JSON behind the prefix of schema id \(schema)"
    case .lost(let field): field.reason
    case .noReading(let inside?): "no reading: the field \(inside) holds a message as text"
    case .noReading: "no reading: no field that is known has a number"
    case .noIdentifier: "no generator id in the record or its key"
    case .timeOutOfRange: "the record's timestamp is out of range"
    case .noTime: "the record has no timestamp, and its payload no time"
    case .noTimeIn(let field): "no time in the field \(field)"
    case .notUnderstood(let reason): "by the sources: \(reason)"
    }
  }

  private static func words(_ error: JSONError) -> String {
    switch error {
    case .notAnObject: "not a JSON object"
    case .invalidJSON: "not valid JSON"
    case .invalidUTF8: "not valid UTF-8"
    case .tooDeep: "nested too deep"
    case .tooLarge: "too large"
    case .outOfMemory: "no memory to read it"
    }
  }
}
