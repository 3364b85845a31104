import Wording
import Dashboard
import Model
import Terminal

/// One station on the way of a record, and how long it took to get there from the one before.
struct PathStep {
  var name: String
  /// When it was there: wall nanoseconds; nil if nobody knows.
  var wall: Int64?
  /// Seconds since the station before; nil if unknown.
  var delay: Double?
  /// Whether ``delay`` is that of the whole hop and not of this record.
  var isAbout = false
  /// Partition and offset, or a word why something is not known.
  var note = ""
}

extension Picture {
  /// The way of the generator's last enriched record, with what each part of it took.
  mutating func drawPath(_ subject: FleetRow, in area: Rect) {
    let steps = pathSteps(subject)
    let known = steps.compactMap(\.delay)
    let isAbout = steps.contains { $0.isAbout && $0.delay ?? 0 > 0 }
    let total =
      known.isEmpty || subject.generator.enrichedAt == nil
      ? "" : "total \(isAbout ? "about " : "")\(Figures.delay(known.reduce(0, +)))"
    let title = area.width >= 50 ? "PATH OF THE LAST RECORD" : "LAST RECORD"
    let body = margin(frame(.detailPath, area, title: title, note: total))
    guard body.width >= 20, !body.isEmpty else { return }
    guard subject.generator.enrichedAt != nil else {
      let hasFeed = state.fleet.policy.hasEnrichedFeed
      return explain([hasFeed ? "no enriched record of it yet" : "no Kafka configured"], in: body)
    }
    let slowest = steps.indices.filter { steps[$0].delay ?? 0 > 0 }
      .max { (steps[$0].delay ?? 0) < (steps[$1].delay ?? 0) }
    let hasBar = body.height > steps.count
    for (row, step) in steps.prefix(body.height - (hasBar ? 1 : 0)).enumerated() {
      draw(step, isSlowest: row == slowest, in: body.row(row))
    }
    if hasBar { drawPathBar(steps, slowest, in: body.row(steps.count)) }
  }

  private mutating func draw(_ step: PathStep, isSlowest: Bool, in row: Rect) {
    let mark = isSlowest ? "*" : " "
    let (name, afterName) = row.split(left: 8)
    canvas.write(step.name + mark, in: name, role: isSlowest ? .accent : .label)
    let (time, afterTime) = afterName.split(left: 13)
    let moment = step.wall.map(preciseClock) ?? "?"
    canvas.write(moment, in: time, role: step.wall == nil ? .label : .text)
    let (delay, note) = afterTime.split(left: 15)
    let text = step.delay.map { (step.isAbout ? "about +" : "+") + Figures.delay($0) } ?? "?"
    canvas.writeRight(
      text,
      in: delay.split(right: 1).rest,
      role: step.delay == nil ? .label : .text,
      flags: isSlowest ? .bold : []
    )
    canvas.writeTruncated(step.note, in: note, role: .label)
  }

  /// The parts in proportion, each with the first letter of its station; at least a column for each.
  private mutating func drawPathBar(_ steps: [PathStep], _ slowest: Int?, in row: Rect) {
    let parts = steps.indices.filter { steps[$0].delay ?? 0 > 0 }
    let total = parts.reduce(0) { $0 + (steps[$1].delay ?? 0) }
    guard total > 0, row.width > 2 * parts.count else { return }
    let spare = Double(row.width - 2 * parts.count)
    var rest = row
    for part in parts {
      let proportion = (steps[part].delay ?? 0) / total * spare
      let share = part == parts.last ? rest.width : 2 + Int(clamping: proportion.rounded(.down))
      let isSlowest = part == slowest
      canvas.fill(
        rest.split(left: share).left,
        with: isSlowest ? glyphs.bars[5] : glyphs.horizontal,
        role: isSlowest ? .chartFill : .frame
      )
      canvas.write(String(steps[part].name.prefix(1)), in: rest)
      rest = rest.split(left: share).rest
    }
  }

  // MARK: - What is known

  /// The stations in the order the record took: the device, then what is behind each hop.
  private func pathSteps(_ subject: FleetRow) -> [PathStep] {
    let times = recordTimes(subject.generator)
    return [PathStep(name: "device", note: "no timestamp")]
      + HopID.allCases.compactMap { step(behind: $0, subject, times) }
  }

  /// When the last enriched record was where: wall nanoseconds, nil for what nobody knows.
  private struct RecordTimes {
    var sampled: Int64?
    /// When its sample came to us by MQTT.
    var seen: Int64?
    var written: Int64?
    var received: Int64?
    /// Whether it was read from what the topic had before we came.
    var isPast: Bool
    /// Seconds from the sample to the record.
    var between: Double?
    /// Seconds that the sink is behind.
    var sink: Double?

