import Glibc
import System
import TestSupport
import Testing

/// Whoever presses Ctrl-C while a mosquitto of ours does not come up need not wait for it.
@Suite(.timeLimit(.minutes(20)))
struct InterruptedStartTests {
  @Test(arguments: [
    (BuiltPrograms.egtop, ["demo"]), (BuiltPrograms.egpipe, ["run", "--local", "simulate"]),
    (BuiltPrograms.egpipe, ["bridge", "--kafka", "127.0.0.1:1", "--listen", "127.0.0.1:0"]),
  ])
  func endsAtOnce(program: String, words: [String]) throws {
    try withFolder { folder in
      var words = words
      if let place = words.firstIndex(of: "127.0.0.1:0") {
        words[place] = "127.0.0.1:\(try freeLoopbackPort())"
        words += ["--listen-data", folder]
      }
      let started = "\(folder)/started"
      try writeFileAtomically(
        "\(folder)/mosquitto",
        Array("#!/bin/sh\necho $$ >\(started)\nexec sleep 600\n".utf8),
        mode: 0o700
      )
      var environment = Environment.current()
      environment.values["PATH"] = folder + ":" + (environment.values["PATH"] ?? "")
      environment.values["TMPDIR"] = folder
      environment.values["XDG_CONFIG_HOME"] = folder
      let child = try ChildProcess.start(
        program,
        words,
        environment: environment,
        output: "\(folder)/output"
      )
      var broker: Int32?
      #expect(
        holds {
          let text = (try? readFile(started, limit: 100)).map {
            String(decoding: $0, as: UTF8.self)
          }
          broker = text.flatMap { Int32($0.prefix { $0.isNumber }) }
          return broker != nil
        }
      )
      kill(child.pid, SIGINT)
      // It waits for the broker for a minute, and for a stage for ten seconds, after which the code is 1.
      #expect(child.wait(timeoutNanoseconds: 30_000_000_000) == .code(0))
      let output = try readFile("\(folder)/output", limit: 1 << 20)
      #expect(!String(decoding: output, as: UTF8.self).contains("a stage failed"))
      if let broker { #expect(holds { kill(broker, 0) != 0 }) }
    }
  }
}
