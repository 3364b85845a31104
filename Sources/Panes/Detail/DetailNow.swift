import Wording
import Dashboard
import Model
import Terminal

/// A line of the pane of values: a word and what it is, if that is known.
private typealias Fact = (label: String, piece: Piece?)

extension Picture {
  /// What is known of the generator at this moment.
  mutating func drawNow(_ subject: FleetRow, in area: Rect) {
    let isOld = !subject.isCurrent && !subject.reading.isEmpty
    let body = margin(frame(.detailNow, area, note: isOld ? "values are old" : ""))
    drawOutage(of: subject.generator.showsRaw ? state.rawFeed : .kafka, over: area)
    guard !body.isEmpty else { return }
    if state.layout.style == .minimal || body.height < 8 && body.width < 76 {
      return drawPlainly(subject, in: body)
    }
    let facts = facts(subject)
    let gauged = Metric.usual.count
    let isSplit = body.width >= 76 && body.height < facts.count + gauged
    let width = isSplit ? (body.width - 2) / 2 : body.width
    let (gauges, below) = body.split(left: width).left.split(top: gauged)
    for (row, metric) in Metric.usual.enumerated() { draw(metric, subject, in: gauges.row(row)) }
    let beside = body.split(left: width + 2).rest.split(left: width).left
    let places = isSplit ? [beside, below] : [below]
    let rows = places.flatMap { place in (0..<place.height).map(place.row) }
    for (fact, row) in zip(facts, rows) {
      canvas.write(fact.label, in: row.split(left: 10).left, role: .label)
      draw([fact.piece].compactMap { $0 }, in: row.split(left: 10).rest)
    }
  }

  // MARK: - Values

  /// Nil where nothing says how much can be.
  private func gauge(_ metric: Metric, _ subject: FleetRow) -> Gauge? {
    let isFuel = metric == .fuel
    let rated = state.fleet.entry(of: subject.index)?.ratedPower
    let full = isFuel ? subject.generator.tank : metric == .power ? rated : metric.row.full
    guard let full, full > 0, let value = subject.reading[metric] else { return nil }
    return Gauge(
      fraction: value / full,
      mark: isFuel ? subject.generator.refuelMark / full : nil,
      role: subject.role(of: metric, calm: .gaugeFill)
    )
  }

  /// What a generator is expected to tell, with how much that is of what can be.
  private mutating func draw(_ metric: Metric, _ subject: FleetRow, in row: Rect) {
    let (name, rest) = row.split(left: 10)
    canvas.write(metric.row.label, in: name, role: .label)
    let (figures, bar) = rest.split(right: min(16, rest.width))
    let value = figure(subject, metric)
    if bar.width >= 6, let gauge = gauge(metric, subject) { canvas.draw(gauge, in: bar) }
    guard let age = ownAge(metric, subject) else {
      return canvas.writeRight(value.text, in: figures, role: value.role)
    }
    let (right, left) = figures.split(right: min(age.count + 1, figures.width))
    canvas.writeRight(age, in: right, role: .label)
    canvas.writeRight(value.text, in: left, role: value.role)
  }

  /// How old a value is that came by itself, well before the newest of its generator: `2m`, or `?` where nobody knows; nil
  /// for one that came with the others or soon before, as most do.
  private func ownAge(_ metric: Metric, _ subject: FleetRow) -> String? {
    let generator = subject.generator
    guard generator.showsRaw, subject.reading[metric] != nil,
      let time = state.fleet.ownTime(of: metric, subject.index)
    else { return nil }
    if time == .min { return "?" }
    // Values that take turns are not all of one moment.
    let usual = max(60, 3 * (generator.interval.seconds ?? 0))
    guard (generator.sampleAt ?? .min).seconds(since: time) > usual else { return nil }
    return Figures.age(state.now.monotonic.seconds(since: time))
  }

