import System
import TestSupport
import Testing

@testable import Pipeline

struct MonitorTests {
  /// Long enough for a loop that goes round, however busy the machine is.
  private static let never: Int64 = 3_600_000_000_000

  private func monitor(_ runner: StageRunner, standstill: Int64 = never) -> Monitor {
    Monitor(runner.supervisor, version: #"1"\2"#, standstill: standstill)
  }

  @Test func thePageIsInTheFormatOfPrometheus() throws {
    let stages = [IdleStage("bridge", [.mqtt, .kafka]), IdleStage(), IdleStage()]
    stages[1].counts[.written].add(12)
    stages[2].counts[.written].add(3)
    stages[1].write.observe(since: monotonicNanoseconds() - 20_000_000_000)
    stages[1].newest.note(1_700_000_000_250_000_000)
    stages[0].health.note(up: .mqtt)
    let runner = try StageRunner(stages[0], stages[1], stages[2])
    let page = try PrometheusPage(monitor(runner).metrics)
    #expect(page.value("egpipe_build_info", #"{version="1\"\\2"}"#) == 1)
    #expect(page.value("egpipe_sink_written_total") == 12)
    #expect(page.value("egpipe_sink_written_total", #"{number="2"}"#) == 3)
    #expect(page.value("egpipe_sink_dead_letters_total") == 0)
    #expect(page.value("egpipe_sink_write_seconds_count") == 1)
    #expect(page.value("egpipe_sink_write_seconds_bucket", #"{le="10"}"#) == 0)
    #expect(page.value("egpipe_sink_newest_sample_timestamp_seconds") == 1_700_000_000.25)
    #expect(page.value("egpipe_stage_healthy", #"{stage="bridge"}"#) == 1)
    #expect(page.value("egpipe_stage_ready", #"{stage="bridge"}"#) == 0)
    #expect(page.value("egpipe_stage_ready", #"{stage="sink",number="2"}"#) == 1)
    #expect(page.value("egpipe_connection_up", #"{stage="bridge",to="mqtt"}"#) == 1)
    #expect(page.value("egpipe_connection_up", #"{stage="bridge",to="kafka"}"#) == 0)
    #expect(page.value("egpipe_stage_restarts_total", #"{stage="sink"}"#) == 0)
    #expect(try #require(page.value("process_resident_memory_bytes")) > 1_000_000)
    #expect(try #require(page.value("process_open_fds")) > 3)
    #expect(try #require(page.value("process_cpu_seconds_total")) > 0)
    runner.stop()
  }

  @Test func whatWasWrittenIsRead() throws {
    let stage = IdleStage("sink", [.kafka])
    stage.counts[.lostFields].add(7)
    let runner = try StageRunner(stage)
    let reader = MetricsReader(monitor(runner).metrics)
    #expect(reader.value("egpipe_sink_lost_fields_total") == 7)
    #expect(reader.value("egpipe_build_info", ["version": #"1"\2"#]) == 1)
    #expect(reader.value("egpipe_connection_up", ["to": "kafka"]) == 0)
    let family = try #require(
      reader.families.first { $0.name == "egpipe_sink_lost_fields_total" }
    )
    #expect(family.kind == .counter && family.unit == .field)
    let name = FigureRow.name(ofMetric: family.name.dropFirst(12), family.kind, family.unit)
    #expect(name == "lost fields")
    runner.stop()
  }

  @Test(arguments: [
    "", "\n", "#", "# TYPE", "# TYPE a counter\n# UNIT b second", "a", "a{", "a{b", "a{b=",
    "a{b=\"",
    "a{b=\"\\", "a{b=\"c\"", "a{b=\"c\"}", "a{b=\"c\"}x", "{} 1", "a nan", "a inf", "\u{1B}[2J",
    "a{b=\"c\" 1",
  ])
  func whatIsNoMetricIsLeftOut(text: String) {
    #expect(MetricsReader(text).samples.isEmpty)
    let reader = MetricsReader("a 1\n\(text)\nb{c=\"d\",} 2 17\n")
    #expect(reader.value("a") == 1)
    #expect(reader.value("b", ["c": "d"]) == 2)
  }

  @Test func aStageThatStandsStillIsNotHealthy() throws {
    let (still, other) = (IdleStage(), IdleStage("task"))
    let runner = try StageRunner(still, other)
    let monitor = monitor(runner, standstill: 500_000_000)
    #expect(holds { monitor.isHealthy })
    still.set(.standStill)
    #expect(holds { monitor.health.text.hasPrefix("sink: stands still, for ") })
    #expect(!monitor.health.isGood && !monitor.isHealthy)
    #expect(holds { monitor.health.text.hasSuffix("\ntask: ok\n") })
    #expect(holds { monitor.summary.text.hasPrefix("sink: stands still, for ") })
    still.set(.turn)
    #expect(holds { monitor.health == (true, "sink: ok\ntask: ok\n") })
    #expect(holds { monitor.summary == (true, "sink, task: ok") })
    runner.stop()
  }

