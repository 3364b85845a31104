import Model
import Testing

@testable import Dashboard

struct AlarmListsTests {
  /// A fleet whose generators hold so much fuel; below 500 they are in alarm, since as many seconds as their index.
  private func fleet(_ fuels: [Double]) -> Fleet {
    var fleet = Fleet()
    let start = Stamp(monotonic: 1_000_000_000_000, wall: 1_767_225_600_000_000_000)
    let ids = fuels.indices.map { "g\($0)" }
    fleet.apply(.names(generators: ids, regions: []), at: start)
    let records = fuels.enumerated().map { index, fuel in
      var reading = Reading()
      reading[.fuel] = fuel
      return EnrichedRecord(
        generator: GeneratorIndex(index),
        alarm: fuel < 500 ? .refuel : .noAction,
        receivedAt: start.monotonic,
        sampleTime: start.wall - Int64(index) * 1_000_000_000,
        reading: reading
      )
    }
    fleet.apply(.enriched(records), at: start)
    return fleet
  }

  @Test func keepsTheOrderOfTheListAndCountsWhatIsHidden() {
    var lists = AlarmLists()
    lists.update([0, 1, 2, 3], fleet([400, 300, 900, 20])) { $0 != 1 }
    #expect(lists.shown.map(\.generator) == [3, 0])
    #expect(lists.hidden == 1 && lists.hiddenGenerators == 1)
    #expect(Set(lists.generators) == [0, 1, 3])
  }

  @Test func looksAgainAtTheNamedGeneratorsOnly() {
    var lists = AlarmLists()
    lists.update([0, 1, 2], fleet([400, 300, 900])) { _ in true }
    let later = fleet([900, 900, 100])
    lists.update([0], later) { _ in true }
    #expect(lists.shown.map(\.generator) == [1])
    lists.update([1, 2], later) { _ in false }
    #expect(lists.shown.count == 0 && lists.hidden == 1)
    lists.update([2], later) { _ in true }
    #expect(lists.shown.map(\.priority) == [1] && lists.hidden == 0)
  }
}
