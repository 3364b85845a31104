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
  func drawPath(_ subject: DetailSubject, in area: Rect, on canvas: inout Canvas) {
    let steps = pathSteps(subject)
    let known = steps.compactMap(\.delay)
    let isAbout = steps.contains { $0.isAbout && $0.delay ?? 0 > 0 }
    let total =
      known.isEmpty || subject.generator.enrichedAt == nil
      ? "" : "total \(isAbout ? "about " : "")\(Figures.delay(known.reduce(0, +)))"
    let title = area.width >= 50 ? "PATH OF THE LAST RECORD" : "LAST RECORD"
    let inside = frame(.detailPath, area, title: title, note: total, on: &canvas)
    let body = state.layout.style == .boxed ? inside.inset(columns: 1, rows: 0) : inside
    guard body.width >= 20, !body.isEmpty else { return }
    guard subject.generator.enrichedAt != nil else {
      let reason =
        state.fleet.policy.hasEnrichedFeed
        ? "no enriched record of it yet" : "no Kafka configured"
      return explain([reason], in: body, on: &canvas)
    }
    let slowest = steps.indices.filter { steps[$0].delay ?? 0 > 0 }
      .max { (steps[$0].delay ?? 0) < (steps[$1].delay ?? 0) }
    let hasBar = body.height > steps.count
    for (row, step) in steps.prefix(body.height - (hasBar ? 1 : 0)).enumerated() {
      draw(step, isSlowest: row == slowest, in: body.row(row), on: &canvas)
    }
    guard hasBar else { return }
    drawPathBar(steps, slowest, in: body.row(steps.count), on: &canvas)
  }

  private func draw(_ step: PathStep, isSlowest: Bool, in row: Rect, on canvas: inout Canvas) {
    let mark = isSlowest ? "*" : " "
    let (name, afterName) = row.split(left: 8)
    canvas.write(
      step.name + mark,
      x: name.x,
      y: name.y,
      in: name,
      role: isSlowest ? .accent : .label
    )
    let (time, afterTime) = afterName.split(left: 13)
    canvas.write(
      step.wall.map(preciseClock) ?? "?",
      x: time.x,
      y: time.y,
      in: time,
      role: step.wall == nil ? .label : .text
    )
    let (delay, note) = afterTime.split(left: 15)
    if let seconds = step.delay {
      let text = (step.isAbout ? "about +" : "+") + Figures.delay(seconds)
      canvas.writeRight(
        text,
        right: delay.right - 1,
        y: delay.y,
        in: delay,
        flags: isSlowest ? .bold : []
      )
    } else {
      canvas.writeRight("?", right: delay.right - 1, y: delay.y, in: delay, role: .label)
    }
    canvas.writeTruncated(
      step.note,
      x: note.x,
      y: note.y,
      width: note.width,
      in: note,
      glyphs: glyphs,
      role: .label
    )
  }

  /// The parts in proportion, each with the first letter of its station; at least a column for each.
  private func drawPathBar(
    _ steps: [PathStep],
    _ slowest: Int?,
    in row: Rect,
    on canvas: inout Canvas
  ) {
    let parts = steps.indices.filter { steps[$0].delay ?? 0 > 0 }
    let total = parts.reduce(0) { $0 + (steps[$1].delay ?? 0) }
    guard total > 0, row.width > 2 * parts.count else { return }
    let spare = Double(row.width - 2 * parts.count)
    var x = row.x
    for part in parts {
      let isLast = part == parts.last
      let share = Int((steps[part].delay ?? 0) / total * spare)
      let end = isLast ? row.right : min(row.right, x + 2 + share)
      let isSlowest = part == slowest
      canvas.fill(
        Rect(x: x, y: row.y, width: end - x, height: 1).intersection(row),
        with: isSlowest ? glyphs.bars[5] : glyphs.horizontal,
        role: isSlowest ? .chartFill : .frame
      )
      canvas.write(String(steps[part].name.prefix(1)), x: x, y: row.y, in: row, role: .text)
      x = end
    }
  }

  // MARK: - What is known

  /// The stations in the order the record took.
  private func pathSteps(_ subject: DetailSubject) -> [PathStep] {
    let generator = subject.generator
    let written = generator.enrichedRecordWall
    // Where a record tells no time of its sample, the model has Kafka's in its place.
    let sampled = generator.enrichedWall.flatMap { $0 == written ? nil : $0 }
    let seen = generator.enrichedSampleAt.map { wall(of: $0) }
    let isRawSeen = state.fleet.policy.rawFeedIsKafka
    var steps = [PathStep(name: "device", note: "tells no time")]
    if !isRawSeen {
      let note = seen == nil ? "not seen by us" : "to us"
      steps.append(PathStep(name: "mqtt", wall: seen, note: note))
    }
    steps.append(rawStep(subject, sampled: sampled, seen: isRawSeen ? nil : seen))
    let sink = state.hops.first { $0.id == .sink }?.secondsBehind
    // A record that keeps the time of its sample does not tell when it was written: then the task's
    // part ends where the record reaches us.
    let isPast = isFromPast(generator)
    let arrived = isPast ? nil : generator.enrichedReceivedAt.map { wall(of: $0) }
    let end = written ?? arrived
    let between = sampled.flatMap { sampled in end.map { $0.seconds(since: sampled) } }
    steps.append(
      PathStep(
        name: "sink",
        delay: sink.map { min($0, max(0, between ?? $0)) },
        isAbout: true,
        note: sink == nil ? "no group named" : "of its group"
      )
    )
    steps.append(
      PathStep(
        name: "task",
        wall: written,
        delay: between.map { max(0, $0 - min(sink ?? 0, max(0, $0))) },
        isAbout: sink ?? 0 > 0,
        note: [
          sink == nil ? "with sink" : nil, written == nil ? "with EG" : nil,
          "window \(Figures.delay(state.fleet.policy.window))",
        ].compactMap { $0 }.joined(separator: ", ")
      )
    )
    return steps + laterSteps(subject, written: written)
  }

  /// Whether the record was read from what the topic had before we came.
  private func isFromPast(_ generator: Generator) -> Bool {
    guard let receivedAt = generator.enrichedReceivedAt,
      let readAt = state.fleet.traffic.historyReadAt
    else { return true }
    return receivedAt <= readAt
  }

  private func rawStep(_ subject: DetailSubject, sampled: Int64?, seen: Int64?) -> PathStep {
    let place = state.inspection?.rawPlace(of: subject.generator.enriched.fingerprint)
    var step = PathStep(
      name: "raw",
      wall: sampled,
      note: place.map { "p\($0.partition)@\($0.offset)" } ?? "place not seen"
    )
    if let sampled, let seen {
      let delay = sampled.seconds(since: seen)
      step.delay = delay < -1 ? nil : max(0, delay)
      if delay < -1 { step.note = "clocks differ" }
    } else if let delay = state.hops.first(where: { $0.id == .bridge })?.secondsBehind {
      step.delay = delay
      step.isAbout = true
    }
    return step
  }

  private func laterSteps(_ subject: DetailSubject, written: Int64?) -> [PathStep] {
    let generator = subject.generator
    let receivedAt = generator.enrichedReceivedAt
    let record = state.inspection?[.enriched]?.last
    let isSame = record?.receivedAt == receivedAt
    let place = record.flatMap { record -> String? in
      guard isSame, let partition = record.partition, let offset = record.offset else { return nil }
      return "p\(partition)@\(offset)"
    }
    var us = PathStep(name: "EG", wall: receivedAt.map { wall(of: $0) }, note: place ?? "to us")
    let isPast = isFromPast(generator)
    if isPast {
      us.note = [place, "read at start"].compactMap { $0 }.joined(separator: " ")
    } else if let written, let wall = us.wall {
      let delay = wall.seconds(since: written)
      us.delay = delay < -1 ? nil : max(0, delay)
      if delay < -1 { us.note = "clocks differ" }
    }
    var screen = PathStep(name: "screen", note: isPast ? "" : "opened later")
    if let shown = state.inspection?.shown, shown.receivedAt == receivedAt {
      screen.wall = wall(of: shown.at)
      screen.delay = max(0, shown.at.seconds(since: shown.receivedAt))
      screen.note = ""
    }
    return [us, screen]
  }
}
