import Glibc
import System

/// egpipe as it was built beside the tests.
enum BuiltProgram {
  static let egpipe = folder + "/egpipe"

  /// Where the running test bundle is.
  private static let folder: String = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = max(0, readlink("/proc/self/exe", &buffer, buffer.count - 1))
    let bundle = buffer[..<count].map { UInt8(bitPattern: $0) }
    let path = String(decoding: bundle, as: UTF8.self)
    return path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
  }()
}
