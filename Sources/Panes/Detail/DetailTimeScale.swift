import Wording
import Dashboard
import Model
import Terminal

/// Columns that stand for times: the last hour, and what is forecast behind it.
struct TimeScale {
  /// Columns of the hour that has passed; the last of them ends now.
  let past: Int
  /// Columns of what is to come.
  let future: Int
  let x: Int
  private static let hour = 3_600.0

  /// Spreads the hour, and `ahead` seconds after it, over the columns of `area`.
  init(_ area: Rect, ahead: Double = 0) {
    let share = Self.hour / (Self.hour + max(0, ahead))
    past = min(area.width, max(0, Int((Double(area.width) * share).rounded())))
    future = area.width - past
    x = area.x
  }

  var secondsPerColumn: Double { past > 0 ? Self.hour / Double(past) : Self.hour }

  /// The column of a moment, `seconds` from now; it may lie outside.
  func column(_ seconds: Double) -> Int {
    let offset = (seconds / secondsPerColumn).rounded(.down)
    return x + past + Int(min(max(offset, -10_000), 10_000))
  }

  /// One value for each place of the past, of `perColumn` in a column, from one for each slot.
  ///
  /// Of several slots the last that has a value stands for the place.
  func spread(_ slots: [Double?], perColumn: Int) -> [Double?] {
    let places = past * perColumn
    guard places > 0, !slots.isEmpty else { return [] }
    return (0..<places).map { place in
      let first = place * slots.count / places
      let end = max(first + 1, (place + 1) * slots.count / places)
      return slots[first..<min(end, slots.count)].last { $0 != nil } ?? nil
    }
  }
}

extension Picture {
  /// Times under a chart, each at the column of a whole quarter or the like; `now` where it ends.
  ///
  /// Columns in `kept` are left to what stands there.
  mutating func drawAxis(_ scale: TimeScale, in row: Rect, keeping kept: Range<Int> = 0..<0) {
    guard !row.isEmpty else { return }
    let steps = [300.0, 600, 900, 1_200, 1_800, 3_600]
    let least = Double(state.times == .age ? 7 : 9) * scale.secondsPerColumn
    let step = steps.first { $0 >= least } ?? 3_600
    let offset = state.times == .age || state.times == .utc ? 0 : Double(state.options.utcOffset)
    // Whole steps of the clock, or of the time from now.
    let now = state.times == .age ? 0 : state.now.wall.seconds + offset
    let after = now - (now / step).rounded(.down) * step
    var seconds = -after
    while seconds > -3_600 { seconds -= step }
    var free = max(row.x, scale.x - 2)
    let nowStart = max(free, scale.x + scale.past - 3)
    let nowEnd = canvas.write("now", x: nowStart, y: row.y, in: row, role: .label) + nowStart
    while seconds <= Double(scale.future) * scale.secondsPerColumn {
      defer { seconds += step }
      let text = axisText(seconds)
      let x = scale.column(seconds) - 2
      let end = x + TextWidth.of(text)
      guard x >= free, end <= row.right, end < nowStart || x > nowEnd,
        end <= kept.lowerBound || x >= kept.upperBound
      else { continue }
      canvas.write(text, x: x, y: row.y, in: row, role: .label)
      free = end + 1
    }
  }

  private func axisText(_ seconds: Double) -> String {
    guard state.times == .age else {
      let whole = (state.now.wall.seconds + seconds).rounded()
      return state.civil(Int64(seconds: whole)).hourAndMinute
    }
    let minutes = Int(seconds / 60)
    return minutes < 0 ? "\(minutes)m" : "+\(minutes)m"
  }

  /// One value for each slot of the last hour, oldest first, joined where no sample can be missing.
  ///
  /// Between two values the line is straight as long as they lie no further apart than the generator's
  /// samples, or the records of the past, do anyway; else there is a gap.
  func slots(_ metric: Metric, of subject: FleetRow) -> [Double?] {
    let now = state.now.monotonic
    let fleet = state.fleet
    var values = fleet.history.values(metric, of: subject.index, count: History.slots, until: now)
    let counts = fleet.sampleCounts.values(of: subject.index, count: History.slots, until: now)
    let slot = History.slotLength.seconds
    let pace = subject.generator.interval.seconds ?? fleet.policy.expectedInterval
    let sampled = max(1, Int(clamping: (1.5 * pace / slot).rounded(.up)))
    let window = Int(clamping: ((fleet.policy.window + 15) / slot).rounded(.up))
    let recorded = max(sampled, window, 3 * usualDistance(values) / 2)
    var before: Int?
    for place in values.indices {
      guard let value = values[place] else { continue }
      defer { before = place }
      guard let start = before, let from = values[start], place - start > 1 else { continue }
      let reach = counts[start] > 0 && counts[place] > 0 ? sampled : recorded
      guard place - start <= reach else { continue }
      for between in start + 1..<place {
        let share = Double(between - start) / Double(place - start)
        values[between] = from + (value - from) * share
      }
    }
    // The slot that has just begun is no gap, as long as the generator is not late.
    if let last = before, subject.isCurrent, subject.generator.freshness == .live {
      for place in values.indices.dropFirst(last + 1) { values[place] = values[last] }
    }
    return values
  }

  /// How many slots lie from one value to the next: the median; 1 for fewer than two.
  private func usualDistance(_ values: [Double?]) -> Int {
    let known = values.indices.filter { values[$0] != nil }
    let distances = zip(known, known.dropFirst()).map { $1 - $0 }.sorted()
    return distances.isEmpty ? 1 : distances[distances.count / 2]
  }
}
