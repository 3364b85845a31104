import Glibc
import System

/// Waits until a condition holds, looking often; false when the time is over.
public func holds(within seconds: Int64 = 30, _ condition: () throws -> Bool) rethrows -> Bool {
  let deadline = monotonicNanoseconds() + seconds * 1_000_000_000
  while try !condition() {
    if monotonicNanoseconds() > deadline { return false }
    sleepThread(nanoseconds: 10_000_000)
  }
  return true
}

/// A folder for one test, gone at its end.
public func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = try makeTemporaryDirectory(prefix: "egtop-test")
  defer { removeFlatDirectory(folder) }
  return try body(folder)
}

/// The programs of this package, as they were built beside the tests.
public enum BuiltPrograms {
  public static let egtop = folder + "/egtop"
  public static let egpipe = folder + "/egpipe"
  public static let feeder = folder + "/feeder"
  public static let crasher = folder + "/crasher"

  /// Where the running test bundle is.
  private static let folder: String = {
    var buffer = [CChar](repeating: 0, count: 4096)
    // The call gets the buffer's own length.
    let count = max(0, unsafe readlink("/proc/self/exe", &buffer, buffer.count - 1))
    let bundle = buffer[..<count].map { UInt8(bitPattern: $0) }
    let path = String(decoding: bundle, as: UTF8.self)
    return path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
  }()
}

/// Whether there is a file, folder or other thing at a path.
public func fileExists(_ path: String) -> Bool {
  unsafe access(path, F_OK) == 0
}