  @Test func aStageThatHasEndedUnaskedIsNotHealthy() throws {
    let (stage, other) = (IdleStage("sink", [.kafka]), IdleStage("task"))
    let runner = try StageRunner(stage, other)
    let monitor = monitor(runner)
    stage.set(.leave)
    #expect(holds { monitor.health.text.hasPrefix("sink: has ended, though nobody asked it to\n") })
    #expect(!monitor.isHealthy)
    // Once all are to end it is as it should be.
    runner.supervisor.requestStop()
    #expect(monitor.isHealthy)
    runner.stop()
  }

  @Test func aStageThatHasDoneItsWorkIsWell() throws {
    let (stage, other) = (IdleStage("sink", [.kafka]), IdleStage("task"))
    let runner = try StageRunner(stage, other)
    let monitor = monitor(runner)
    #expect(!monitor.readiness.isGood)
    stage.set(.finish)
    #expect(holds { monitor.readiness == (true, "sink: ok\ntask: ok\n") })
    #expect(monitor.isHealthy)
    runner.stop()
  }

  @Test func aStageThatFailsHasNoConnectionsUntilItSaysSo() throws {
    let stage = IdleStage("sink", [.kafka, .rawBucket])
    stage.health.note(up: .kafka)
    stage.health.note(up: .rawBucket)
    let runner = try StageRunner(stage)
    let monitor = monitor(runner)
    #expect(monitor.readiness.isGood)
    stage.set(.fail)
    #expect(holds { !monitor.readiness.isGood })
    let page = monitor.readiness.text
    // The reason is in one line.
    #expect(page.split(separator: "\n").count == 2)
    #expect(page.contains("sink: kafka away for less than 1 s: it was\u{FFFD}to fail\n"))
    #expect(page.contains("sink: raw_bucket away for "))
    #expect(monitor.isHealthy)
    #expect(MetricsReader(monitor.metrics).value("egpipe_stage_restarts_total") == 1)
    stage.health.note(up: .kafka)
    #expect(monitor.readiness.text.hasPrefix("sink: raw_bucket away for "))
    runner.stop()
  }

  @Test func aRestIsNoStandstill() throws {
    let health = StageHealth([])
    let stop = try StopSignal()
    let thread = try startThread(name: "rest") {
      StageRun(stop: stop, log: Log(), health: health).rest(nanoseconds: 3_600_000_000_000)
    }
    let begin = health.lastTurn
    #expect(holds { health.lastTurn > begin + 1_000_000_000 })
    stop.set()
    thread.join()
  }

  @Test func aLongCallIsNoStandstill() throws {
    let stage = IdleStage()
    // It does not run, so that it says nothing itself.
    let monitor = Monitor(try Supervisor([stage], log: Log()), version: "1", standstill: 1)
    #expect(holds { !monitor.isHealthy })
    stage.health.beat(allowing: Self.never)
    #expect(monitor.isHealthy)
    stage.health.beat()
    #expect(holds { !monitor.isHealthy })
  }

  @Test func theLogHasTheSameFigures() throws {
    try withFolder { folder in
      let path = "\(folder)/log"
      let stage = IdleStage()
      for (place, kind) in SinkCount.allCases.enumerated() { stage.counts[kind].add(place + 5) }
      stage.write.observe(since: monotonicNanoseconds() - 20_000_000_000)
      let runner = try StageRunner(stage, log: Log(to: .file(path)))
      runner.supervisor.report()
      let page = try PrometheusPage(monitor(runner).metrics)
      let said = String(decoding: try readFile(path, limit: 1 << 20), as: UTF8.self)
      #expect(said.contains("stage=sink figures=\"read 5, written 6, "))
      for figure in stage.figures where figure.row.kind == .counter {
        #expect(said.contains("\(figure.name) \(figure.count)"), "\(figure.name)")
        #expect(page.value(figure.row.metric("egpipe_sink_")) == Double(figure.count))
      }
      #expect(said.contains(", write 20 s on average of 1, newest sample none yet\""))
      runner.stop()
    }
  }

  @Test(arguments: [(0, 0), (0.001, 0), (0.0011, 1), (60, 14), (61, 15), (1e300, 15)])
  func eachTimeHasItsBucket(seconds: Double, bucket: Int) {
    #expect(Distribution.bucket(seconds: seconds) == bucket)
    #expect(Distribution.bounds == Distribution.bounds.sorted())
  }

  @Test func aTimeAheadOfOurClockCountsAsNow() {
    let newest = NewestTime("x", "y")
    let before = wallNanoseconds()
    newest.note(before + 3_600_000_000_000)
    guard case .number(let seconds) = newest.figure.value else { return }
    #expect(seconds <= Double(wallNanoseconds()) / 1e9 + 1e-3)
    #expect(seconds >= Double(before) / 1e9 - 1e-3)
  }

  @Test func whatWaitsForTooLongIsOverdue() {
    var progress = DeliveryProgress()
    func look(_ waiting: Int, settled: Int, at second: Int64) -> Bool {
      progress.isOverdue(waiting: waiting, settled: settled, now: second * 1_000_000_000)
    }
    // At first, nobody had looked for long.
    let stuck = (1000...1010).map { look(3, settled: 0, at: $0) }
    #expect(stuck == Array(repeating: false, count: 10) + [true])
    let moves = (1011...1021).map { look(2, settled: 1, at: $0) }
    #expect(moves == Array(repeating: false, count: 10) + [true])
    let isOver = look(0, settled: 1, at: 1022)
    #expect(!isOver)
  }
}
