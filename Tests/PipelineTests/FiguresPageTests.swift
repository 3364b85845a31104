import Buckets
import MQTT
import Simulator
import System
import TestSupport
import Testing

@testable import Pipeline

/// The page about the pipeline, against the figures that the stages have.
struct FiguresPageTests {
  /// All stages; none of them runs.
  private static func stages() throws -> [any Stage] {
    let bucket = BucketOptions(folder: "/nonexistent", name: "b")
    let connection = MQTTOptions(host: "127.0.0.1", port: 1)
    let life = GeneratorLife(LifePlan(generatorCount: 1))
    return [
      SimulateStage(SimulateOptions(mqtt: connection), life: life),
      BridgeStage(
        .init(
          connection: connection,
          map: try TopicMap(TopicMap.standardText),
          properties: [:]
        )
      ),
      SinkStage(.init(properties: [:], bucket: bucket)),
      TaskStage(.init(raw: bucket, output: bucket)),
      SourceStage(.init(properties: [:], bucket: bucket)),
    ]
  }

  @Test func theTableHasEveryFigureAndNoOther() throws {
    let supervisor = try Supervisor(try Self.stages(), log: Log())
    let page = try PrometheusPage(Monitor(supervisor, version: "1").metrics)
    let expected = page.families.map { "| `\($0.name)` | \($0.type) | \($0.help) |" }
    let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
    let file = "\(root)/Sources/egtop/egtop.docc/Pipeline.md"
    let text = String(decoding: try readFile(file, limit: 1 << 20), as: UTF8.self)
    let rows = text.split(separator: "\n").map(String.init)
      .filter { $0.contains(/^\| `(egpipe|process)_/) }
    // What is to be put there, and what is to go.
    #expect(expected.filter { !rows.contains($0) } == [])
    #expect(rows.filter { !expected.contains($0) } == [])
    try #require(rows.count == expected.count)
    #expect(rows == expected, "the order is another one")
  }
}
