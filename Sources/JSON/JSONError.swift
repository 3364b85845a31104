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
}

/// The fields of messages that are read, by their name on the wire.
public enum JSONField: String, CaseIterable, Sendable {
  case fuel, load, power, temperature
  case latitude = "lat"
  case longitude = "lon"
  case identifier = "generatorID"
  case region, alarm, time, tags
}
