import Glibc
import System
import TestSupport
import Testing

/// The program egpipe as it is called.
@Suite(.timeLimit(.minutes(20)))
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
      output: output,
    )
    let exit = child.wait(timeoutNanoseconds: 30_000_000_000)
    let text = String(decoding: try readFile(output, limit: 1 << 20), as: UTF8.self)
    guard case .code(let code) = exit else { return Result(code: nil, text: text) }
    return Result(code: code, text: text)
  }

  @Test(arguments: [
    (["brigde"], "did you mean"), (["bridge", "--topic-regex-list", "x"], "is not a rule"),
    (["bridge", "--subscribe", "a/#/b"], "is not a topic filter"),
    (["bridge", "--listen", "host:x"], "--listen: the port has to be"),
    (["bridge", "--listen", ":1", "--listen-cert", "c"], "--listen: there is no host"),
    (["sink", "-X", "no.such=1"], "no.such"),
    (["task", "--metrics", "h:x"], "--metrics: the port has to be a number from 0 to 65535"),
    (["status", "h:0"], "the port has to be a number from 1 to 65535"),
    (["sink", "--raw-bucket", "a/b"], "is not a bucket name"),
    (["task", "--every", "0s"], "--every"), (["task", "--regions", "/nowhere"], "--regions"),
    (["source", "--mode", "all"], "timestamp or bulk"), (["run", "sing"], "sink"), ([], "USAGE"),
    (["simulate", "--mqtt", "mqtt://u:p@h"], "a password must not be in a URL"),
    (["bridge", "--mqtt", "mqtts://127.0.0.1:1", "--mqtt-ca", "/nowhere.pem"], "/nowhere.pem"),
    (["--store", "x"], "unknown option --store"),
    (["--print-config", "-c", "/no"], "cannot open /no"),
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

  @Test(arguments: [[], ["run"], ["sink"]])
  func printsWhatIsInForce(command: [String]) throws {
    try withFolder { folder in
      let file = "\(folder)/c.yaml"
      try OutputFile(path: file).write(Array("egpipe: {sink: {batch: 7}}\n".utf8))
      let result = try run(command + ["--print-config", "-c", file], folder)
      #expect(result.code == 0)
      #expect(result.text.contains("    batch: 7  # \(file):1:24\n"), "\(result.text)")
      #expect(result.text.contains("  brokers: [\"127.0.0.1:9092\"]  # default\n"))
      #expect(result.text.contains("  source:\n") == (command != ["sink"]))
    }
  }

  @Test(arguments: [
    ("egpipe: {sink: {bacth: 7}}", ":1:17: unknown key \"egpipe.sink.bacth\"; did you mean batch?"),
    ("egpipe: {bridge: {topicRules: x}}", ":1:31: \"x\" is not a rule"),
    ("egpipe: {rawBucket: a/b}", ":1:21: "), ("egpipe: {regions: /nowhere}", ":1:19: cannot open"),
    ("egpipe: {bridge: {listen: {address: 'h:x'}}}", ":1:37: the port has to be"),
    ("kafka: {properties: {no.such: 1}}", ":1:31: Kafka property no.such"),
  ])
  func namesThePlaceInTheFile(text: String, reason: String) throws {
    try withFolder { folder in
      let file = "\(folder)/c.yaml"
      try OutputFile(path: file).write(Array(text.utf8))
      let result = try run(["run", "task", "bridge", "-c", file, "--store", folder], folder)
      #expect(result.code == 2)
      #expect(result.text.contains(file + reason), "\(result.text)")
    }
  }

  @Test(arguments: [
    ("bridge: {topicRules: x}", ":1:31: \"x\" is not a rule"),
    ("bridge: {listen: {address: 'h:x'}}", ":1:37: the port has to be"),
    ("bridge: {listen: {address: h, key: k}}", ":1:45: a certificate and its key go together"),
    ("rawBucket: a/b", ":1:21: "), ("enrichedBucket: ''", ":1:26: "),
  ])
  func printsNothingThatNoStageCouldBeginWith(text: String, reason: String) throws {
    try withFolder { folder in
      let file = "\(folder)/c.yaml"
      try OutputFile(path: file).write(Array("egpipe: {\(text)}\n".utf8))
      for command in [[], ["run"]] {
        let result = try run(command + ["--print-config", "-c", file], folder)
        #expect(result.code == 2)
        #expect(result.text.contains(file + reason), "\(result.text)")
      }
      // The source has nothing to do with most of them.
      let result = try run(["source", "--print-config", "-c", file], folder)
      #expect(result.code == (text.hasPrefix("enriched") ? 2 : 0))
    }
  }

  @Test func aStageStartsFromAFileAlone() throws {
    try withFolder { folder in
      let file = "\(folder)/c.yaml"
      let log = "\(folder)/log"
      let text = """
        egpipe:
          store: .
          rawBucket: raw
          enrichedBucket: down
          task: {every: 1s, region: here}
        run: {logFile: log}
        """
      try OutputFile(path: file).write(Array(text.utf8))
      let child = try ChildProcess.start(
        BuiltPrograms.egpipe,
        ["task", "--config", file],
        output: "\(folder)/output",
      )
      #expect(holds { (try? readFile("\(folder)/down.db", limit: 1 << 20)) != nil })
      #expect(child.terminate(withinNanoseconds: 15_000_000_000) == .code(0))
      let said = String(decoding: try readFile(log, limit: 1 << 20), as: UTF8.self)
      #expect(said.contains("stage=task "), "\(said)")
    }
  }

  @Test func namesAFileWithoutWhatItsNameWouldDoToATerminal() throws {
    try withFolder { folder in
      let result = try run(["sink", "-c", "\(folder)/a\u{1B}[2J\nb"], folder)
      #expect(result.code == 2)
      let words =
        "egpipe: -c: cannot open \(folder)/a\u{FFFD}[2J\u{FFFD}b: No such file or directory\n"
      #expect(result.text == words)
    }
  }

  /// Nobody reads the pipe that is its standard error: that holds up neither its work nor its end.
  @Test func endsThoughNobodyTakesItsLog() throws {
    try withFolder { folder in
      try withFullPipe(in: folder) { pipe in
        let port = try freeLoopbackPort()
        let child = try ChildProcess.start(
          BuiltPrograms.egpipe,
          ["run", "task", "source", "--kafka", "127.0.0.1:\(port)", "--store", folder],
          output: pipe,
        )
        #expect(holds { fileExists("\(folder)/kafka_downsampled.db-wal") })
        #expect(child.terminate(withinNanoseconds: 15_000_000_000) == .code(0))
      }
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
        output: output,
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