  /// A value with its unit; `?` for one that was never heard.
  private func figure(_ subject: FleetRow, _ metric: Metric) -> CellText {
    guard let value = subject.reading[metric] else { return ("?", .label) }
    if metric == .fuel {
      let (percent, role) = subject.percent
      return ("\(fuel(value, of: subject)) \(percent)", role == .critical ? .text : role)
    }
    let isRated = metric == .power && state.fleet.entry(of: subject.index)?.ratedPower != nil
    let unit = isRated ? "kW" : metric.row.unit
    let gap = unit.isEmpty || unit == "%" ? "" : " "
    return (Figures.exact(value, most: metric.row.decimals) + gap + unit, subject.role)
  }

  // MARK: - Facts

  /// What else is known, the most important first.
  private func facts(_ subject: FleetRow) -> [Fact] {
    let fleet = state.fleet
    let entry = fleet.entry(of: subject.index)
    let tank = fuel(subject.generator.tank, of: subject)
    let isForeign = entry == nil && fleet.names.contains { $0 != nil }
    let alarms = fleet.alarms(of: subject.index).map { alarm -> Fact in
      let since = clock(alarm.sinceWall, seconds: true)
      return ("alarm", Piece("\(alarm.kind.row.name), since \(since)"))
    }
    let isAssumed = entry?.tank == nil && !subject.generator.tellsTank
    let told = Metric.further.filter { $0 != .tank && subject.reading[$0] != nil }
    let further = told.map { metric -> Fact in
      let value = figure(subject, metric)
      let piece = Piece(value.text, value.role)
      return (
        metric.row.label, ownAge(metric, subject).map { piece.adding(" \($0)", .label) } ?? piece
      )
    }
    let judged: [Fact] = [
      ("fuel", doubt(subject).map { Piece($0, .warning) }), ("odd value", oddValue(subject)),
      ("presence", Piece(presence(subject))), ("heard", Piece(heard(subject))),
      ("samples", Piece(samples(subject))), ("quality", Piece(quality(subject))),
    ]
    let constant: [Fact] = [
      ("region", Piece(subject.region)), ("name", subject.name.map { Piece($0) }),
      ("position", Piece(position(subject))),
      ("tank", isAssumed ? Piece(tank + " assumed", .label) : Piece(tank)),
      ("rated", entry?.ratedPower.map { Piece("\(Figures.exact($0)) kW") }),
      ("full load", entry?.burn.map { Piece("burns \(fuel($0, of: subject)) an hour") }),
      ("inventory", isForeign ? Piece("not listed", .label) : nil),
    ]
    let all = [("state", statePiece(subject))] + alarms + judged + further + constant
    return all.filter { $0.piece != nil }
  }

