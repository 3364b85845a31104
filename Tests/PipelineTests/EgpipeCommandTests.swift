import System
import TestSupport
import Testing

/// The program egpipe as it is called.
@Suite(.timeLimit(.minutes(10)))
struct EgpipeCommandTests {
  private struct Result {
    var code: Int32?
    var text: String
  }

  private func run(
    _ words: [String],
    _ folder: String,
    variables: [String: String] = [:],
  ) throws -> Result {
    let output = "\(folder)/output"
    removeFile(output)
    var environment = Environment.current()
    environment.values.merge(variables) { $1 }
    let child = try ChildProcess.start(
      BuiltPrograms.egpipe,
      words,
      environment: environment,
      output: .file(output),
    )
    let exit = child.wait(timeoutNanoseconds: 30_000_000_000)
    let text = String(decoding: try readFile(output, limit: 1 << 20), as: UTF8.self)
    guard case .code(let code) = exit else { return Result(code: nil, text: text) }
    return Result(code: code, text: text)
  }

  @Test(arguments: [
    (["brigde"], "did you mean"), (["bridge", "--topic-regex-list", "x"], "is not a rule"),
    (["bridge", "--subscribe", "a/#/b"], "is no topic filter"),
    (["bridge", "--listen", "host:x"], "--listen: the port has to be"),
    (["bridge", "--listen", ":1", "--listen-cert", "c"], "--listen: there is no host"),
    (["sink", "-X", "no.such=1"], "no.such"), (["sink", "--raw-bucket", "a/b"], "is no name"),
    (["task", "--every", "0s"], "--every"), (["task", "--regions", "/nowhere"], "--regions"),
    (["source", "--mode", "all"], "timestamp or bulk"), (["run", "sing"], "sink"), ([], "USAGE"),
    (["simulate", "--mqtt", "mqtt://u:p@h"], "a password may not stand in a URL"),
  ])
  func refusesWhatCannotBe(words: [String], reason: String) throws {
    try withFolder { folder in
      let result = try run(words, folder)
      #expect(result.code == 2)
      #expect(result.text.contains(reason), "\(result.text)")
      // The secret is not repeated.
      #expect(!result.text.contains("u:p@"))
    }
  }

  @Test(arguments: [["--help"], ["run", "--help"], ["help", "task"], ["--version"]])
  func explainsItself(words: [String]) throws {
    try withFolder { folder in
      let result = try run(words, folder)
      #expect(result.code == 0)
      #expect(result.text.contains("egpipe"))
    }
  }

  @Test(arguments: [["--version"], ["sing"]])
  func endsWithoutTheExitHandlersOfLibraries(words: [String]) throws {
    try withFolder { folder in
      // The dynamic linker says on standard error whose beginning and whose end it runs.
      let result = try run(words, folder, variables: ["LD_DEBUG": "files"])
      #expect(result.text.contains("calling init: "))
      #expect(!result.text.contains("calling fini: "))
    }
  }

  @Test func runsTheWholePipelineOnBrokersOfItsOwn() throws {
    try withFolder { folder in
      let output = "\(folder)/output"
      let log = "\(folder)/log"
      let child = try ChildProcess.start(
        BuiltPrograms.egpipe,
        [
          "run", "--local", "--generators", "5", "--interval", "200ms", "--every", "1s",
          "--regions",
          "us", "--poll", "50ms", "--log", log, "-X", "fetch.wait.max.ms=20",
        ],
        output: .file(output),
      )
      var servers: String?
      #expect(
        holds {
          let text = (try? readFile(output, limit: 1 << 16)).map {
            String(decoding: $0, as: UTF8.self)
          }
          servers = text?.firstMatch(of: /EGTOP_KAFKA=(\S+)\n/).map { String($0.1) }
          return servers != nil || child.exit != nil
        }
      )
      let reader = try TopicReader(try #require(servers), ["EGkafka_downsampled"])
      let isDone = reader.read(within: 60) { Set($0.compactMap(\.key)).count == 5 }
      #expect(isDone)
      let record = try #require(reader.records.first)
      let value = try #require(record.value)
      let shape =
        /\{"measurement":"genData","tags":\{"generatorID":"generator\d","region":"[A-Z][A-Za-z ]+"\},"time":"[-\dT:.]+Z","alarm":"(refuel|no action)","fuel":\d+,"lat":-?[\d.]+,"load":\d+,"lon":-?[\d.]+,"power":\d+,"temperature":\d+\}/
      #expect(value.wholeMatch(of: shape) != nil, "\(value)")
      #expect(child.terminate(withinNanoseconds: 15_000_000_000) == .code(0))
      let said = String(decoding: try readFile(log, limit: 1 << 20), as: UTF8.self)
      for stage in ["simulate", "bridge", "sink", "task", "source"] {
        #expect(said.contains("stage=\(stage) "))
      }
    }
  }
}
