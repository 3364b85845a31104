/// Fuel over time in at most 24 points, each the mean of the samples of some time, which gets longer as they grow old.
struct FuelPoints: Sendable {
  static let most = 24

  private(set) var count = 0
  /// How long a point gathers samples, in seconds.
  private var spacing: Float = 0
  /// When the newest one began to.
  private var opened: Float = 0
  /// Mean times and fuels, the oldest first, and of how many samples.
  private(set) var times = InlineArray<24, Float>(repeating: 0)
  private(set) var fuels = InlineArray<24, Float>(repeating: 0)
  private var weights = InlineArray<24, UInt16>(repeating: 0)

  /// Adds a sample; gives by how many seconds all times moved so that the oldest is 0 again.
  ///
  /// When there is no room, points older than `span` seconds are dropped; else each two become one.
  mutating func add(_ fuel: Float, at seconds: Float, span: Float) -> Float {
    if count > 0, seconds - opened < spacing, weights[count - 1] < .max {
      let last = count - 1
      weights[last] += 1
      let share = 1 / Float(weights[last])
      times[last] += (seconds - times[last]) * share
      fuels[last] += (fuel - fuels[last]) * share
      return 0
    }
    let shift = count == Self.most ? makeRoom(at: seconds, span: span) : 0
    times[count] = seconds - shift
    fuels[count] = fuel
    weights[count] = 1
    count += 1
    opened = seconds - shift
    return shift
  }

  /// The lowest of the last four points.
  var lowestOfLate: Float {
    var lowest = Float.infinity
    for index in max(0, count - 4)..<count { lowest = min(lowest, fuels[index]) }
    return lowest
  }

  private mutating func makeRoom(at now: Float, span: Float) -> Float {
    var first = 0
    while first < count - 1, now - times[first] > span { first += 1 }
    if first == 0 {
      spacing = max(2 * spacing, 2 * (times[count - 1] - times[0]) / Float(count - 1))
      for index in 0..<count / 2 {
        let (early, late) = (Float(weights[2 * index]), Float(weights[2 * index + 1]))
        let share = late / (early + late)
        times[index] = times[2 * index] + (times[2 * index + 1] - times[2 * index]) * share
        fuels[index] = fuels[2 * index] + (fuels[2 * index + 1] - fuels[2 * index]) * share
        weights[index] = UInt16(clamping: Int(early + late))
      }
      count /= 2
    }
    return drop(first)
  }

  mutating func move(by seconds: Float) {
    for index in 0..<count { times[index] -= seconds }
    opened -= seconds
  }

  /// Drops the oldest points; gives by how many seconds the others moved.
  mutating func drop(_ first: Int) -> Float {
    let shift = times[first]
    for index in first..<count {
      times[index - first] = times[index] - shift
      fuels[index - first] = fuels[index]
      weights[index - first] = weights[index]
    }
    count -= first
    opened -= shift
    return shift
  }
}

/// A line through some points, by least squares.
struct FuelLine: Sendable {
  /// Units a second, above 0 where fuel gets less; 0 for a single point.
  var fall = 0.0
  /// How certain that is: its variance, for samples that stray by 1.
  var spread = Double.infinity
  /// What it says of the time from which its points are counted.
  var level = 0.0
  /// The sum of the squares by which samples stray from it, as far as the points' means show it.
  var residue = 0.0

  /// Of sums over points: of weights, times, fuels and their products.
  fileprivate init(_ sums: FuelSums) {
    let scatter = sums.tt - sums.t * sums.t / sums.n
    guard sums.n > 0, scatter > 0 else { return }
    let both = sums.tf - sums.t * sums.f / sums.n
    fall = -both / scatter
    spread = 1 / scatter
    level = sums.f / sums.n + fall * sums.t / sums.n
    residue = max(0, sums.ff - sums.f * sums.f / sums.n - both * both / scatter)
  }
}

/// Sums over points.
private struct FuelSums {
  var n = 0.0
  var t = 0.0
  var f = 0.0
  var tt = 0.0
  var tf = 0.0
  var ff = 0.0

  mutating func add(_ time: Double, _ fuel: Double, _ weight: Double) {
    n += weight
    t += weight * time
    f += weight * fuel
    tt += weight * time * time
    tf += weight * time * fuel
    ff += weight * fuel * fuel
  }

  func without(_ other: FuelSums) -> FuelSums {
    FuelSums(
      n: n - other.n,
      t: t - other.t,
      f: f - other.f,
      tt: tt - other.tt,
      tf: tf - other.tf,
      ff: ff - other.ff
    )
  }
}

extension FuelPoints {
  /// Seconds from the oldest point to the newest.
  var span: Float { count > 0 ? times[count - 1] - times[0] : 0 }

  /// The line through all.
  var line: FuelLine { FuelLine(sums) }

  private var sums: FuelSums {
    var sums = FuelSums()
    for index in 0..<count { add(index, to: &sums) }
    return sums
  }

  private func add(_ index: Int, to sums: inout FuelSums) {
    // From the oldest on, so that no digits are lost.
    sums.add(
      Double(times[index] - times[0]),
      Double(fuels[index] - fuels[0]),
      Double(weights[index])
    )
  }

  /// From which point on the fuel falls differently than before, beyond the noise; nil if it does not.
  ///
  /// Of all places the one where both slopes differ by the most standard errors, which has to be `certainty`.
  ///
  /// - Parameters:
  ///   - variance: Of samples around their true value.
  ///   - certainty: In standard errors.
  /// - Returns: The number of the first point that counts.
  func breaks(variance: Double, certainty: Double) -> Int? {
    guard count >= 6 else { return nil }
    let all = sums
    var early = FuelSums()
    var found: (split: Int, before: FuelLine, after: FuelLine)?
    var most = certainty * certainty
    for split in 0..<count - 2 {
      if split >= 3, early.n >= 4, all.n - early.n >= 4 {
        let (before, after) = (FuelLine(early), FuelLine(all.without(early)))
        let own = (before.residue + after.residue) / Double(max(1, count - 4))
        let error = max(variance, own) * (before.spread + after.spread)
        let distance = before.fall - after.fall
        if distance * distance > most * error {
          most = distance * distance / error
          found = (split, before, after)
        }
      }
      add(split, to: &early)
    }
    guard let found else { return nil }
    // What wanders by itself seems to break everywhere.
    let before = correlation(in: 0..<found.split, found.before)
    let after = correlation(in: found.split..<count, found.after)
    let wander = Self.wander(before.products + after.products, of: before.squares + after.squares)
    return most > certainty * certainty * wander ? found.split : nil
  }

  /// How many times larger the variance of a slope is since points stray from the line by and by, and not each by itself.
  func wander(about line: FuelLine) -> Double {
    let sums = correlation(in: 0..<count, line)
    return Self.wander(sums.products, of: sums.squares)
  }

  private static func wander(_ products: Double, of squares: Double) -> Double {
    guard squares > 0 else { return 1 }
    let share = min(max(0, products / squares), 0.9)
    return (1 + share) / (1 - share)
  }

  /// The sums of the products of what neighbours stray from a line, and of the squares.
  private func correlation(
    in places: Range<Int>,
    _ line: FuelLine
  ) -> (products: Double, squares: Double) {
    var sums = (products: 0.0, squares: 0.0)
    var last = 0.0
    for index in places {
      let time = Double(times[index] - times[0])
      let stray = Double(fuels[index] - fuels[0]) - line.level + line.fall * time
      sums.products += last * stray
      sums.squares += stray * stray
      last = stray
    }
    return sums
  }
}