  /// What makes its fuel, or the time that it lasts, doubtful; nil if nothing does.
  func doubt(_ subject: FleetRow) -> String? {
    let trend = subject.generator.trend
    let parts = [
      subject.generator.isDoubted ? "not confirmed: nothing followed" : nil,
      trend.isStuck ? "sensor stuck?" : nil,
      trend.leaks ? "leak?" : trend.fallsAtRest ? "falls though nothing runs" : nil,
    ].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// The last value that was not believed: `0 at 01:22, left out`.
  private func oddValue(_ subject: FleetRow) -> Piece? {
    state.fleet.oddValue(of: subject.index).map { odd in
      Piece("\(Figures.exact(odd.fuel)) at \(clock(wall(of: odd.at))), left out")
    }
  }

  /// What its MQTT session says, and since when.
  func presence(_ subject: FleetRow) -> String {
    let since = subject.generator.sessionAt.map { " since \(clock(wall(of: $0), seconds: true))" }
    switch subject.generator.session {
    case .unknown:
      return state.fleet.traffic.status(.mqtt) == .off
        ? "unknown: no MQTT configured" : "unknown: not announced"
    case .online: return "online\(since ?? "")"
    case .lost: return "lost\(since ?? " before we looked"), last will"
    case .disconnected: return "disconnected\(since ?? " before we looked")"
    }
  }

  /// The wall clock's time of a monotonic one.
  func wall(of monotonic: Int64) -> Int64 { state.now.wall(ofMonotonic: monotonic) }

  private func heard(_ subject: FleetRow) -> String {
    guard let at = subject.generator.readingAt else {
      if let wall = state.fleet.rememberedSince(subject.index) {
        let age = Figures.age((state.now.wall &- wall).seconds)
        return "\(age) ago, as remembered: not since the start"
      }
      return subject.reading.isEmpty ? "never" : "only a retained message, of unknown age"
    }
    let age = Figures.age(state.now.monotonic.seconds(since: at))
    let by = subject.generator.showsRaw ? "" : ", as a record"
    let pace = subject.generator.interval.seconds.map { ", every \(Figures.delay($0))" } ?? ""
    return "\(age) ago\(by)\(pace)"
  }

  /// How many samples came, and about how many did not in the last hour.
  private func samples(_ subject: FleetRow) -> String {
    let seen = Figures.grouped(subject.generator.samples)
    guard let missed = missed(subject) else { return seen }
    return "\(seen), \(missed == 0 ? "none" : "about \(missed)") missed"
  }

  /// Samples of the last hour that its pace lets expect and that did not come; nil while that is unknown.
  private func missed(_ subject: FleetRow) -> Int? {
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

  private func quality(_ subject: FleetRow) -> String {
    let generator = subject.generator
    var parts: [String] = []
    if !state.fleet.traffic.status(generator.showsRaw ? state.rawFeed : .kafka).isConnected {
      parts.append("old: the feed is away")
    } else if generator.session.isOffline {
      parts.append("old: it is \(generator.session == .lost ? "lost" : "disconnected")")
    } else {
      switch generator.freshness {
      case .live where generator.readingAt == nil:
        parts.append("of unknown age: kept by the broker")
      case .live: parts.append(generator.showsRaw ? "good" : "good, from records only")
      case .late: parts.append("late")
      case .stale: parts.append("old: stale")
      case .never: parts.append(subject.reading.isEmpty ? "nothing heard" : "of unknown age")
      }
    }
    if let difference = generator.difference { parts.append(difference.word) }
    let absent = Metric.usual.filter { subject.reading[$0] == nil }
    if !subject.reading.isEmpty, !absent.isEmpty {
      parts.append("without \(absent.map(\.row.title).joined(separator: ", "))")
    }
    return parts.joined(separator: "; ")
  }

  private func position(_ subject: FleetRow) -> String {
    guard let latitude = subject.reading.latitude, let longitude = subject.reading.longitude else {
      return "not told"
    }
    guard abs(latitude) <= 90, abs(longitude) <= 180 else { return "not a valid position" }
    return "\(Figures.degrees(latitude)), \(Figures.degrees(longitude))"
  }

  // MARK: - Small screens

  /// A few lines for screens without room for gauges.
  private mutating func drawPlainly(_ subject: FleetRow, in body: Rect) {
    let value = figure(subject, .fuel)
    let fuel = Piece("fuel ", .label).adding(value.text, value.role)
    let left = subject.emptyIn.map { seconds in
      seconds > 0
        ? Piece("empty in ", .label, rank: 1).adding(subject.empty.text)
        : Piece("empty", .text, rank: 1)
    }
    let others = Metric.usual.filter { $0 != .fuel }.map { metric in
      let value = figure(subject, metric)
      return Piece("\(metric.row.label) ", .label).adding(value.text, value.role)
    }
    let alarms = state.fleet.alarms(of: subject.index).map { alarm in
      ("alarm", "\(alarm.kind.row.name) since \(clock(alarm.sinceWall))")
    }
    let facts = [
      ("presence", presence(subject)), ("heard", heard(subject)), ("quality", quality(subject)),
    ]
    let id = Piece(subject.id, .accent, flags: .bold)
    let lines =
      (state.layout.style == .minimal ? [[id, statePiece(subject)]] : [])
      + [[fuel] + (left.map { [$0] } ?? []), others]
      + (alarms + facts).map { [Piece("\($0) ", .label).adding($1)] }
    for (row, pieces) in lines.prefix(body.height).enumerated() {
      draw(pieces, in: body.row(row))
    }
  }
}
