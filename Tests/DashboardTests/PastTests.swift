import Model
import Testing

@testable import Dashboard

struct PastTests {
  /// Plays `seconds` of a plant into a past and a fleet, and calls `look` after each second.
  private static func play(
    _ plant: inout Plant,
    seconds: Int,
    into past: inout Past,
    _ fleet: inout Fleet,
    look: (inout Past, Fleet, Int64) throws -> Void = { _, _, _ in }
  ) throws {
    for _ in 0..<seconds {
      for event in plant.second() {
        past.note(event, before: fleet)
        fleet.apply(event)
      }
      try look(&past, fleet, plant.now)
    }
  }

  @Test(arguments: [300, 1_000, Past.usualSpacing])
  func anyMomentIsThatOfAFleetThatSawTheEventsUpToThen(spacing: Int) throws {
    let seed = UInt64.random(in: .min ... .max)
    var plant = Plant(generators: 16, seed: seed)
    var past = Past(budget: Past.usualBudget, spacing: spacing)
    var fleet = Fleet(policy: Plant.policy)
    var seen: [(time: Int64, portrait: [String])] = []
    try Self.play(&plant, seconds: 400, into: &past, &fleet) { _, fleet, time in
      seen.append((time, portrait(fleet, at: time)))
    }
    var numbers = Numbers(state: seed)
    // Back and forth by small and large steps.
    var place = seen.count - 1
    for _ in 0..<60 {
      let steps = [-1, -1, -1, 1, -10, 10, -90, 90]
      place = min(max(0, place + steps[Int(numbers.next() % 8)]), seen.count - 1)
      let found = past.moment(at: seen[place].time)
      let moment = try #require(found)
      try #require(portrait(moment.fleet, at: seen[place].time) == seen[place].portrait, "\(seed)")
    }
  }

  @Test func aMomentGoesOnAsTheFleetDid() throws {
    let seed = UInt64.random(in: .min ... .max)
    var plant = Plant(generators: 30, seed: seed)
    var past = Past()
    var fleet = Fleet(policy: Plant.policy)
    try Self.play(&plant, seconds: 200, into: &past, &fleet)
    let start = plant.now
    var later: [Event] = []
    for _ in 0..<100 { later += plant.second() }
    for event in later {
      past.note(event, before: fleet)
      fleet.apply(event)
    }
    let found = past.moment(at: start)
    var again = try #require(found).fleet
    for event in later { again.apply(event) }
    #expect(portrait(again, at: plant.now) == portrait(fleet, at: plant.now), "seed \(seed)")
  }

  @Test(arguments: [1_000, Past.usualSpacing])
  func keepsTheBudgetAndForgetsTheOldestFirst(spacing: Int) throws {
    let seed = UInt64.random(in: .min ... .max)
    var plant = Plant(generators: 60, seed: seed)
    var past = Past(budget: 1_500_000, spacing: spacing)
    var fleet = Fleet(policy: Plant.policy)
    var portraits: [Int64: [String]] = [:]
    var reaches: [Int64] = []
    try Self.play(&plant, seconds: 1_500, into: &past, &fleet) { past, fleet, time in
      try #require(past.footprint <= 1_500_000 + 70_000)
      reaches.append(past.reach?.monotonic ?? 0)
      if time / 1_000_000_000 % 97 == 0 { portraits[time] = portrait(fleet, at: time) }
    }
    #expect(!past.isTooLarge)
    #expect(reaches == reaches.sorted())
    let reach = try #require(past.reach).monotonic
    let span = (plant.now - reach) / 1_000_000_000
    #expect(span > 60 && span < 1_400, "\(span)")
    let before = past.moment(at: reach - 1)
    #expect(before == nil)
    for (time, wanted) in portraits where time >= reach {
      let found = past.moment(at: time)
      let fleet = try #require(found).fleet
      #expect(portrait(fleet, at: time) == wanted, "seed \(seed) at \(time)")
    }
  }

  @Test func forgetsWhatIsOlderThanHalfAnHour() throws {
    var plant = Plant(generators: 3, seed: 7)
    var past = Past()
    var fleet = Fleet(policy: Plant.policy)
    try Self.play(&plant, seconds: 2_400, into: &past, &fleet)
    let span = plant.now - (try #require(past.reach)).monotonic
    #expect(span >= Past.span)
    #expect(span <= Past.span + 20_000_000_000)
  }

  @Test func aFleetTooLargeForTheBudgetHasNoPast() throws {
    var plant = Plant(generators: 200, seed: 7)
    var past = Past(budget: 400_000, spacing: 1_000)
    var fleet = Fleet(policy: Plant.policy)
    try Self.play(&plant, seconds: 400, into: &past, &fleet)
    #expect(past.isTooLarge)
    #expect(past.reach == nil)
    #expect(past.footprint == 0)
    let moment = past.moment(at: plant.now)
    #expect(moment == nil)
  }

  @Test func keepsNothingWithoutABudget() throws {
    var plant = Plant(generators: 3, seed: 7)
    var past = Past(budget: 0)
    var fleet = Fleet(policy: Plant.policy)
    try Self.play(&plant, seconds: 10, into: &past, &fleet)
    #expect(past.reach == nil)
    #expect(past.footprint == 0)
  }

  @Test func marksAreTheMomentsAtWhichSomethingCameUp() {
    var past = Past()
    past.note(Event(.tick, at: Stamp(monotonic: 1, wall: 1)), before: Fleet())
    let second: Int64 = 1_000_000_000
    for time in [2 * second, 5 * second + 1, 5 * second + 900, 9 * second] { past.mark(at: time) }
    #expect(past.mark(before: 9 * second) == 5 * second + 900)
    #expect(past.mark(before: 5 * second + 900) == 2 * second)
    #expect(past.mark(before: 2 * second) == nil)
    #expect(past.mark(after: 2 * second) == 5 * second + 900)
    #expect(past.mark(after: 9 * second) == nil)
  }
}
