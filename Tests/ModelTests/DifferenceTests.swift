import Testing

@testable import Model

/// Raw against enriched: who is missing on which side, late, or told otherwise.
struct DifferenceTests {
  /// What lets the fleet send and records come: a sample each 10 s, a record each 60 s.
  private struct Days {
    var world: World
    var fuel = 800.0
    /// What records say, whatever the fuel is; nil for what the task would say.
    var says: AlarmFlag?
    var sends = true
    var isEnriched = true
    /// Whether the task writes the last point again and again.
    var repeats = false
    /// How many seconds after its sample a record comes.
    var delay = 5
    private var second = 0
    private var last: (wall: Int64, fuel: Double)?
    private var pending: [(due: Int, wall: Int64, fuel: Double)] = []

    init(mqtt: Bool = true) { world = World(generators: ["a", "b"], mqtt: mqtt) }

    mutating func run(_ seconds: Int) {
      for _ in 0..<seconds {
        second += 1
        world.run(1)
        if second % 10 == 0, sends { world.sample(fuel: fuel) }
        if second % 10 == 0, sends { last = (world.now.wall, fuel) }
        if second % 60 == 0, isEnriched, let last {
          pending.append((second + delay, last.wall, last.fuel))
          if !repeats { self.last = nil }
        }
        while let record = pending.first, record.due <= second {
          pending.removeFirst()
          let alarm = says ?? (record.fuel < 500 ? .refuel : .noAction)
          let age = (world.now.wall - record.wall).seconds
          world.record(fuel: record.fuel, alarm: alarm, age: age)
        }
      }
    }

    var difference: Difference? { world.generator().difference }
  }

  @Test func nobodyDiffersWhileAllIsWell() {
    var days = Days()
    days.run(600)
    #expect(days.difference == nil)
    #expect(days.world.fleet.traffic.differences.total == 0)
    #expect(days.world.fleet.differing().isEmpty)
  }

  @Test func whoSendsAndIsNotEnrichedIsListedWithSinceWhen() {
    var days = Days()
    days.run(300)
    days.isEnriched = false
    days.run(120)
    #expect(days.difference == nil)
    days.run(30)
    #expect(days.difference == .notEnriched)
    #expect(days.world.fleet.traffic.differences[.notEnriched] == 1)
    #expect(days.world.fleet.differing() == [0])
    let since = days.world.fleet.differsSince(0)
    #expect(since.map { days.world.now.monotonic.seconds(since: $0) } == 140)
    days.isEnriched = true
    days.run(70)
    #expect(days.difference == nil)
  }

  /// InfluxDB's task writes the last point of a series each minute, though nothing new came.
  @Test func aRecordThatRepeatsAnOldSampleIsMissing() {
    var days = Days()
    days.run(300)
    days.repeats = true
    days.run(60)
    days.sends = false
    days.run(300)
    // It sends again, but what it sends does not come through.
    let stale = days.world.generator().enrichedWall
    for _ in 0..<20 {
      days.world.run(10)
      days.world.sample(fuel: 790)
      let age = stale.map { (days.world.now.wall - $0).seconds }
      days.world.record(fuel: 800, age: age ?? 0)
    }
    #expect(days.difference == .notEnriched)
    #expect(days.world.generator().enrichedWall == stale)
  }

  @Test func whoIsEnrichedAndNotHeardIsListed() {
    var days = Days()
    days.run(300)
    days.sends = false
    // Others hear it: records go on.
    for step in 0..<8 {
      days.world.run(60)
      days.world.record(fuel: 790 - Double(step), age: 5)
      if step < 2 { #expect(days.difference == nil) }
    }
    #expect(days.difference == .notRaw)
    #expect(days.world.fleet.traffic.differences[.notRaw] == 1)
    days.world.sample(fuel: 780)
    #expect(days.difference == nil)
  }

  @Test(arguments: [(490.0, AlarmFlag.noAction), (800, .refuel)])
  func fuelAndRecordThatDisagreeAreListedAfterTwoWindows(fuel: Double, says: AlarmFlag) {
    var days = Days()
    days.run(300)
    (days.fuel, days.says) = (fuel, says)
    days.run(115)
    #expect(days.difference == nil)
    days.run(70)
    #expect(days.difference == .disagrees)
    #expect(days.world.hop(.task)?.detail == "disagree 1")
    days.says = nil
    days.run(70)
    #expect(days.difference == nil)
  }

  /// A record that comes late knows the fuel of then.
  @Test func aLateRecordDoesNotDisagree() {
    var days = Days()
    days.delay = 130
    days.run(400)
    days.fuel = 490
    for _ in 0..<60 {
      days.run(10)
      #expect(days.difference != .disagrees)
    }
  }

  @Test func whoseRecordsComeLateIsListed() {
    var days = Days()
    days.delay = 140
    for step in 0..<60 {
      days.fuel = 800 - Double(step)
      days.run(10)
    }
    #expect(days.difference == .late)
    days.delay = 5
    for step in 0..<40 {
      days.fuel = 700 - Double(step)
      days.run(10)
    }
    #expect(days.difference == nil)
  }

  @Test func withoutARawFeedNothingIsCompared() {
    var days = Days(mqtt: false)
    for step in 0..<8 {
      days.world.run(60)
      days.world.record(fuel: 790 - Double(step))
    }
    #expect(days.difference == nil)
  }

  @Test func recordsSayUpToWhenTheyAreTrue() {
    var days = Days()
    days.run(300)
    #expect(days.world.fleet.recordsAsOf(at: days.world.now.monotonic) == nil)
    days.isEnriched = false
    days.run(200)
    let newest = days.world.fleet.traffic.newestNewRecordAt
    let asOf = days.world.fleet.recordsAsOf(at: days.world.now.monotonic)
    #expect(asOf != nil && newest != nil)
    if let asOf, let newest { #expect((0...10).contains(newest.seconds(since: asOf))) }
    days.isEnriched = true
    days.run(90)
    #expect(days.world.fleet.recordsAsOf(at: days.world.now.monotonic) == nil)
  }

  @Test(arguments: [PresenceChange.Word.lastWill, .disconnected])
  func whoIsLostOrSilentInAlarmStaysInAlarm(word: PresenceChange.Word) {
    var world = World()
    world.sample(fuel: 400)
    world.record(fuel: 400, alarm: .refuel)
    world.word(word)
    #expect(world.alarm != nil)
    world.run(4_000)
    #expect(world.alarm != nil)
    #expect(world.fleet.counts[.refuel] == 1)
  }
}
