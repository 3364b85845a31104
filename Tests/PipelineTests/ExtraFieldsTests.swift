import BucketSupport
import Buckets
import TestSupport
import Testing

@testable import Pipeline

/// Fields that we do not know, from a payload to the enriched record.
struct ExtraFieldsTests {
  /// The record that comes of a payload.
  private func record(of payload: String) throws -> String {
    var text = ""
    try withTask { task in
      var decoder = SinkDecoder(measurement: "genData", timeField: nil, largest: 4096)
      let key: [UInt8] = []
      var point = try decoder.point(
        key.span,
        Array(payload.utf8).span,
        milliseconds: TaskOnBuckets.time(-10) / 1_000_000,
        now: TaskOnBuckets.start,
        series: task.raw.series,
      )
      point.origin = Origin(topic: 0, partition: 0, offset: 1)
      _ = try task.raw.append([point])
      try task.run(at: 0)
      var batch = SourceBatch()
      try batch.fill(from: task.output, after: 0, limit: 10)
      #expect(batch.count == 1)
      batch.withRecord(0) { _, value, _ in text = string(value) }
    }
    return text
  }

  private func string(_ bytes: Span<UInt8>) -> String { text(bytes) }

  private static let head =
    #"{"measurement":"genData","tags":{"generatorID":"g1","region":"US"},"#
    + #""time":"2025-11-24T15:59:50Z","#

  @Test func reachTheEnrichedRecord() throws {
    #expect(
      try record(
        of: #"{"generatorID":"g1","fuel":277,"pressure":5.0,"site":"a\"b","up":true,"gone":null}"#
      )
        == Self.head
        + #""alarm":"refuel","fuel":277,"pressure":5.0,"site":"a\"b","up":true}"#
    )
  }

  @Test func giveWayToWhatTheRecordSaysItself() throws {
    #expect(
      try record(
        of: #"{"tags":{"generatorID":"g1","region":"EU","alarm":"fire","fuel":"much","site":"x"},"#
          + #""fuel":900,"time":"now","values":7}"#
      )
        == Self.head + #""alarm":"no action","fuel":900,"site":"x","values":7}"#
    )
    #expect(
      try record(of: #"{"tags":{"generatorID":"g1","measurement":"m","time":"now"},"fuel":900}"#)
        == Self.head + #""alarm":"no action","fuel":900}"#
    )
  }
}
