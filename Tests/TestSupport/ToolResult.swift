public import System

/// What a program wrote and how it ended.
public struct ToolResult {
  /// Nil if a signal ended it, or the time was over.
  public var code: Int32?
  public var text: String
}

/// Runs a program to its end and keeps what it wrote.
public func runTool(
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
    output: output,
  )
  let exit = child.wait(timeoutNanoseconds: seconds * 1_000_000_000)
  if exit == nil { child.terminate() }
  let text = String(decoding: try readFile(output, limit: 1 << 24), as: UTF8.self)
  guard case .code(let code) = exit else { return ToolResult(code: nil, text: text) }
  return ToolResult(code: code, text: text)
}
