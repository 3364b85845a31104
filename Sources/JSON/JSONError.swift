internal import CSimdjson

/// Why a message could not be read.
public enum JSONError: Error, Equatable, Sendable {
  /// It does not begin with `{`; nothing more was looked at.
  case notAnObject
  case invalidJSON
  case invalidUTF8
  /// A field of this name, which we know, holds a value of another type.
  case wrongType(String)
  /// A field of this name, which we know, holds a number beyond what a double can hold, such as `1e999`.
  case notFinite(String)
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

extension JSONError {
  /// The error that a result of the library stands for; nil for success.
  ///
  /// `failed` is the place of the name of the field that it is about, or -1.
  init?(_ result: CSimdjsonResult, _ failed: Int32, _ names: JSONNames) {
    switch result {
    case .read: return nil
    case .notAnObject: self = .notAnObject
    case .invalidUTF8: self = .invalidUTF8
    case .wrongType: self = .wrongType(names.name(at: failed))
    case .notFinite: self = failed < 0 ? .invalidJSON : .notFinite(names.name(at: failed))
    case .tooDeep: self = .tooDeep
    case .tooLarge: self = .tooLarge
    case .outOfMemory: self = .outOfMemory
    case .invalidJSON: self = .invalidJSON
    case .nested: self = .nested
    case .tooManyFields: self = .tooManyFields
    }
  }
}
