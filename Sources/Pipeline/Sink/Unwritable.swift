internal import JSON

/// Why a record can never be a point.
enum Unwritable: Error, Equatable {
  case json(JSONError)
  /// Behind Confluent's prefix with this schema id there is no JSON.
  case binary(schema: UInt32)
  /// There is no field but tags, or all are null.
  case noField
  /// Neither the record nor its key names the generator.
  case noIdentifier
  /// The record's timestamp is before 1970 or after 2200.
  case timeOutOfRange
  /// The field that is to hold the time is absent or is no time.
  case noTime(field: String)

  /// Which step of Kafka Connect failed, by Connect's name.
  var stage: String {
    switch self {
    case .json(.wrongType), .noField, .noIdentifier, .timeOutOfRange, .noTime: "TASK_PUT"
    case .json, .binary: "VALUE_CONVERTER"
    }
  }
}

extension Unwritable: CustomStringConvertible {
  /// The reason in words, with nothing of the record itself.
  var description: String {
    switch self {
    case .json(let error): Self.words(error)
    case .binary(let schema): "no JSON behind the prefix of schema id \(schema)"
    case .noField: "no field has a value"
    case .noIdentifier: "no generator id in the record or its key"
    case .timeOutOfRange: "the record's timestamp is out of range"
    case .noTime(let field): "no time in the field \(field)"
    }
  }

  private static func words(_ error: JSONError) -> String {
    switch error {
    case .notAnObject: "not a JSON object"
    case .invalidJSON: "not valid JSON"
    case .invalidUTF8: "not valid UTF-8"
    case .wrongType(let field): "\(field.rawValue) has a value of the wrong type"
    case .notFinite(let field): "\(field.rawValue) is not a finite number"
    case .nested: "an object or array inside the object"
    case .tooDeep: "nested too deep"
    case .tooLarge: "too large"
    case .tooManyFields: "more than \(JSONFields.most) fields"
    case .outOfMemory: "no memory to read it"
    }
  }
}
