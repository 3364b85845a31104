import Foundation
import LocalBrokers
import Report
import System
import Testing

/// Metrics that a configuration names, in the program as it is built: that it names them before it makes its tables.
@Suite(.serialized, .timeLimit(.minutes(20))) struct NamedMetricOnceTests {
  private static let configuration = """
    sources:
      - name: engines
        topics: [engines/+/state]
        id: "{2}"
        metrics:
          fuel: $.fuel
          exhaust: [{path: $.exh, heading: EXH, unit: °C, decimals: 0}, {path: $.exh_f, unit: °F}]
          order: {path: $.n, heading: ORDER}
    """

  private func withConfiguration(_ body: (String) throws -> Void) throws {
    let folder = try makeTemporaryDirectory(prefix: "egtop-named")
    defer { removeFlatDirectory(folder) }
    let file = "\(folder)/config.yaml"
    try Data(Self.configuration.utf8).write(to: URL(fileURLWithPath: file))
    try body(file)
  }

  /// What a run printed and wrote to its errors.
  private func run(
    _ words: [String],
    feeding feed: () throws -> Void = {}
  ) throws -> (out: String, err: String) {
    let run = try OnceRun(words)
    let code = try run.code(feeding: feed)
    let err = String(decoding: try run.bytes("err"), as: UTF8.self)
    #expect(code == 0, "\(err)")
    return (String(decoding: try run.bytes("out"), as: UTF8.self), err)
  }

  @Test func areReadSortedFilteredAndPrinted() throws {
    try withConfiguration { file in
      try withMosquitto { broker in
        let sender = try Sender(port: broker.port)
        let words = ["--config", file, "--mqtt", "127.0.0.1:\(broker.port)", "--settle", "4s"]
        func feed() throws {
          try sender.publish(#"{"fuel": 500, "exh": 390}"#, to: "engines/cool/state")
          try sender.publish(#"{"fuel": 500, "exh": "412.5 °C", "n": 7}"#, to: "engines/warm/state")
          try sender.publish(#"{"fuel": 500, "exh_f": 842}"#, to: "engines/hot/state")
          try sender.publish(#"{"fuel": 500}"#, to: "engines/dumb/state")
        }
        let json = try run(["--json"] + words, feeding: feed).out
        for part in [#""exhaust":390,"#, #""exhaust":412.5,"#, #""exhaust":450,"#, #""order":7,"#] {
          #expect(json.components(separatedBy: part).count == 2, "\(part) in \(json)")
        }
        let more = ["--columns", "exhaust", "--sort", "exhaust", "--order", "desc"]
        let text = try run(words + more + ["--filter", "exhaust>400"], feeding: feed).out
        let lines = text.split(separator: "\n").map(String.init)
        #expect(lines.contains { $0.contains("GENERATOR") && $0.contains("EXH") }, "\(text)")
        let ids = lines.flatMap { line in
          ["cool", "warm", "hot", "dumb"].filter { line.contains(" \($0) ") }
        }
        #expect(ids == ["hot", "warm"] || ids == ["warm", "hot"], "\(text)")
      }
    }
  }

  @Test func areShownOfRecordsAloneWhereTheConfigurationNamesThem() throws {
    try withConfiguration { file in
      let pipe = try Pipe()
      let record = #"{"generatorID":"g1","fuel":277,"exhaust":412.5,"region":"north"}"#
      let words = ["--config", file, "--settle", "2s"]
      try pipe.send([record])
      #expect(try run(["--json"] + pipe.words + words).out.contains(#""exhaust":412.5"#))
    }
  }

  @Test func aSortThatDoesNotExistIsRefusedWithItsPlace() throws {
    let run = try OnceRun(["--mqtt", "127.0.0.1:1", "--sort", "exhaust"])
    #expect(try run.code() == 2)
    let error = String(decoding: try run.bytes("err"), as: UTF8.self)
    #expect(error.contains("--sort") && error.contains("\"exhaust\""), "\(error)")
  }
}
