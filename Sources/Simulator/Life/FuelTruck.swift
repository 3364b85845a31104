internal import Model

/// The truck that fills a tank some time after it fell below the mark; some trucks are late.
struct FuelTruck: Sendable {
  private enum State {
    case away
    /// Comes at that second, or when the fuel has fallen so far.
    case called(arrival: Double, fuel: Double)
    case filling(upTo: Double)
  }

  private var state = State.away

  /// A truck is called below this.
  static let mark = Convention.refuelMark
  private static let lateShare = 0.2
  /// Units a second.
  private static let flow = 100.0 / 60

  /// Brings fuel, if it is time to.
  ///
  /// - Parameters:
  ///   - fuel: what is in the tank.
  ///   - second: the simulated time.
  ///   - seconds: how much of it has passed since the last call.
  ///   - random: for delays and amounts.
  mutating func serve(
    _ fuel: inout Double,
    at second: Double,
    seconds: Double,
    random: inout SeededRandom,
  ) {
    switch state {
    case .away:
      guard fuel < Self.mark else { return }
      let isLate = random.happens(Self.lateShare)
      let hours = isLate ? 24 : random.number(0.5...4)
      let fuel = random.number(15...80)
      state = .called(arrival: second + hours * 3600, fuel: isLate ? fuel : -1)
    case .called(let arrival, let last):
      if second >= arrival || fuel <= last {
        state = .filling(upTo: random.number(900...Engine.tank))
      }
    case .filling(let target):
      fuel = min(max(target, fuel), fuel + Self.flow * seconds)
      if fuel >= target { state = .away }
    }
  }
}
