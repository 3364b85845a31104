import Model
import Testing

@testable import Dashboard

struct PackedEventsTests {
  /// Values as sensors, simulators and damaged recordings give them.
  private static func value(_ numbers: inout Numbers) -> Double? {
    let number = numbers.next()
    return switch number % 8 {
    case 0: nil
    case 1, 2: Double(Int64(truncatingIfNeeded: numbers.next() % 2_000_000) - 1_000_000) / 100
    case 3: Double(bitPattern: numbers.next())
    case 4: -0.0
    case 5: 51.5
    case 6: Double(numbers.next() % 1_000) / 7
    default: Double(numbers.next() % 1_000)
    }
  }

  private static func reading(_ numbers: inout Numbers) -> Reading {
    var reading = Reading()
    for metric in Metric.allCases { reading[metric] = value(&numbers) }
    return reading
  }

  private static func sample(_ numbers: inout Numbers) -> Sample {
    Sample(
      generator: numbers.next() % 20 == 0 ? .max : GeneratorIndex(numbers.next() % 12) - 1,
      source: numbers.next() % 2 == 0 ? .mqtt : .rawTopic,
      isRetained: numbers.next() % 4 == 0,
      receivedAt: numbers.next() % 50 == 0 ? .min : Int64(numbers.next() % 1_000_000_000_000),
      reading: reading(&numbers)
    )
  }

  private static func record(_ numbers: inout Numbers) -> EnrichedRecord {
    EnrichedRecord(
      generator: GeneratorIndex(numbers.next() % 12) - 1,
      region: RegionIndex(numbers.next() % 5) - 1,
      alarm: AlarmFlag(rawValue: UInt8(numbers.next() % 8)) ?? .absent,
      receivedAt: Int64(numbers.next() % 1_000_000_000_000),
      sampleTime: numbers.next() % 2 == 0 ? nil : Int64(bitPattern: numbers.next()),
      recordTime: numbers.next() % 2 == 0 ? nil : Int64(bitPattern: numbers.next()),
      reading: reading(&numbers)
    )
  }

  private static func kind(_ numbers: inout Numbers) -> Event.Kind {
    let count = Int(numbers.next() % 5)
    switch numbers.next() % 7 {
    case 0: return .tick
    case 1:
      var figures = ScreenFigures()
      figures.frames = Int(truncatingIfNeeded: numbers.next())
      figures.frameBytes = 812
      figures.blockedSince = numbers.next() % 2 == 0 ? nil : 17
      figures.isSlow = numbers.next() % 2 == 0 ? nil : true
      figures.isLow = numbers.next() % 2 == 0 ? nil : false
      figures.bytesPerSecond = numbers.next() % 2 == 0 ? nil : 1_234.5
      figures.roundTrip = numbers.next() % 2 == 0 ? nil : 0.08
      figures.queuedBytes = numbers.next() % 2 == 0 ? nil : 99
      return .screen(figures)
    case 2, 3: return .feed(.samples((0..<count).map { _ in sample(&numbers) }))
    case 4: return .feed(.enriched((0..<count).map { _ in record(&numbers) }))
    case 5:
      let folds = (0..<count).map { _ in
        var fold = FoldedSamples(first: sample(&numbers))
        fold.add(sample(&numbers))
        fold.count = Int(truncatingIfNeeded: numbers.next())
        fold.lowestFuel = value(&numbers).flatMap { $0.isFinite ? $0 : nil }
        return fold
      }
      return .feed(.folded(folds))
    default:
      let change = PresenceChange(generator: 3, word: .lastWill, receivedAt: 5)
      return .feed(.presence([change]))
    }
  }

  @Test func whatWasPackedComesOutAsItWas() throws {
    let seed = UInt64.random(in: .min ... .max)
    var numbers = Numbers(state: seed)
    var packing = Fleet()
    packing.apply(Event(.feed(.names(generators: (0..<10).map { "g\($0)" }, regions: ["N", "S"]))))
    var unpacking = packing
    let begin = Stamp(monotonic: 1_000_000_000, wall: 1_700_000_000_000_000_000)
    var packed = PackedEvents(begin: begin)
    var events: [Event] = []
    for step in 0..<2_000 {
      let time = begin.monotonic + Int64(step) * 300_000_000
      let wall = begin.wall + Int64(numbers.next() % 10_000_000_000)
      let event = Event(Self.kind(&numbers), at: Stamp(monotonic: time, wall: wall))
      packed.append(event, to: packing)
      packing.apply(event)
      events.append(event)
    }
    packed.close()
    var cursor = packed.start
    for event in events {
      let found = packed.next(&cursor, until: .max, for: unpacking)
      try #require(found == event, "seed \(seed)")
      unpacking.apply(event)
    }
    #expect(packed.isAtEnd(cursor))
    #expect(packed.next(&cursor, until: .max, for: unpacking) == nil)
  }

  @Test func readingEndsBeforeWhatIsLater() {
    let fleet = Fleet()
    var packed = PackedEvents(begin: Stamp(monotonic: 0, wall: 0))
    for second in 1...3 as ClosedRange<Int64> {
      packed.append(Event(.tick, at: Stamp(monotonic: second, wall: second)), to: fleet)
    }
    var cursor = packed.start
    #expect(packed.next(&cursor, until: 2, for: fleet)?.stamp.monotonic == 1)
    #expect(packed.next(&cursor, until: 2, for: fleet)?.stamp.monotonic == 2)
    #expect(packed.next(&cursor, until: 2, for: fleet) == nil)
    #expect(packed.next(&cursor, until: 3, for: fleet)?.stamp.monotonic == 3)
  }

  @Test func aSampleOfAKnownGeneratorTakesFewBytes() {
    var fleet = Fleet()
    fleet.apply(Event(.feed(.names(generators: ["g1"], regions: []))))
    var packed = PackedEvents(begin: Stamp(monotonic: 0, wall: 0))
    let empty = packed.footprint
    var reading = Reading()
    for metric in Metric.allCases { reading[metric] = 51.507351 / 7 }
    for second in 1...100 as ClosedRange<Int64> {
      let time = second * 1_000_000_000
      reading[.fuel] = 500 - Double(second) / 10
      let sample = Sample(generator: 0, source: .mqtt, receivedAt: time, reading: reading)
      let event = Event(.feed(.samples([sample])), at: Stamp(monotonic: time + 900, wall: time))
      packed.append(event, to: fleet)
      fleet.apply(event)
    }
    #expect((packed.footprint - empty) / 100 < 30)
  }
}

extension Event {
  fileprivate init(_ kind: Kind) { self.init(kind, at: Stamp(monotonic: 1, wall: 1)) }
}
