internal import Glibc

/// The environment variables of a process, as a value.
public struct Environment: Equatable, Sendable {
  public var values: [String: String]

  public init(_ values: [String: String]) {
    self.values = values
  }

  /// The variables of this process now.
  public static func current() -> Environment {
    var values: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let pair = String(cString: text)
      if let split = pair.firstIndex(of: "=") {
        values[String(pair[..<split])] = String(pair[pair.index(after: split)...])
      }
      entry += 1
    }
    return Environment(values)
  }

  /// The value of a variable; nil when it is not set or empty.
  public subscript(name: String) -> String? {
    guard let value = values[name], !value.isEmpty else { return nil }
    return value
  }

  /// The full path of a program in `PATH` or in `folders` after it; nil when it is nowhere.
  public func executable(_ name: String, alsoIn folders: [String] = []) -> String? {
    if name.contains("/") { return access(name, X_OK) == 0 ? name : nil }
    let listed = (self["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    return (listed.map(String.init) + folders)
      .map { "\($0)/\(name)" }
      .first { access($0, X_OK) == 0 }
  }
}
