import Wording
import Dashboard
import Model
import Terminal

/// A line of the pane of values: a word and what it is.
private struct Fact {
  var label: String
  var pieces: [Piece]

  init(_ label: String, _ pieces: [Piece]) {
    self.label = label
    self.pieces = pieces
  }

  init(_ label: String, _ text: String, _ role: Role = .text) {
    self.init(label, [Piece(text, role)])
  }
}

extension Picture {
  /// What is known of the generator at this moment.
  func drawNow(_ subject: DetailSubject, in area: Rect, on canvas: inout Canvas) {
    let inside = frame(.detailNow, area, title: "NOW", note: dataNote(subject), on: &canvas)
    drawOutage(of: subject.generator.showsRaw ? state.rawFeed : .kafka, over: area, on: &canvas)
    let body = state.layout.style == .boxed ? inside.inset(columns: 1, rows: 0) : inside
    guard !body.isEmpty else { return }
    if state.layout.style == .minimal || body.height < 8 && body.width < 76 {
      return drawPlainly(subject, in: body, on: &canvas)
    }
    let facts = facts(subject)
    let columns = body.width >= 76 && body.height < facts.count + 4 ? 2 : 1
    let width = (body.width - 2 * (columns - 1)) / columns
    let gauges = Rect(x: body.x, y: body.y, width: width, height: min(4, body.height))
    drawGauges(subject, in: gauges, on: &canvas)
    let left = Rect(
      x: body.x,
      y: body.y + 4,
      width: width,
      height: columns == 2 ? max(0, body.height - 4) : 0
    )
    let right = Rect(
      x: body.x + (columns == 2 ? width + 2 : 0),
      y: body.y + (columns == 2 ? 0 : 4),
      width: width,
      height: max(0, body.height - (columns == 2 ? 0 : 4))
    )
    for (row, fact) in facts.prefix(right.height).enumerated() {
      draw(fact, in: right.row(row), on: &canvas)
    }
    for (row, fact) in facts.dropFirst(right.height).prefix(left.height).enumerated() {
      draw(fact, in: left.row(row), on: &canvas)
    }
  }

  private func draw(_ fact: Fact, in row: Rect, on canvas: inout Canvas) {
    let (label, rest) = row.split(left: 10)
    canvas.write(fact.label, x: label.x, y: label.y, in: label, role: .label)
    canvas.draw(fact.pieces, in: rest, glyphs: glyphs)
  }

  // MARK: - Values

  /// Fuel, load, power and temperature, the first three with how much that is of what can be.
  private func drawGauges(_ subject: DetailSubject, in area: Rect, on canvas: inout Canvas) {
    let rated = state.fleet.entry(of: subject.index)?.ratedPower
    let tank = subject.generator.tank
    let alarm = subject.generator.conditions.alarmRole(about: .fuel)
    let fuel = Gauge(
      fraction: subject.reading.fuel.map { $0 / tank },
      mark: state.fleet.policy.refuelMark / tank,
      role: subject.isCurrent ? alarm ?? .gaugeFill : .stale
    )
    draw("fuel", subject, .fuel, fuel, in: area.row(0), on: &canvas)
    draw("load", subject, .load, gauge(subject, .load, of: 100), in: area.row(1), on: &canvas)
    draw("power", subject, .power, gauge(subject, .power, of: rated), in: area.row(2), on: &canvas)
    draw("temp", subject, .temperature, nil, in: area.row(3), on: &canvas)
  }

  private func gauge(
    _ subject: DetailSubject,
    _ metric: Metric,
    of most: Double?
  ) -> Gauge? {
    guard let most, most > 0 else { return nil }
    return Gauge(
      fraction: subject.reading[metric].map { $0 / most },
      role: subject.isCurrent ? .gaugeFill : .stale
    )
  }

  private func draw(
    _ label: String,
    _ subject: DetailSubject,
    _ metric: Metric,
    _ gauge: Gauge?,
    in row: Rect,
    on canvas: inout Canvas
  ) {
    guard !row.isEmpty else { return }
    let (name, rest) = row.split(left: 10)
    canvas.write(label, x: name.x, y: name.y, in: name, role: .label)
    let (figures, bar) = rest.split(right: min(16, rest.width))
    let value = figure(subject, metric)
    if let gauge, bar.width >= 6, subject.reading[metric] != nil {
      canvas.draw(gauge, in: bar, glyphs: glyphs)
    }
    canvas.writeRight(value.text, right: figures.right, y: row.y, in: figures, role: value.role)
  }

