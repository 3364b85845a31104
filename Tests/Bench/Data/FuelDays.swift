internal import Model

/// Answers with the time to empty, in seconds, at the samples of a made-up truth: see `Tests/Bench/fuel_truth.py`.
///
/// Lines come in on standard input: `new TANK BURN KW` begins with another generator, of which the inventory knows what it
/// burns an hour and its rated power, or 0; `SECONDS FUEL LOAD POWER` is a sample, with `-` for what is not told; one with
/// `?` behind it asks. `nan` is the answer while nothing is shown.
func measureFuelDays() {
  var day = FuelDay(tank: 1_000, burn: 0, power: 0)
  while let line = readLine() {
    let words = line.split(separator: " ")
    if words.first == "new" {
      let numbers = words.dropFirst().map { Double($0) ?? 0 }
      day = FuelDay(tank: numbers[0], burn: numbers[1], power: numbers[2])
    } else {
      day.take(words.prefix(4).map { Double($0) })
      if words.last == "?" { print(day.emptyIn ?? .nan) }
    }
  }
}

/// A fleet of one generator.
private struct FuelDay {
  private var fleet: Fleet
  private var now = Stamp(monotonic: 0, wall: 1_767_225_600_000_000_000)
  private let start: Stamp

  init(tank: Double, burn: Double, power: Double) {
    var entry = InventoryEntry(id: "a")
    entry.tank = tank
    if burn > 0 { entry.burn = burn }
    if power > 0 { entry.ratedPower = power }
    var policy = FleetPolicy()
    policy.hasEnrichedFeed = false
    fleet = Fleet(policy: policy, inventory: [entry])
    start = now
    fleet.apply(.names(generators: ["a"], regions: []), at: now)
  }

  mutating func take(_ values: [Double?]) {
    now = Stamp(
      monotonic: start.monotonic + Int64(seconds: values[0] ?? 0),
      wall: start.wall + Int64(seconds: values[0] ?? 0)
    )
    var reading = Reading()
    reading[.fuel] = values[1]
    reading[.load] = values[2]
    reading[.power] = values[3]
    let sample = Sample(generator: 0, source: .mqtt, receivedAt: now.monotonic, reading: reading)
    fleet.apply(.samples([sample]), at: now)
  }

  var emptyIn: Double? { fleet.generators[0].timeToEmpty(at: now.monotonic) }
}
