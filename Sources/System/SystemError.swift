internal import Glibc
internal import Wording

/// A system call that failed.
public struct SystemError: Error, Equatable, CustomStringConvertible {
  /// What was tried, for a person: the call, and the file if there is one.
  public let action: String
  /// The value of `errno`.
  public let code: Int32
  /// Our own words for the reason, where the system's would mislead.
  private let words: String?

  public init(action: String, code: Int32, words: String? = nil) {
    self.action = action
    self.code = code
    self.words = words
  }

  /// Takes `errno` as the failing call has just left it.
  init(_ action: String) {
    self.init(action: action, code: errno)
  }

  public var description: String { "\(action): \(reason)".printable }

  /// Whether there was nothing at the path.
  public var isNotFound: Bool {
    code == ENOENT || code == ENOTDIR
  }

  /// Whether there was something at the path already.
  public var isExisting: Bool { code == EEXIST }

  /// Whether another program has taken it.
  public var isTaken: Bool { code == EWOULDBLOCK }

  /// The reason alone: the system's words for the code, such as "No such file or directory", unless there are others.
  public var reason: String {
    if let words { return words }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
      guard let base = buffer.baseAddress else { return "error \(code)" }
      return strerror_r(code, base, buffer.count) == 0 ? String(cString: base) : "error \(code)"
    }
  }
}
