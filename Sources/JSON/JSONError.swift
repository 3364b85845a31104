internal import CSimdjson

/// Why a message could not be read.
public enum JSONError: Error, Equatable, Sendable {
  /// It does not begin with `{`; nothing more was looked at.
  case notAnObject
  case invalidJSON
  case invalidUTF8
  /// A field that we know holds a value of another type.
  case wrongType(JSONField)
  /// A field that we know holds a number beyond what a double can hold, such as `1e999`.
  case notFinite(JSONField)
  /// Objects and arrays lie inside each other more than 128 deep.
  case tooDeep
  /// Longer than the parser's limit.
  case tooLarge
  case outOfMemory
  /// An object or array where only scalars may be; of ``JSONFields`` alone.
  case nested
  /// More fields than ``JSONFields/most``.
  case tooManyFields
}

/// The fields of messages that are read, by their name on the wire.
public enum JSONField: String, CaseIterable, Sendable {
  case fuel, load, power, temperature
  case latitude = "lat"
  case longitude = "lon"
  case identifier = "generatorID"
  case region, alarm, time, tags, measurement
}

extension JSONError {
  /// The error that a result of the library stands for; nil for success.
  init?(_ result: CSimdjsonResult, _ field: CSimdjsonField) {
    switch result {
    case .read: return nil
    case .notAnObject: self = .notAnObject
    case .invalidUTF8: self = .invalidUTF8
    case .wrongType: self = .wrongType(JSONField(field) ?? .identifier)
    case .notFinite: self = JSONField(field).map(JSONError.notFinite) ?? .invalidJSON
    case .tooDeep: self = .tooDeep
    case .tooLarge: self = .tooLarge
    case .outOfMemory: self = .outOfMemory
    case .invalidJSON: self = .invalidJSON
    case .nested: self = .nested
    case .tooManyFields: self = .tooManyFields
    }
  }
}

extension JSONField {
  /// Nil for a field that is none of ours.
  init?(_ field: CSimdjsonField) {
    switch field {
    case .fuel: self = .fuel
    case .load: self = .load
    case .power: self = .power
    case .temperature: self = .temperature
    case .latitude: self = .latitude
    case .longitude: self = .longitude
    case .identifier: self = .identifier
    case .region: self = .region
    case .alarm: self = .alarm
    case .time: self = .time
    case .tags: self = .tags
    case .measurement: self = .measurement
    case .none: return nil
    }
  }
}
