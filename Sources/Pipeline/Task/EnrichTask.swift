internal import Buckets
internal import Model
internal import System
internal import Wording

/// Takes the last sample of each generator in a window from one bucket to another, with alarm and region.
///
/// Looks at no clock of the day, so that what it does depends on the two buckets and the time it is given alone. The rows of a window and
/// how far the task is are written in one transaction, so each window is there exactly once.
final class EnrichTask {
  private let raw: any Bucket
  private let output: any Bucket
  private let options: TaskStage.Options
  private let schedule: TaskSchedule
  private let counts: Counts<TaskCount>
  private let log: Log
  private var generators: RawGenerators
  private var extraFields = ExtraFields()
  private let mostBytes: Int
  /// Points that are looked through for late ones at once.
  var portion = 50_000
  /// Gets the window of each run that is done, and when the run began, of the monotonic clock.
  var whenRun: (Range<Int64>, _ begin: Int64) -> Void = { _, _ in }
  /// Called with each portion of work.
  var whenTurning: () -> Void = {}

  /// The time up to which all windows are done, and the sequence up to which nothing is late, as the bucket of the
  /// output remembers them.
  private static let lastKey = "task.kafka_downsample.last-success"
  private static let sequenceKey = "task.kafka_downsample.sequence"

  init(
    raw: any Bucket,
    output: any Bucket,
    _ options: TaskStage.Options,
    _ counts: Counts<TaskCount>,
    _ log: Log,
    mostBytes: Int = RawGenerators.mostBytes,
  ) {
    self.mostBytes = mostBytes
    generators = RawGenerators(mostBytes: mostBytes)
    self.raw = raw
    self.output = output
    self.options = options
    self.counts = counts
    self.log = log
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
    _ = try reopenReplaced()
    let latest = schedule.latest(now: now)
    var last: Int64
    if let success = try lastSuccess() {
      last = success > latest ? try follow(clock: latest, from: success) : success
    } else {
      last = try begin(latest: latest)
    }
    while last < latest, !shouldStop() {
      let next = schedule.next(after: last)
      guard next <= latest else { break }
      if next < latest, let jump = try endOfNothing(from: last, latest: latest) {
        try output.setState(Self.lastKey, jump)
        last = jump
      } else {
        // Another output says itself where to go on: at once, with the next call.
        guard try run(last..<next) else { return latest }
        last = next
      }
    }
    return schedule.next(after: last).addingReportingOverflow(options.offset).partialValue
  }

  /// Where the first run begins: with the window of the first sample, or as far back as it may.
  ///
  /// It is left with the sequence of this moment. So whenever the task ends after that, what is there now is in a
  /// window to come, and what comes from now on is in one, too, or is late.
  private func begin(latest: Int64) throws(BucketError) -> Int64 {
    let (first, sequence) = try raw.snapshot { () throws(BucketError) in
      (try firstSample(from: .min), try raw.lastSequence())
    }
    var begin = latest
    if let first, first < latest {
      let oldest = oldest(latest: latest)
      begin = min(latest, max(schedule.window(of: first).lowerBound, oldest))
      if first < oldest {
        log.warning("samples before --backfill are left out", span(of: first..<oldest))
      }
      if begin < latest {
        log.info("the first run makes up for earlier windows", span(of: begin..<latest))
      }
    }
    _ = try output.put([], states: [Self.lastKey: begin, Self.sequenceKey: sequence])
    return begin
  }

  /// Where the oldest window begins that the first run may take.
  private func oldest(latest: Int64) -> Int64 {
    guard let backfill = options.backfill else { return .min }
    let (time, overflow) = latest.subtractingReportingOverflow(backfill)
    return overflow ? .min : schedule.window(of: time).lowerBound
  }

  private func span(of times: Range<Int64>) -> KeyValuePairs<String, String> {
    [
      "from": CivilTime(wall: times.lowerBound).rfc3339,
      "to": CivilTime(wall: times.upperBound).rfc3339, "file": raw.location,
    ]
  }

