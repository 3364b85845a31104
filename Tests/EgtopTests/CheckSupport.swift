@testable import Check
import LocalBrokers
import System
import Testing

@testable import egtop

/// What `egtop check` says and returns.
struct CheckRun {
  let lines: [String]
  let code: Int32

  /// Walks with these options, no variables and no configuration file.
  init(_ words: [String], environment: [String: String] = [:], waker: Int32 = -1) throws {
    var environment = environment
    environment["XDG_CONFIG_HOME"] = "/nowhere"
    let invocation = try Commands.parse(["check"] + words, environment: environment)
    guard case .check(let settings) = invocation else {
      throw SystemError(action: "this is no check", code: 0)
    }
    var lines: [String] = []
    code = check(settings, into: CheckReport { lines.append($0) }, log: Log(), waker)
    self.lines = lines
  }

  /// The first line of a step, its spaces reduced.
  subscript(step: String) -> String? { all(step).first }

  /// All lines of a step.
  func all(_ step: String) -> [String] {
    lines.filter { $0.dropFirst(10).hasPrefix(step + " ") }.map { line in
      line.split(separator: " ").joined(separator: " ")
    }
  }
}

/// A folder and a broker in it, both gone at the end.
func withMosquitto(
  _ configuration: String = "",
  _ body: (LocalMosquitto) throws -> Void
) throws {
  try withMosquitto(configuration) { broker, _ in try body(broker) }
}

/// The same, with the path of the broker's log.
func withMosquitto(
  _ configuration: String = "",
  _ body: (LocalMosquitto, _ log: String) throws -> Void
) throws {
  let folder = try makeTemporaryDirectory(prefix: "egtop-check")
  defer { removeFlatDirectory(folder) }
  let broker = try LocalMosquitto.start(directory: folder, extraConfiguration: configuration)
  defer { broker.stop() }
  try body(broker, "\(folder)/mosquitto-\(broker.port).log")
}

/// Runs a program to its end; false when it is not installed or fails.
func run(_ name: String, _ arguments: [String]) -> Bool {
  guard
    let path = Environment.current().executable(name, alsoIn: ["/usr/sbin"]),
    let child = try? ChildProcess.start(path, arguments)
  else { return false }
  return child.wait(timeoutNanoseconds: 60_000_000_000) == .code(0)
}

/// A program that publishes one payload again and again; it ends with this object.
final class Talker: Sendable {
  private let child: ChildProcess

  /// The payload goes to the topic ten times a second.
  init(port: Int, topic: String, _ payload: String) throws {
    let program = try #require(Environment.current().executable("mosquitto_pub"))
    let arguments = ["-p", "\(port)", "-t", topic, "-m", payload]
    child = try ChildProcess.start(
      program,
      arguments + ["--repeat", "1000", "--repeat-delay", "0.1"]
    )
  }

  deinit { child.terminate() }
}

/// A folder with an authority (`ca.crt`), another (`other.crt`) and a server's certificate.
func withCertificates(
  names: String = "DNS:localhost,IP:127.0.0.1",
  serverOptions: [String] = ["-days", "2"],
  _ body: (String) throws -> Void
) throws {
  let folder = try makeTemporaryDirectory(prefix: "egtop-check-tls")
  defer { removeFlatDirectory(folder) }
  for name in ["ca", "other"] {
    try #require(
      run(
        "openssl",
        [
          "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=\(name)",
          "-addext", "basicConstraints=critical,CA:TRUE", "-keyout", "\(folder)/\(name).key",
          "-out", "\(folder)/\(name).crt",
        ]
      )
    )
  }
  try writeFileAtomically("\(folder)/names", Array("subjectAltName=\(names)\n".utf8))
  let request = [
    "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=server", "-keyout",
    "\(folder)/server.key", "-out", "\(folder)/server.csr",
  ]
  try #require(run("openssl", request))
  let signing =
    [
      "x509", "-req", "-in", "\(folder)/server.csr", "-CA", "\(folder)/ca.crt", "-CAkey",
      "\(folder)/ca.key", "-CAcreateserial", "-extfile", "\(folder)/names", "-out",
      "\(folder)/server.crt",
    ] + serverOptions
  try #require(run("openssl", signing))
  try body(folder)
}
