import Glibc
import System
import Testing

/// The programs of this package, as they were built beside the tests.
enum BuiltPrograms {
  static let egtop = folder + "/egtop"
  static let feeder = folder + "/feeder"

  /// Where the running test bundle is.
  private static let folder: String = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = max(0, readlink("/proc/self/exe", &buffer, buffer.count - 1))
    let bundle = buffer[..<count].map { UInt8(bitPattern: $0) }
    let path = String(decoding: bundle, as: UTF8.self)
    return path.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
  }()
}

/// What a program wrote and how it ended.
struct ToolResult {
  var code: Int32?
  var text: String
}

/// Runs a program to its end and keeps what it wrote.
func runTool(
  _ path: String,
  _ arguments: [String],
  environment: Environment = .current(),
  folder: String,
  seconds: Int64 = 20,
) throws -> ToolResult {
  let name = randomBytes(count: 6).map { String($0, radix: 16) }.joined()
  let output = "\(folder)/\(name).out"
  defer { removeFile(output) }
  let child = try ChildProcess.start(
    path,
    arguments,
    environment: environment,
    output: .file(output),
  )
  let exit = child.wait(timeoutNanoseconds: seconds * 1_000_000_000)
  if exit == nil { child.terminate() }
  let text = String(decoding: try readFile(output, limit: 1 << 24), as: UTF8.self)
  guard case .code(let code) = exit else { return ToolResult(code: nil, text: text) }
  return ToolResult(code: code, text: text)
}

/// Waits until a condition holds, looking often; false when the time is over.
func holds(within seconds: Int64 = 30, _ condition: () throws -> Bool) rethrows -> Bool {
  let deadline = monotonicNanoseconds() + seconds * 1_000_000_000
  while try !condition() {
    if monotonicNanoseconds() > deadline { return false }
    sleepThread(nanoseconds: 20_000_000)
  }
  return true
}
