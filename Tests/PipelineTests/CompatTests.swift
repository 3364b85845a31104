import LocalBrokers
import MQTT
import System
import Testing

@testable import Pipeline
@testable import Simulator

struct CompatTests {
  private func isOfTheArticle(_ sample: GeneratorSample, change: Int, isRefill: Bool) -> Bool {
    // Temperature, power, use; the article forgets what loads below 25 use.
    let ranges: [ClosedRange<Int>] =
      switch sample.load {
      case 0: [160...160, 0...0, 0...0]
      case 1...24: [170...190, 100...500, 0...0]
      case 25...49: [190...200, 500...1100, 50...75]
      case 50...74: [200...210, 1100...2000, 75...90]
      default: [210...300, 2000...2600, 90...130]
      }
    let isUse = isRefill ? (500...1000).contains(change) : ranges[2].contains(-change)
    return ranges[0].contains(sample.temperature) && ranges[1].contains(sample.power) && isUse
  }

  @Test func keepsToTheRangesOfTheArticle() {
    var generator = CompatGenerator(number: 0, seed: 5)
    #expect((900...1000).contains(generator.fuel))
    #expect((5...15).contains(generator.interval))
    var fuels: Set<Int> = []
    var loads: Set<Int> = []
    var strange: [GeneratorSample] = []
    for _ in 0..<200_000 {
      let before = generator.fuel
      let sample = generator.next()
      fuels.insert(sample.fuel)
      loads.insert(sample.load)
      if !isOfTheArticle(sample, change: sample.fuel - before, isRefill: before <= 0) {
        strange.append(sample)
      }
    }
    #expect(strange == [])
    #expect(loads == Set(0...100))
    #expect(fuels.allSatisfy { (-129...1000).contains($0) })
    #expect(fuels.contains { $0 < -100 }, "fuel may be negative, as in the article")
  }

  @Test func staysWhereItIsAndHasItsSeed() {
    var one = CompatGenerator(number: 3, seed: 9)
    var other = CompatGenerator(number: 3, seed: 9)
    #expect(one.identity == other.identity)
    #expect(one.identity.id == "generator4")
    for _ in 0..<100 { #expect(one.next() == other.next()) }
    #expect(CompatGenerator(number: 3, seed: 10).fuel != CompatGenerator(number: 4, seed: 10).fuel)
  }
}

@Suite(.serialized, .timeLimit(.minutes(20)))
struct CompatStageTests {
  @Test func publishesAsTheArticleDoesAndNeverComesBack() throws {
    // The broker's log names each client with its clean session, keep-alive and will.
    try withMosquitto("allow_anonymous true\nlog_type all") { broker in
      let listener = try FleetListener(port: broker.port, qos: 2)
      let mqtt = MQTTOptions(host: "127.0.0.1", port: broker.port)
      let stage = CompatStage(mqtt: mqtt, generatorCount: 7, seed: 1)
      let running = try RunningStage(stage)
      let areThere = try listener.wait { $0.fuels.count == 7 }
      #expect(areThere)
      #expect(listener.presence.isEmpty)
      #expect(listener.messages.allSatisfy { $0.qos == 0 && !$0.isRetained })
      var first = CompatGenerator(number: 0, seed: 1)
      let text = String(decoding: first.identity.payload(first.next()), as: UTF8.self)
      #expect(listener.messages.contains { $0.text == text })
      broker.kill()
      try broker.restart()
      let areLost = try eventually { running.figure("lost") == 7 }
      #expect(areLost)
      // It goes on as if nothing were.
      let published = running.figure("published")
      let goesOn = try eventually { running.figure("samples") > published + 7 }
      #expect(goesOn)
      #expect(running.figure("published") == published)
      running.stop()
      #expect(running.failure == "")
    }
  }

  @Test func saysSoWhenThereIsNoBrokerAtTheStart() throws {
    let mqtt = MQTTOptions(host: "127.0.0.1", port: try freeLoopbackPort())
    let stage = CompatStage(mqtt: mqtt, generatorCount: 1, seed: 1)
    #expect(throws: MQTTError.self) { try stage.run(until: StopSignal(), log: Log()) }
  }

  private func eventually(_ condition: () throws -> Bool) throws -> Bool {
    let deadline = monotonicNanoseconds() + 60_000_000_000
    while try !condition() {
      if monotonicNanoseconds() > deadline { return false }
      sleepThread(nanoseconds: 10_000_000)
    }
    return true
  }
}
