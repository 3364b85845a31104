public import System
import Testing

/// An egpipe that serves its metrics on a free port.
public struct ServedProgram {
  public let child: ChildProcess
  public let port: Int

  public var address: String { "127.0.0.1:\(port)" }

  /// Starts it and waits until it serves.
  ///
  /// - Parameters:
  ///   - words: Its arguments, but for where it serves and logs.
  ///   - folder: Where its log and its output go.
  /// - Throws: when it does not serve.
  public init(_ words: [String], folder: String) throws {
    let log = "\(folder)/log"
    let child = try ChildProcess.start(
      BuiltPrograms.egpipe,
      words + ["--metrics", "127.0.0.1:0", "--log", log],
      output: "\(folder)/output"
    )
    var port = 0
    let serves = holds {
      let said = (try? readFile(log, limit: 1 << 20)).map { String(decoding: $0, as: UTF8.self) }
      port = said?.firstMatch(of: #/http://127.0.0.1:(\d+)/metrics/#).flatMap { Int($0.1) } ?? 0
      return port > 0 || child.exit != nil
    }
    try #require(serves && port > 0, "egpipe does not serve its metrics")
    (self.child, self.port) = (child, port)
  }

  /// What it answers.
  public func page(_ path: String) throws -> (status: Int, text: String) {
    let answer = try getPage(host: "127.0.0.1", port: port, path: path)
    return (answer.status, String(decoding: answer.body, as: UTF8.self))
  }
}
