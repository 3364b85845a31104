import Kafka
import LocalBrokers
import MQTT
import System
import TestSupport
import Testing

/// Every stage in a process of its own, killed at each of its dangerous places five times, while samples come in.
@Suite(.timeLimit(.minutes(20)))
struct CrashTests {
  @Test(arguments: KafkaKind.available)
  func nothingIsLostWhateverDies(_ kind: KafkaKind) throws {
    try withFolder { folder in
      let plant = try CrashPlant(kind, folder: folder)
      try plant.prepare()
      for stage in plant.stages { try stage.beginDying() }
      try plant.publish(untilAllHaveSurvived: 300)
      for stage in plant.stages {
        #expect(stage.died.count == 2 && stage.died.values.allSatisfy { $0 == 5 }, "\(stage.died)")
        #expect(stage.accident == nil)
      }
      try plant.publishOneMoreWindow()

      // Every acknowledged sample is in the bucket.
      let sent = Set(plant.sent)
      _ = try holds(within: 60) { try Set(plant.rawPoints().map(\.sample)).isSuperset(of: sent) }
      let points = try plant.rawPoints()
      let kept = Set(points.map(\.sample))
      let (lost, invented) = (sent.subtracting(kept).count, kept.subtracting(sent).count)
      #expect(lost == 0)
      #expect(invented == 0)

      // What is in the topic twice is there because the bridge died: the bucket has each sample once.
      #expect(points.count == kept.count)
      let raw = try plant.records(of: plant.rawTopic) {
        Set($0.compactMap(Sample.init)).isSuperset(of: sent)
      }
      let duplicates = raw.count - Set(raw.compactMap(Sample.init)).count
      print("\(kind): \(sent.count) samples, \(duplicates) of them in the raw topic twice")
      #expect(isInOrder(raw))

      // Every window is in the EG topic.
      let windows = lastOfEachWindow(points)
      let enriched = try plant.records(of: plant.enrichedTopic) {
        Set($0.compactMap(Sample.init)).isSuperset(of: windows)
      }
      let found = Set(enriched.compactMap(Sample.init))
      let (missing, foreign) = (windows.subtracting(found).count, found.subtracting(sent).count)
      #expect(missing == 0)
      #expect(foreign == 0)
      // Of each generator in order.
      #expect(isInOrder(enriched))
      print("\(kind): \(windows.count) windows, \(enriched.count - found.count) of them twice")
      for stage in plant.stages { #expect(stage.end()) }
    }
  }

  /// The samples that the task has to have found: the last of each generator in each second.
  private func lastOfEachWindow(_ points: [RawPoint]) -> Set<Sample> {
    var last: [String: RawPoint] = [:]
    for point in points {
      let window = "\(point.sample.generator) \(point.nanoseconds / CrashPlant.window)"
      if point.nanoseconds >= last[window]?.nanoseconds ?? 0 { last[window] = point }
    }
    return Set(last.values.map(\.sample))
  }

  /// Whether the samples of each generator come in the order in which they were sent, those that come again left out.
  private func isInOrder(_ records: [Record]) -> Bool {
    var seen: Set<Sample> = []
    var newest: [String: Int] = [:]
    for sample in records.compactMap(Sample.init) where seen.insert(sample).inserted {
      if sample.number < newest[sample.generator] ?? -1 { return false }
      newest[sample.generator] = sample.number
    }
    return true
  }
}

/// A numbered sample.
struct Sample: Hashable {
  var generator: String
  var number: Int

  init(_ generator: String, _ number: Int) {
    self.generator = generator
    self.number = number
  }

  /// Finds them in the text of a raw or an enriched record.
  init?(_ record: Record) {
    let value = record.value ?? ""
    guard let id = value.firstMatch(of: /"generatorID": ?"(\w+)"/)?.1,
      let fuel = value.firstMatch(of: /"fuel": ?(\d+)/)?.1, let number = Int(fuel)
    else { return nil }
    self.init(String(id), number)
  }

  var payload: String {
    "{\"generatorID\": \"\(generator)\", \"lat\": 42.36, \"lon\": -71.06, \"fuel\": \(number), "
      + "\"number\": \(number)}"
  }
}

/// A row of the raw bucket.
struct RawPoint {
  var sample: Sample
  var nanoseconds: Int64
}
