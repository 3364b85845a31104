/// A sample of the past.
public struct HistoricSample: Equatable, Sendable {
  /// The position of the generator in the fleet.
  public let generator: Int
  /// Nanoseconds since 1970-01-01 UTC.
  public let wallNanoseconds: Int64
  public let sample: GeneratorSample
}

extension GeneratorLife {
  /// Lives through the minutes before a moment, and gives one sample a minute of each generator, oldest first.
  ///
  /// To be called once, on a fleet that has not lived; then the fleet goes on from there. Generators with a
  /// `GeneratorStart` live so that they come to it without a jump.
  ///
  /// - Parameters:
  ///   - minutes: minutes of the clock, at most a day of them.
  ///   - wallNanoseconds: when the last samples are taken.
  /// - Returns: those of one minute together.
  public mutating func history(
    minutes: Int,
    endingAt wallNanoseconds: Int64,
  ) -> [HistoricSample] {
    let minutes = min(max(0, minutes), 1440)
    let total = Double(minutes) * 60 * plan.pace
    for start in plan.starts { prepare(start, total: total) }
    var samples: [HistoricSample] = []
    samples.reserveCapacity(minutes * generators.count)
    for minute in 0..<minutes {
      let time = wallNanoseconds - Int64(minutes - 1 - minute) * 60_000_000_000
      for number in generators.indices {
        let sample = advance(number, nanoseconds: 60_000_000_000)
        samples.append(.init(generator: number, wallNanoseconds: time, sample: sample))
      }
    }
    // Steps do not end exactly where the engine was to start; what is missing is less than a step burns.
    for start in plan.starts { apply(start) }
    return samples
  }

  /// Gives a generator the fuel that it will have burnt when the history ends.
  ///
  /// It has run as long as a tank allows; before, it stood by.
  private mutating func prepare(_ start: GeneratorStart, total: Double) {
    guard generators.indices.contains(start.generator) else { return }
    let burn = start.load > 0 ? generators[start.generator].engine.burn(load: start.load) : 0
    let room = 0.95 * (Engine.tank - start.fuel)
    let seconds = burn > 0 ? min(total, room / burn) : total
    generators[start.generator].fuel = start.fuel + burn * seconds
    generators[start.generator].holds = [
      .init(load: 0, end: total - seconds, barsTruck: true),
      .init(load: start.load, end: total + 1, barsTruck: true),
    ]
  }
}
