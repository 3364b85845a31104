import BucketSupport
import Buckets
import Kafka
import System
import TestSupport
import Testing

@testable import Pipeline

/// Samples that the bridge has sent twice: the raw topic has them at two offsets, with two timestamps.
@Suite(.timeLimit(.minutes(20)))
struct SinkAgainTests {
  private func timed(_ generator: String, fuel: Int, _ second: Int) -> String {
    #"{"generatorID":"\#(generator)","fuel":\#(fuel),"at":\#(1_700_000_000 + second)}"#
  }

  private func numbered(_ generator: String, fuel: Int, _ number: Int) -> String {
    #"{"generatorID":"\#(generator)","fuel":\#(fuel),"n":\#(number)}"#
  }

  /// Runs a sink until it has read so many records.
  private func run(_ options: SinkStage.Options, reads count: Int) throws -> SinkStage {
    let sink = SinkStage(options)
    let runner = try StageRunner(sink)
    #expect(holds { figure("read", of: sink) == count })
    #expect(runner.stop())
    return sink
  }

  @Test func areOnePointByTheirOwnTime() throws {
    try withFolder { folder in
      let kafka = try RawKafka()
      var options = kafka.sink(folder).options
      options.timeField = "at"
      let samples = (0..<20).map { timed("g\($0 % 2)", fuel: $0, $0 / 4) }
      try kafka.send(samples, milliseconds: 1000)
      try kafka.send(Array(samples.suffix(10)), milliseconds: 7000)
      let first = try run(options, reads: 30)
      #expect(figure("written", of: first) == 20)
      #expect(figure("duplicates", of: first) == 10)
      let before = try openBucket(folder).summary()
      // A sink that starts anew knows them, too.
      try kafka.send(Array(samples.prefix(5)), milliseconds: 9000, partition: 1)
      let second = try run(options, reads: 5)
      #expect(figure("duplicates", of: second) == 5)
      #expect(try openBucket(folder).summary() == before)
    }
  }

  @Test func areOnePointByTheirNumber() throws {
    try withFolder { folder in
      let kafka = try RawKafka()
      var options = kafka.sink(folder).options
      options.sequenceField = "n"
      let samples = (0..<20).map { numbered("g\($0 % 2)", fuel: 500, $0 / 2) }
      try kafka.send(samples, milliseconds: 1000)
      try kafka.send(Array(samples.suffix(10)), milliseconds: 7000)
      let first = try run(options, reads: 30)
      #expect(figure("written", of: first) == 20)
      #expect(figure("duplicates", of: first) == 10)
      try kafka.send(Array(samples.suffix(10)), milliseconds: 9000)
      // A generator that begins to count again.
      try kafka.send((0..<10).map { numbered("g0", fuel: 499, $0) }, milliseconds: 10_000)
      let second = try run(options, reads: 20)
      #expect(figure("written", of: second) == 10)
      #expect(figure("duplicates", of: second) == 10)
      #expect(try openBucket(folder).summary().count == 30)
    }
  }
}
