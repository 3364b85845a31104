internal import CSimdjson

/// Why a message could not be read.
public enum JSONError: Error, Equatable, Sendable {
  /// It does not begin with `{`; nothing more was looked at.
  case notAnObject
  case invalidJSON
  case invalidUTF8
  /// Objects and arrays lie inside each other more than 128 deep.
  case tooDeep
  /// Longer than the parser's limit.
  case tooLarge
  case outOfMemory
}

extension JSONError {
  /// The error that a result of the library stands for; nil for success.
  init?(_ result: CSimdjsonResult) {
    switch result {
    case .read: return nil
    case .notAnObject: self = .notAnObject
    case .invalidUTF8: self = .invalidUTF8
    case .tooDeep: self = .tooDeep
    case .tooLarge: self = .tooLarge
    case .outOfMemory: self = .outOfMemory
    case .invalidJSON: self = .invalidJSON
    }
  }
}
