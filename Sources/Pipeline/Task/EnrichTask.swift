internal import Buckets
internal import Model

/// Takes the last sample of each generator in a window from one bucket to another, with alarm and region.
///
/// Knows no clock, so that what it does depends on the two buckets and the time it is given alone. The rows of a window and
/// how far the task is are written in one transaction, so each window is there exactly once.
final class EnrichTask {
  private let raw: any Bucket
  private let output: any Bucket
  private let options: TaskStage.Options
  private let schedule: TaskSchedule
  private let counts: Counts<TaskCount>
  private var generators = RawGenerators()
  private var extraFields = ExtraFields()
  /// Points that are looked through for late ones at once.
  var portion = 50_000

  /// The time up to which all windows are done, and the sequence up to which nothing is late, as the bucket of the
  /// output remembers them.
  private static let lastKey = "task.kafka_downsample.last-success"
  private static let sequenceKey = "task.kafka_downsample.sequence"
  /// How far the first run looks back, and how far back the clock may have been set without the task following it.
  private static let hour: Int64 = 3_600_000_000_000

  init(
    raw: any Bucket,
    output: any Bucket,
    _ options: TaskStage.Options,
    _ counts: Counts<TaskCount>,
  ) {
    self.raw = raw
    self.output = output
    self.options = options
    self.counts = counts
    output.whenHalfWritten = { CrashPoint.pass(.taskWriting) }
    schedule = TaskSchedule(every: options.every, offset: options.offset)
  }

  /// The time up to which all windows are done; nil before the first.
  func lastSuccess() throws(BucketError) -> Int64? { try output.state(Self.lastKey) }

  /// Does all runs that are due, one after the other.
  ///
  /// - Parameters:
  ///   - now: Nanoseconds since 1970 UTC.
  ///   - shouldStop: Asked between runs; those that are left are done the next time.
  /// - Returns: When the next run is due.
  /// - Throws: `BucketError`; the runs before the failing one are done.
  func runDue(now: Int64, shouldStop: () -> Bool = { false }) throws(BucketError) -> Int64 {
    let latest = schedule.latest(now: now)
    var last: Int64
    if let success = try lastSuccess() {
      last = success
      if last > latest, last - latest > Self.hour { last = try follow(clock: latest) }
    } else {
      try run(latest.subtractingReportingOverflow(Self.hour).partialValue..<latest)
      last = latest
    }
    while last < latest, !shouldStop() {
      let next = schedule.next(after: last)
      guard next <= latest else { break }
      if next < latest, let jump = try endOfNothing(from: last, latest: latest) {
        try output.setState(Self.lastKey, jump)
        last = jump
      } else {
        try run(last..<next)
        last = next
      }
    }
    return schedule.next(after: last).addingReportingOverflow(options.offset).partialValue
  }

  /// The clock was far ahead when the last run was done: goes on from now.
  ///
  /// What came in meanwhile is late, and is found by that.
  private func follow(clock latest: Int64) throws(BucketError) -> Int64 {
    try output.setState(Self.lastKey, latest)
    counts[.clockSteps].add()
    return latest
  }

  /// Where the next window with anything in it begins, if the next ones hold nothing.
  private func endOfNothing(from last: Int64, latest: Int64) throws(BucketError) -> Int64? {
    let next = schedule.next(after: last)
    try generators.learn(from: raw, measurement: options.measurement)
    var first = latest
    for series in generators.series {
      if let time = try raw.first(of: series, from: last), time < first { first = time }
      if first < next { return nil }
    }
    return max(next, schedule.window(of: first).lowerBound)
  }

  // MARK: - A run

  private func run(_ window: Range<Int64>) throws(BucketError) {
    var isDone = false
    while !isDone {
      // What is late is found by its sequence: a window is done again in which something has come since.
      let sequence = try output.state(Self.sequenceKey)
      let work = try raw.snapshot { () throws(BucketError) in
        try generators.learn(from: raw, measurement: options.measurement)
        var work = try late(after: sequence, before: window.lowerBound)
        if !work.isFull { work.rows += try lastRows(in: window) }
        return work
      }
      isDone = !work.isFull
      try write(work, lastSuccess: isDone ? window.upperBound : nil)
    }
    counts[.runs].add()
    CrashPoint.pass(.taskWritten)
  }

  private func lastRows(in window: Range<Int64>) throws(BucketError) -> [StoredPoint] {
    var rows: [StoredPoint] = []
    for ids in generators.seriesByGenerator {
      if let row = try last(of: ids, in: window) { rows.append(row) }
    }
    return rows
  }

  /// The last sample of a generator, whatever series it is in.
  private func last(of ids: [Int64], in window: Range<Int64>) throws(BucketError) -> StoredPoint? {
    var last: StoredPoint?
    for id in ids {
      if let row = try raw.last(of: id, in: window), row.time > last?.time ?? .min { last = row }
    }
    return last
  }

  // MARK: - Late samples

  /// What there is to write.
  private struct Work {
    var rows: [StoredPoint]
    /// The last sequence that was looked at.
    var sequence: Int64
    var lateWindows = 0
    /// There may be more that is late.
    var isFull = false
  }

  private struct LateWindow: Hashable {
    var generator: Int
    var begin: Int64
  }

  /// The rows of windows before `end` in which something has come after a sequence.
  private func late(after sequence: Int64?, before end: Int64) throws(BucketError) -> Work {
    // Before the first run nothing is late.
    guard let sequence else { return Work(rows: [], sequence: try raw.lastSequence()) }
    var windows: Set<LateWindow> = []
    var count = 0
    let last = try raw.times(after: sequence, limit: portion) { series, time in
      count += 1
      guard time < end, let generator = generators.place(ofSeries: series) else { return }
      windows.insert(LateWindow(generator: generator, begin: schedule.window(of: time).lowerBound))
    }
    var rows: [StoredPoint] = []
    // Oldest first, so that the rows of a generator come out in the order of their time.
    for window in windows.sorted(by: { $0.begin < $1.begin }) {
      let range = schedule.window(of: window.begin).clamped(to: .min..<end)
      let ids = generators.seriesByGenerator[window.generator]
      if let row = try self.last(of: ids, in: range) { rows.append(row) }
    }
    return Work(
      rows: rows,
      sequence: last ?? sequence,
      lateWindows: windows.count,
      isFull: count >= portion,
    )
  }

  // MARK: - Writing

  private func write(_ work: Work, lastSuccess: Int64?) throws(BucketError) {
    var states = [Self.sequenceKey: work.sequence]
    states[Self.lastKey] = lastSuccess
    let points = try output.put(work.rows.map(enriched), states: states)
    counts[.written].add(points.changed)
    counts[.unchanged].add(points.unchanged)
    counts[.lateWindows].add(work.lateWindows)
  }

  /// The row that the task makes of a sample, at the sample's own time.
  private func enriched(_ row: StoredPoint) -> Point {
    var fields = row.fields
    // What the task says itself would be there twice.
    fields.extra = extraFields.free(of: fields.extra)
    let fuel = fields[.fuel]?.value ?? 0
    fields.alarm = fuel < options.refuelMark ? Convention.refuel : Convention.noAction
    let id = generators.name(ofSeries: row.series)
    let region = options.region.region(
      of: id,
      latitude: fields[.latitude]?.value,
      longitude: fields[.longitude]?.value,
    )
    let series = Series(measurement: options.measurement, generator: id, region: region)
    return Point(series: output.series.place(of: series), time: row.time, fields: fields)
  }
}