  /// Goes on from the time of a clock that was set back.
  ///
  /// Windows that were done are run again in their turn, and change where something has come; what comes for those
  /// before is late, and is found by that.
  private func follow(clock latest: Int64, from last: Int64) throws(BucketError) -> Int64 {
    try output.setState(Self.lastKey, latest)
    counts[.clockSteps].add()
    log.warning(
      """
      the clock is behind the last window: the task goes on with the clock, and redoes windows \
      that get samples
      """,
      [
        "clock": CivilTime(wall: latest).rfc3339, "window": CivilTime(wall: last).rfc3339,
        "file": output.location,
      ]
    )
    return latest
  }

  /// Where the next window with anything in it begins, if the next ones hold nothing.
  private func endOfNothing(from last: Int64, latest: Int64) throws(BucketError) -> Int64? {
    let next = schedule.next(after: last)
    let first = min(latest, try firstSample(from: last, orAnyBefore: next) ?? latest)
    return first < next ? nil : max(next, schedule.window(of: first).lowerBound)
  }

  /// The time of the first sample from a time on; of any one before `enough`, if there is one.
  private func firstSample(
    from time: Int64,
    orAnyBefore enough: Int64 = .min,
  ) throws(BucketError) -> Int64? {
    try learn()
    var first: Int64?
    for series in generators.series {
      guard let found = try raw.first(of: series, from: time) else { continue }
      first = min(found, first ?? found)
      if found < enough { break }
    }
    return first
  }

  /// Opens buckets anew whose files were deleted or replaced; whether one was.
  private func reopenReplaced() throws(BucketError) -> Bool {
    let isOutputNew = try output.reopenIfReplaced(log)
    guard raw.isReplaced else { return isOutputNew }
    // Another file's sequences say nothing of this one's, so all of it may be late.
    try output.setState(Self.sequenceKey, 0)
    generators = RawGenerators(mostBytes: mostBytes)
    return try raw.reopenIfReplaced(log)
  }

  /// Learns of generators that are new, and tells of those that there is no room for.
  private func learn() throws(BucketError) {
    let before = generators.leftOut
    try generators.learn(from: raw, measurement: options.measurement)
    let count = generators.leftOut - before
    guard count > 0 else { return }
    counts[.leftOutSeries].add(count)
    log.error(
      "too many generators: the task leaves these out; give them a bucket and a task of their own",
      ["series": "\(count)", "file": raw.location]
    )
  }

  // MARK: - A run

  /// Writes the rows of a window, and of those before it in which something has come since; whether it has.
  ///
  /// It has not if a bucket is another one by now, for then the rows are not from or not for what is there.
  private func run(_ window: Range<Int64>) throws(BucketError) -> Bool {
    var isDone = false
    let start = monotonicNanoseconds()
    while !isDone {
      whenTurning()
      let known = try output.state(Self.sequenceKey) ?? 0
      let work = try raw.snapshot { () throws(BucketError) in
        try learn()
        // A bucket that has not come as far is another one, or what it was before.
        let sequence = try raw.lastSequence() < known ? 0 : known
        var work = try late(after: sequence, before: window.lowerBound)
        if !work.isFull { work.rows += try lastRows(in: window) }
        return work
      }
      if try reopenReplaced() { return false }
      isDone = !work.isFull
      try write(work, lastSuccess: isDone ? window.upperBound : nil)
    }
    counts[.runs].add()
    whenRun(window, start)
    CrashPoint.pass(.taskWritten)
    return true
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
  private func late(after sequence: Int64, before end: Int64) throws(BucketError) -> Work {
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
    // A generator that travels gets one region after the other.
    if output.series.count > SinkDecoder.mostSeries { output.forgetSeries() }
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
    let id = generators.name(ofSeries: row.series)
    let fuel = fields[.fuel]?.value ?? 0
    let isLow = fuel < refuelMark(of: id, fields)
    fields.alarm = isLow ? Convention.refuel : Convention.noAction
    let region = options.region.region(
      of: id,
      latitude: fields[.latitude]?.value,
      longitude: fields[.longitude]?.value,
    )
    let series = Series(measurement: options.measurement, generator: id, region: region)
    return Point(series: output.series.place(of: series), time: row.time, fields: fields)
  }

  /// Below so much fuel a generator is to be refuelled: by the rule that the dashboard has.
  private func refuelMark(of id: String, _ fields: PointFields) -> Double {
    var told = Reading()
    for metric in [Metric.tank, .refuelMark] { told[metric] = fields[metric]?.value }
    return TankLevels(options.inventory[id], told, options.policy).refuelMark
  }
}
