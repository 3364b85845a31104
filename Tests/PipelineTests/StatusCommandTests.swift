import Foundation
import System
import TestSupport
import Testing

@testable import Pipeline
@testable import egpipe

/// `--metrics` and `egpipe status`, as they are called.
@Suite(.timeLimit(.minutes(20)))
struct StatusCommandTests {
  private func start(_ words: [String], _ folder: String) throws -> ServedProgram {
    try ServedProgram(words + ["--store", folder], folder: folder)
  }

  private func status(_ words: [String], _ folder: String) throws -> ToolResult {
    try runTool(BuiltPrograms.egpipe, ["status"] + words, folder: folder, seconds: 60)
  }

  @Test func aStageIsWatched() throws {
    try withFolder { folder in
      let served = try start(["task", "--every", "1s"], folder)
      #expect(try holds { try served.page("/readyz") == (200, "task: ok\n") })
      #expect(try served.page("/healthz") == (200, "task: ok\n"))
      #expect(try served.page("/").status == 404)
      let metrics = try served.page("/metrics")
      #expect(metrics.status == 200)
      let families = try PrometheusPage(metrics.text).families.map(\.name)
      #expect(families.contains("egpipe_task_runs_total"))
      let result = try status([served.address], folder)
      #expect(result.code == 0)
      let lines = result.text.split(separator: "\n")
      #expect(lines[0].hasPrefix("\(served.address)  egpipe "))
      #expect(lines[1].wholeMatch(of: #/  task +ok/#) != nil, "\(result.text)")
      #expect(lines.contains { $0.wholeMatch(of: #/    clock steps +0/#) != nil })
      #expect(lines.contains { $0.wholeMatch(of: #/    window end +[-\dT:.]+Z/#) != nil })
      // The values stand below each other.
      let columns = lines.dropFirst(2).map { $0.prefixMatch(of: #/    [a-z ]+  +/#)?.0.count }
      #expect(Set(columns).count == 1)
      #expect(served.child.terminate(withinNanoseconds: 15_000_000_000) == .code(0))
    }
  }

  @Test func printsJSON() throws {
    try withFolder { folder in
      let served = try start(["task"], folder)
      #expect(try holds { try served.page("/readyz").status == 200 })
      let result = try status(["--json", served.address], folder)
      #expect(result.code == 0)
      let object = try JSONSerialization.jsonObject(with: Data(result.text.utf8))
      let process = try #require((object as? [[String: Any]])?.first)
      #expect(process["address"] as? String == served.address)
      let stage = try #require((process["stages"] as? [[String: Any]])?.first)
      #expect(stage["name"] as? String == "task" && stage["state"] as? String == "ok")
      let figures = try #require(stage["figures"] as? [[String: Any]])
      let run = try #require(figures.first { $0["name"] as? String == "run" })
      #expect(run["unit"] as? String == "second" && run["count"] is Int)
      served.child.terminate()
    }
  }

  @Test func saysWhatIsNotWell() throws {
    try withFolder { folder in
      let port = try freeLoopbackPort()
      let served = try start(["source", "--kafka", "127.0.0.1:\(port)"], folder)
      #expect(
        try holds { try served.page("/readyz").text.hasPrefix("source: kafka away for ") }
      )
      #expect(try served.page("/healthz").status == 200)
      let result = try status([served.address], folder)
      #expect(result.code == 4)
      #expect(result.text.firstMatch(of: #/source +not ready: kafka since /#) != nil)
      // One that does not answer is worse.
      let both = try status([served.address, "127.0.0.1:\(port)"], folder)
      #expect(both.code == 3)
      #expect(both.text.contains("127.0.0.1:\(port)  unknown: Connection refused\n"))
      #expect(both.text.contains("kafka since"))
      served.child.terminate()
    }
  }

  /// Another program may have the port for a moment, and no stage is to wait for that.
  @Test func anAddressThatIsTakenIsNamedAndServedLater() throws {
    try withFolder { folder in
      let socket = try ListeningSocket(host: "127.0.0.1", port: 0)
      let (log, address) = ("\(folder)/log", "127.0.0.1:\(socket.port)")
      let child = try ChildProcess.start(
        BuiltPrograms.egpipe,
        ["task", "--metrics", address, "--log", log, "--store", folder],
        output: "\(folder)/output"
      )
      defer { child.terminate() }
      func says(_ text: String) -> Bool {
        let said = (try? readFile(log, limit: 1 << 20)).map { String(decoding: $0, as: UTF8.self) }
        return said?.contains(text) ?? false
      }
      #expect(holds { says("cannot listen on \(address): Address already in use") })
      #expect(holds { fileExists("\(folder)/kafka_downsampled.db") })
      close(socket.descriptor)
      #expect(holds { says("http://\(address)/metrics") })
    }
  }

  @Test(arguments: [
    "", "hello", "egpipe_stage_healthy 1", "egpipe_stage_healthy{stage=\"\u{1B}[2J\"} 1e300",
    "egpipe_build_info{version=\"\u{1B}]0;x\u{7}\"} 1\negpipe_stage_healthy{stage=\"a\"} 0",
    "egpipe_stage_healthy{stage=\"a\"} 1\negpipe_stage_ready{stage=\"a\"} 0\n"
      + "egpipe_connection_up{stage=\"a\",to=\"\u{9B}2J\"} 0\n# TYPE egpipe_a_\u{7} gauge\n"
      + "egpipe_a_\u{7} 1e308\n",
  ])
  func whatComesBackIsScrubbed(metrics: String) {
    let report = StatusReport("a:1\u{1B}", metrics: metrics)
    for line in report.lines {
      #expect(line.unicodeScalars.allSatisfy { $0.value >= 32 && !(127..<160).contains($0.value) })
    }
    #expect(!report.isWell || metrics.contains("1e300"))
  }
}
