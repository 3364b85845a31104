import Model
import Synchronization
import Testing

@testable import Feeds

struct MailboxTests {
  private func sample(
    _ generator: GeneratorIndex = 0,
    at time: Int64 = 0,
    fuel: Double = 1,
    source: SampleSource = .mqtt,
    retained: Bool = false
  ) -> Sample {
    var reading = Reading()
    reading[.fuel] = fuel
    return Sample(
      generator: generator,
      source: source,
      isRetained: retained,
      receivedAt: time,
      reading: reading
    )
  }

  private func word(_ word: PresenceChange.Word = .lastWill, at time: Int64 = 0) -> PresenceChange {
    PresenceChange(generator: 0, word: word, receivedAt: time)
  }

  private func rejected() -> FeedEvent {
    let message = RejectedMessage(
      feed: .mqtt,
      topic: "t",
      reason: "r",
      payload: "p",
      size: 1,
      receivedAt: 0
    )
    return .rejected([message])
  }

  @Test func belowTheBoundEverythingIsHandedOverAsItCame() {
    let mailbox = Mailbox {}
    mailbox.put([sample(at: 1), sample(at: 2)])
    mailbox.put([sample(at: 3)])
    mailbox.put([word(at: 4)])
    mailbox.put([sample(at: 5)])
    mailbox.put(.status(.mqtt, .live))
    mailbox.put(.presence([word(at: 6)]))
    #expect(
      mailbox.takeEvents() == [
        .samples([sample(at: 1), sample(at: 2), sample(at: 3)]), .presence([word(at: 4)]),
        .samples([sample(at: 5)]), .status(.mqtt, .live), .presence([word(at: 6)]),
      ]
    )
    #expect(mailbox.takeEvents() == [])
  }

  @Test func wakesOnlyWhenItWasEmpty() {
    let wakes = Mutex(0)
    let mailbox = Mailbox { wakes.withLock { $0 += 1 } }
    mailbox.put([] as [Sample])
    mailbox.put([] as [PresenceChange])
    #expect(wakes.withLock { $0 } == 0)
    mailbox.put([sample()])
    mailbox.put([word()])
    mailbox.put(.status(.kafka, .live))
    #expect(wakes.withLock { $0 } == 1)
    _ = mailbox.takeEvents()
    mailbox.put(.status(.kafka, .live))
    #expect(wakes.withLock { $0 } == 2)
  }

  @Test func namesComeFirstAndOnce() {
    let mailbox = Mailbox {}
    mailbox.register(generators: ["x", "y"], regions: ["US", "unknown", ""])
    #expect(mailbox.generator(Array("y".utf8).span) == 1)
    #expect(mailbox.generator(Array("z".utf8).span) == 2)
    #expect(mailbox.region(Array("EU".utf8).span) == 2)
    #expect(mailbox.region(Array("US".utf8).span) == 1)
    #expect(mailbox.region([UInt8]().span) == 0)
    #expect(mailbox.region(Array("unknown".utf8).span) == 0)
    mailbox.put([sample(2)])
    #expect(
      mailbox.takeEvents() == [
        .names(generators: ["x", "y", "z"], regions: ["US", "EU"]), .samples([sample(2)]),
      ]
    )
    mailbox.put([sample(2)])
    #expect(mailbox.takeEvents() == [.samples([sample(2)])])
  }

  @Test func pastTheBoundThereIsNoIndex() {
    let mailbox = Mailbox(generators: 1) {}
    #expect(mailbox.generator(Array("a".utf8).span) == 0)
    #expect(mailbox.generator(Array("b".utf8).span) == nil)
    #expect(mailbox.generator(Array("a".utf8).span) == 0)
  }

  @Test func aboveTheBoundSamplesAreFoldedAndCounted() {
    let mailbox = Mailbox(bound: 10 * MemoryLayout<Sample>.stride) {}
    for time in 0..<1_000 {
      mailbox.put([sample(Int32(time % 3), at: Int64(time), fuel: Double(time))])
    }
    let events = mailbox.takeEvents()
    guard events.count == 2, case .samples(let whole) = events[0],
      case .folded(let folds) = events[1]
    else {
      Issue.record("\(events.count) events")
      return
    }
    #expect(whole.count + folds.map(\.count).reduce(0, +) == 1_000)
    #expect(folds.count == 3)
    #expect(folds.map(\.last.receivedAt) == [997, 998, 999])
    #expect(folds.allSatisfy { $0.lowestFuel == Double($0.first.receivedAt) })
    // Two in a row show it: the last alone does not.
    #expect(folds.allSatisfy { $0.highestFuel == Double($0.last.receivedAt - 3) })
    mailbox.put([sample(at: 5)])
    #expect(mailbox.takeEvents() == [.samples([sample(at: 5)])])
  }

  @Test func foldsKeepSourcesAndRetainedSamplesApart() {
    let mailbox = Mailbox(bound: 0) {}
    for time in 0..<12 as Range<Int64> {
      mailbox.put([
        sample(at: time, source: time % 2 == 0 ? .mqtt : .rawTopic, retained: time % 4 > 1)
      ])
    }
    guard case .folded(let folds)? = mailbox.takeEvents().first else {
      Issue.record("nothing folded")
      return
    }
    #expect(folds.map(\.count) == [3, 3, 3, 3])
    #expect(folds.allSatisfy { $0.first.isRetained == $0.last.isRetained })
    #expect(folds.allSatisfy { $0.first.source == $0.last.source })
  }

  @Test func aboveTheBoundWordsAreFoldedAndCounted() {
    let mailbox = Mailbox(bound: 0) {}
    for time in 0..<1_000 as Range<Int64> {
      mailbox.put([word(time % 2 == 0 ? .lastWill : .alive, at: time)])
      mailbox.put([sample(at: time)])
    }
    let events = mailbox.takeEvents()
    guard events.count == 2, case .folded(let samples) = events[0],
      case .foldedPresence(let words) = events[1]
    else {
      Issue.record("\(events.count) events")
      return
    }
    #expect(samples.map(\.count) == [1_000])
    #expect(words.map(\.count) == [1_000])
    #expect(words[0].first == word(.lastWill, at: 0))
    #expect(words[0].last == word(.alive, at: 999))
  }

  @Test func foldingLosesNoOrderOfAGenerator() {
    var fleet = Fleet()
    let mailbox = Mailbox(bound: 0) {}
    _ = mailbox.generator(Array("a".utf8).span)
    mailbox.put([sample(at: 100)])
    mailbox.put([word(at: 200)])
    mailbox.put([sample(at: 300)])
    for event in mailbox.takeEvents() { fleet.apply(event, at: Stamp(monotonic: 400, wall: 0)) }
    #expect(fleet.generators[0].session == .online)
    mailbox.put([sample(at: 500)])
    mailbox.put([word(at: 600)])
    for event in mailbox.takeEvents() { fleet.apply(event, at: Stamp(monotonic: 700, wall: 0)) }
    #expect(fleet.generators[0].session == .lost)
  }

  @Test func whatWasFoldedGoesBeforeABrokenConnection() {
    let mailbox = Mailbox(bound: 0) {}
    mailbox.put([sample(at: 1)])
    mailbox.put(.status(.mqtt, .connecting))
    mailbox.put([sample(at: 2)])
    let events = mailbox.takeEvents()
    #expect(events.count == 3)
    #expect(events[1] == .status(.mqtt, .connecting))
  }

  @Test func ofFiguresOnlyTheNewestWaits() {
    let mailbox = Mailbox {}
    var counters = FeedCounters()
    for received in 0..<1_000 {
      counters.received = received
      mailbox.put(.counters(.mqtt, counters))
      mailbox.put(.counters(.kafka, counters))
      mailbox.put(.groupLag(GroupLag(recordsBehind: received)))
    }
    #expect(
      mailbox.takeEvents() == [
        .counters(.mqtt, counters), .counters(.kafka, counters),
        .groupLag(GroupLag(recordsBehind: 999)),
      ]
    )
    mailbox.put(.counters(.mqtt, counters))
    #expect(mailbox.takeEvents() == [.counters(.mqtt, counters)])
  }

  @Test func rejectedMessagesBeyondSomeAreDropped() {
    let mailbox = Mailbox {}
    for _ in 0..<100 { mailbox.put(rejected()) }
    #expect(mailbox.takeEvents().count == 64)
    mailbox.put(rejected())
    #expect(mailbox.takeEvents().count == 1)
  }

  @Test func aFeedThatCanWaitIsToldTo() {
    let mailbox = Mailbox(bound: 1_000) {}
    #expect(!mailbox.isFull)
    let record = EnrichedRecord(generator: 0, receivedAt: 0, reading: Reading())
    mailbox.put(.enriched(Array(repeating: record, count: 20)))
    #expect(mailbox.isFull)
    _ = mailbox.takeEvents()
    #expect(!mailbox.isFull)
  }

  @Test(.timeLimit(.minutes(20))) func nothingIsLostBetweenThreads() async {
    let mailbox = Mailbox(bound: 5_000) {}
    await withTaskGroup(of: Void.self) { group in
      for generator in 0..<4 as Range<Int32> {
        group.addTask {
          for time in 0..<5_000 as Range<Int64> {
            mailbox.put([sample(generator, at: time)])
          }
        }
      }
      var taken = 0
      while taken < 20_000 {
        for event in mailbox.takeEvents() {
          if case .samples(let samples) = event { taken += samples.count }
          if case .folded(let folds) = event { taken += folds.map(\.count).reduce(0, +) }
        }
        await Task.yield()
      }
      #expect(taken == 20_000)
    }
  }
}