  /// A value with its unit; `?` for one that was never heard.
  private func figure(
    _ subject: DetailSubject,
    _ metric: Metric
  ) -> (text: String, role: Role) {
    guard let value = subject.reading[metric] else { return ("?", .label) }
    switch metric {
    case .fuel:
      let percent = subject.generator.fuelPercent.map(Figures.percent) ?? "?"
      let alarm = subject.generator.conditions.alarmRole(about: .fuel)
      let role = subject.isCurrent ? alarm ?? subject.role : subject.role
      return ("\(subject.fuel(value)) \(percent)", role == .critical ? .text : role)
    case .load: return (Figures.exact(value) + "%", subject.role)
    case .power:
      let unit = state.fleet.entry(of: subject.index)?.ratedPower == nil ? "" : " kW"
      return (Figures.exact(value) + unit, subject.role)
    case .temperature, .latitude, .longitude: return (Figures.exact(value), subject.role)
    }
  }

  // MARK: - Facts

  /// What else is known, the most important first.
  private func facts(_ subject: DetailSubject) -> [Fact] {
    let generator = subject.generator
    let fleet = state.fleet
    let entry = fleet.entry(of: subject.index)
    var facts = [Fact("state", [statePiece(subject)])]
    for alarm in fleet.alarms(of: subject.index) {
      let since = clock(alarm.sinceWall, seconds: true)
      facts.append(Fact("alarm", "\(alarm.kind.row.name), since \(since)"))
    }
    facts.append(Fact("presence", presence(subject)))
    facts.append(Fact("heard", heard(subject)))
    facts.append(Fact("samples", samples(subject)))
    facts.append(Fact("quality", quality(subject)))
    facts.append(Fact("region", fleet.regions[Int(generator.region)]))
    if let name = fleet.names[Int(subject.index)] { facts.append(Fact("name", name)) }
    facts.append(Fact("position", position(subject)))
    let tank = subject.fuel(generator.tank) + (entry?.tank == nil ? " assumed" : "")
    facts.append(Fact("tank", tank, entry?.tank == nil ? .label : .text))
    if let rated = entry?.ratedPower { facts.append(Fact("rated", "\(Figures.exact(rated)) kW")) }
    if entry == nil, fleet.names.contains(where: { $0 != nil }) {
      facts.append(Fact("inventory", "not in it", .label))
    }
    return facts
  }

  /// What its MQTT session says, and since when.
  func presence(_ subject: DetailSubject) -> String {
    let since = subject.generator.sessionAt.map { " since \(clock(wall(of: $0), seconds: true))" }
    switch subject.generator.session {
    case .unknown:
      return state.fleet.traffic.status(.mqtt) == .off
        ? "unknown: no MQTT configured" : "unknown: it announces none"
    case .online: return "online\(since ?? "")"
    case .lost: return "lost\(since ?? " before we looked"), last will"
    case .disconnected: return "disconnected\(since ?? " before we looked")"
    }
  }

  /// The wall clock's time of a monotonic one.
  func wall(of monotonic: Int64) -> Int64 { state.now.wall(ofMonotonic: monotonic) }

  private func heard(_ subject: DetailSubject) -> String {
    guard let at = subject.generator.readingAt else {
      return subject.reading.isEmpty ? "never" : "only the broker's memory, of unknown age"
    }
    let age = Figures.age(state.now.monotonic.seconds(since: at))
    let by = subject.generator.showsRaw ? "" : ", as a record"
    let pace = subject.generator.interval.seconds.map { ", every \(Figures.delay($0))" } ?? ""
    return "\(age) ago\(by)\(pace)"
  }

  /// How many samples came, and about how many did not in the last hour.
  private func samples(_ subject: DetailSubject) -> String {
    let seen = Figures.grouped(subject.generator.samples)
    guard let missed = missed(subject) else { return seen }
    return "\(seen), \(missed == 0 ? "none" : "about \(missed)") missed"
  }

