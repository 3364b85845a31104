import Model
import TestSupport
import Testing

@testable import Feeds

/// The last hour without keys: records of each generator are strewn over all partitions.
struct PastMergeTests {
  private static let wall: Int64 = 1_767_225_600_000_000_000
  private static let second: Int64 = 1_000_000_000

  private static func record(
    _ generator: Int,
    at time: Int64,
    fuel: Double = 800,
    stamp: Int64? = nil
  ) -> EnrichedRecord {
    var reading = Reading()
    reading[.fuel] = fuel
    return EnrichedRecord(
      generator: GeneratorIndex(generator),
      alarm: fuel < 500 ? .refuel : .noAction,
      receivedAt: 0,
      sampleTime: stamp ?? time,
      reading: reading
    )
  }

  /// An hour of 20 generators in 12 partitions by chance, each of which is refuelled once; a fortieth of the records is
  /// stamped an hour ahead.
  private static func hour(
    _ random: inout Seeded
  ) -> (records: [[EnrichedRecord]], alarmsSince: [Int64]) {
    var partitions = Array(repeating: [EnrichedRecord](), count: 12)
    var since = Array(repeating: 0 as Int64, count: 20)
    var fuel = (0..<20).map { 520 + Double($0) * 3 }
    for minute in 0..<60 {
      for generator in (0..<20).shuffled(using: &random) {
        let age = Int64(3_600 - minute * 60 - generator) * second
        let before = fuel[generator]
        fuel[generator] -= 5
        if minute == 15 + generator { fuel[generator] = 900 }
        if minute == 40 { fuel[generator] = 400 }
        if before >= 500, fuel[generator] < 500 { since[generator] = wall - age }
        let partition = Int.random(in: 0..<12, using: &random)
        let isAhead = Int.random(in: 0..<40, using: &random) == 0 && minute != 40 && minute < 58
        let ahead = isAhead ? wall + 3_600 * second - age : nil
        partitions[partition].append(
          record(generator, at: wall - age, fuel: fuel[generator], stamp: ahead)
        )
      }
    }
    return (partitions, since)
  }

  @Test(arguments: [1, 2, 3] as [UInt64]) func nothingOfTheLastHourIsOutOfOrder(seed: UInt64) {
    var random = Seeded(state: seed)
    let (partitions, since) = Self.hour(&random)
    var fleet = Fleet()
    let now = Stamp(monotonic: 10_000 * Self.second, wall: Self.wall)
    fleet.apply(.names(generators: (0..<20).map { "g\($0)" }, regions: []), at: now)
    fleet.apply(.status(.kafka, .live), at: now)
    var merge = PastMerge()
    // As the broker answers: some of one partition, then some of another.
    var next = Array(repeating: 0, count: 12)
    while let partition = (0..<12).filter({ next[$0] < partitions[$0].count })
      .randomElement(using: &random)
    {
      for _ in 0..<Int.random(in: 1...30, using: &random)
      where next[partition] < partitions[partition].count {
        merge.add(partitions[partition][next[partition]], of: Int64(partition), at: Self.wall)
        next[partition] += 1
      }
    }
    merge.finish(at: Self.wall)
    var count = 0
    while merge.hasReady {
      var records = merge.take(100)
      for place in records.indices { records[place].receivedAt = now.monotonic }
      count += records.count
      fleet.apply(.enriched(records), at: now)
    }
    #expect(count == 1_200 && merge.isEmpty)
    #expect(fleet.traffic.outOfOrder == 0)
    let refuelled = (0..<fleet.events.count).compactMap { fleet.events.newest($0) }
    #expect(refuelled.count { $0.kind == .refuelled } == 20)
    #expect((0..<20).map { fleet.alarm(.refuel, of: Int32($0))?.sinceWall } == since)
  }

  @Test func aStampAheadCountsAsTheNextOfItsPartitionThatIsNot() {
    var merge = PastMerge()
    let (wall, minute) = (Self.wall, 60 * Self.second)
    merge.add(Self.record(0, at: wall + 60 * minute, fuel: 1), of: 0, at: wall)
    merge.add(Self.record(1, at: wall - 9 * minute, fuel: 2), of: 1, at: wall)
    merge.add(Self.record(0, at: wall - 7 * minute, fuel: 3), of: 1, at: wall)
    merge.add(Self.record(1, at: wall - 8 * minute, fuel: 4), of: 0, at: wall)
    merge.add(Self.record(0, at: wall + minute, fuel: 6), of: 0, at: wall)
    merge.add(Self.record(0, at: .max, fuel: 5), of: 1, at: wall)
    merge.add(Self.record(0, at: 0, fuel: 7), of: 1, at: wall)
    #expect(!merge.hasReady)
    merge.finish(at: wall)
    let records = merge.take(10)
    #expect(records.map(\.reading.fuel) == [2, 1, 4, 3, 6, 5, 7])
    #expect(
      records.map(\.sampleTime)
        == [9, 8, 8, 7].map { wall - $0 * minute } + [wall, wall, wall]
    )
  }

  @Test func itHoldsNoMoreThanItsRoom() {
    var random = Seeded(state: 4)
    var merge = PastMerge(room: 1_000)
    var held = 0
    var taken: [Int64] = []
    for number in 0..<20_000 {
      let late = Int64.random(in: 0..<400, using: &random)
      let time = Self.wall - Int64(20_000 - number) * Self.second - late * Self.second
      // Every hundredth partition never has a stamp that can be believed.
      let isAhead = number % 100 == 0
      merge.add(Self.record(0, at: isAhead ? .max : time), of: isAhead ? 9 : 1, at: Self.wall)
      held += 1
      while merge.hasReady {
        let records = merge.take(64)
        held -= records.count
        taken += records.compactMap(\.sampleTime)
      }
      #expect(held < 1_000)
    }
    merge.finish(at: Self.wall)
    while merge.hasReady { taken += merge.take(64).compactMap(\.sampleTime) }
    #expect(taken.count == 20_000 && taken == taken.sorted())
  }
}