    /// Of the seconds between those that the sink may have taken.
    var sinkPart: Double? { sink.map { min($0, max(0, between ?? $0)) } }
  }

  private func recordTimes(_ generator: Generator) -> RecordTimes {
    let written = generator.enrichedRecordWall
    var times = RecordTimes(
      // Where a record tells no time of its sample, the model has Kafka's in its place.
      sampled: generator.enrichedWall.flatMap { $0 == written ? nil : $0 },
      seen: generator.enrichedSampleAt.map { wall(of: $0) },
      written: written,
      received: generator.enrichedReceivedAt.map { wall(of: $0) },
      isPast: isFromPast(generator)
    )
    // A record that keeps the time of its sample does not tell when it was written: then the task's
    // part ends where the record reaches us.
    if let sampled = times.sampled, let end = written ?? (times.isPast ? nil : times.received) {
      times.between = end.seconds(since: sampled)
    }
    times.sink = state.hops.first { $0.id == .sink }?.secondsBehind
    return times
  }

  /// Whether the record was read from what the topic had before we came.
  private func isFromPast(_ generator: Generator) -> Bool {
    guard let receivedAt = generator.enrichedReceivedAt,
      let readAt = state.fleet.traffic.historyReadAt
    else { return true }
    return receivedAt <= readAt
  }

  /// The station behind a hop; nil for one that the record does not pass.
  private func step(behind hop: HopID, _ subject: FleetRow, _ times: RecordTimes) -> PathStep? {
    var step = PathStep(name: hop.row.station)
    switch hop {
    case .mqtt:
      guard !state.fleet.policy.rawFeedIsKafka else { return nil }
      step.wall = times.seen
      step.note = times.seen == nil ? "not seen by us" : "to us"
    case .bridge: setRawTopic(&step, subject, times)
    case .sink:
      step.delay = times.sinkPart
      step.isAbout = true
      step.note = times.sink == nil ? "no group configured" : "of its group"
    case .task:
      step.wall = times.written
      step.delay = times.between.map { max(0, $0 - (times.sinkPart ?? 0)) }
      step.isAbout = times.sink ?? 0 > 0
      step.note = [
        times.sink == nil ? "with sink" : nil,
        times.written == nil ? "with \(Convention.enrichedPrefix)" : nil,
        "window \(Figures.delay(state.fleet.policy.window))",
      ].compactMap { $0 }.joined(separator: ", ")
    case .enriched: setEnrichedTopic(&step, subject, times)
    case .screen:
      step.note = times.isPast ? "" : "opened later"
      guard let shown = state.inspection?.shown,
        shown.receivedAt == subject.generator.enrichedReceivedAt
      else { break }
      step.wall = wall(of: shown.at)
      step.delay = max(0, shown.at.seconds(since: shown.receivedAt))
      step.note = ""
    }
    return step
  }

  private func setRawTopic(_ step: inout PathStep, _ subject: FleetRow, _ times: RecordTimes) {
    let place = state.inspection?.rawPlace(of: subject.generator.enriched.fingerprint)
    step.wall = times.sampled
    step.note = place.map { "p\($0.partition)@\($0.offset)" } ?? "offset unknown"
    let seen = state.fleet.policy.rawFeedIsKafka ? nil : times.seen
    if let sampled = times.sampled, let seen {
      step.setDelay(sampled.seconds(since: seen))
    } else if let delay = state.hops.first(where: { $0.id == .bridge })?.secondsBehind {
      step.delay = delay
      step.isAbout = true
    }
  }

  private func setEnrichedTopic(_ step: inout PathStep, _ subject: FleetRow, _ times: RecordTimes) {
    let record = state.inspection?[.enriched]?.last
    let isSame = record?.receivedAt == subject.generator.enrichedReceivedAt
    let place = isSame ? record?.place : nil
    step.wall = times.received
    step.note = place ?? "to us"
    if times.isPast {
      step.note = [place, "read at start"].compactMap { $0 }.joined(separator: " ")
    } else if let written = times.written, let received = times.received {
      step.setDelay(received.seconds(since: written))
    }
  }
}

extension PathStep {
  /// A delay of less than a second below 0 is none; of more, one of the clocks is wrong.
  fileprivate mutating func setDelay(_ seconds: Double) {
    delay = seconds < -1 ? nil : max(0, seconds)
    if seconds < -1 { note = "clocks differ" }
  }
}