  /// Samples of the last hour that its pace lets expect and that did not come; nil while that is unknown.
  private func missed(_ subject: DetailSubject) -> Int? {
    guard let pace = subject.generator.interval.seconds, pace > 0 else { return nil }
    let counts = state.fleet.sampleCounts.values(
      of: subject.index,
      count: History.slots,
      until: state.now.monotonic
    )
    guard let first = counts.firstIndex(where: { $0 > 0 }) else { return nil }
    // Neither the slot it began in nor the one that goes on is whole.
    let whole = counts[first...].dropFirst().dropLast()
    let expected = Double(whole.count) * History.slotLength.seconds / pace
    let missing = expected - Double(whole.reduce(0, +))
    // A pace that wavers by a twentieth is no loss.
    return missing > max(1, expected / 20) ? Int(min(missing, 1e9)) : 0
  }

  private func quality(_ subject: DetailSubject) -> String {
    let generator = subject.generator
    var parts: [String] = []
    if !state.fleet.traffic.status(generator.showsRaw ? state.rawFeed : .kafka).isConnected {
      parts.append("old: the feed is away")
    } else if generator.session.isOffline {
      parts.append("old: it is \(generator.session == .lost ? "lost" : "disconnected")")
    } else {
      switch generator.freshness {
      case .live: parts.append(generator.showsRaw ? "good" : "good, of records alone")
      case .late: parts.append("late")
      case .stale: parts.append("old: silent")
      case .never: parts.append(subject.reading.isEmpty ? "nothing heard" : "of unknown age")
      }
    }
    if generator.isMissing { parts.append("not in the enriched topic") }
    let absent = [Metric.fuel, .load, .power, .temperature].filter {
      subject.reading[$0] == nil
    }
    if !subject.reading.isEmpty, !absent.isEmpty {
      parts.append("without \(absent.map { "\($0)" }.joined(separator: ", "))")
    }
    return parts.joined(separator: "; ")
  }

  private func position(_ subject: DetailSubject) -> String {
    guard let latitude = subject.reading.latitude, let longitude = subject.reading.longitude else {
      return "not told"
    }
    guard abs(latitude) <= 90, abs(longitude) <= 180 else { return "no place on Earth" }
    return "\(Figures.degrees(latitude)), \(Figures.degrees(longitude))"
  }

  private func dataNote(_ subject: DetailSubject) -> String {
    subject.isCurrent || subject.reading.isEmpty ? "" : "values are old"
  }

  // MARK: - Small screens

  /// A few lines for screens without room for gauges.
  private func drawPlainly(_ subject: DetailSubject, in body: Rect, on canvas: inout Canvas) {
    let seconds = subject.generator.timeToEmpty(at: state.now.monotonic)
    let fuel = figure(subject, .fuel)
    let left = seconds.map { seconds in
      seconds > 0
        ? Piece("empty in ", .label, rank: 1).adding(Figures.timeToEmpty(seconds))
        : Piece("empty", .text, rank: 1)
    }
    let others = [("load", Metric.load), ("power", .power), ("temp", .temperature)].map {
      let value = figure(subject, $0.1)
      return Piece("\($0.0) ", .label).adding(value.text, value.role)
    }
    var lines: [[Piece]] = [
      [Piece("fuel ", .label).adding(fuel.text, fuel.role)] + (left.map { [$0] } ?? []),
      others,
      [Piece("presence ", .label).adding(presence(subject))],
      [Piece("heard ", .label).adding(heard(subject))],
      [Piece("quality ", .label).adding(quality(subject))],
    ]
    lines.insert(
      contentsOf: state.fleet.alarms(of: subject.index).map { alarm in
        let since = clock(alarm.sinceWall)
        return [Piece("alarm ", .label).adding("\(alarm.kind.row.name) since \(since)")]
      },
      at: 2
    )
    if state.layout.style == .minimal {
      let id = state.fleet.ids[Int(subject.index)]
      lines.insert([Piece(id, .accent, flags: .bold), statePiece(subject)], at: 0)
    }
    for (row, pieces) in lines.prefix(body.height).enumerated() {
      canvas.draw(pieces, in: body.row(row), glyphs: glyphs)
    }
  }
}
