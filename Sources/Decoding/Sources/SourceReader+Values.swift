internal import JSON
internal import Model

/// What the places of a source had.
struct FoundValues {
  var reading = Reading()
  /// A bit for each metric that is known not to be known.
  var cleared: UInt32 = 0
  /// Whether the fuel is a percentage.
  var isPercent = false

  var isEmpty: Bool { reading.isEmpty && cleared == 0 }

  /// Takes what one place had; whether no other is to be asked.
  mutating func take(_ value: PlaceValue, of metric: Metric) -> Bool {
    switch value {
    case .absent, .lost: return false
    case .unknown:
      cleared |= 1 << metric.rawValue
      return false
    case .value(let value, let isPercent):
      reading[metric] = value
      cleared &= ~(1 << metric.rawValue)
      if metric == .fuel { self.isPercent = isPercent }
      return true
    }
  }
}

extension SourceReader {
  /// Reads the metrics of a source.
  ///
  /// - Parameters:
  ///   - index: The place of the source.
  ///   - rest: The topic behind what it shares with its siblings, if the source has a topic for each value.
  ///   - generator: Under which the generator is remembered, if it is.
  ///   - start: Where paths begin.
  ///   - payload: The whole message.
  ///   - found: What was found.
  mutating func read(
    _ index: Int,
    _ rest: Span<UInt8>?,
    _ generator: UInt64?,
    from start: JSONTree.Place,
    _ payload: Span<UInt8>,
    _ found: inout FoundValues
  ) {
    let route = routes[index]
    let tail: TopicTail? = if let rest { TopicTail(rest) } else { nil }
    var done: Metric?
    let known = losses.count
    for place in route.places.indices {
      if let tail, let own = route.tails[place], own != tail { continue }
      let reader = route.places[place]
      guard reader.metric != done else { continue }
      if let rest {
        guard reader.topic?.matches(rest) ?? document.read(payload) else { continue }
      }
      let value = values.read(reader, &document, from: start, payload: payload)
      if case .absent = value { continue }
      if let generator, isHeldBack(value, reader, generator) { continue }
      if found.take(value, of: reader.metric) { done = reader.metric }
      note(value, of: reader.metric, since: known)
    }
  }

  /// Remembers why a value is lost, unless another place of its metric has one.
  mutating func note(_ value: PlaceValue, of metric: Metric, since known: Int) {
    var isLost = false
    if losses.count > known, case .value(metric, _)? = losses.last { isLost = true }
    if case .lost(let flaw) = value, !isLost { losses.append(.value(metric, flaw)) }
    if case .value = value, isLost { losses.removeLast() }
  }

  /// Whether a better place of a metric has its value, as far as is remembered; remembers this one.
  mutating func isHeldBack(
    _ value: PlaceValue,
    _ place: PlaceReader,
    _ generator: UInt64
  ) -> Bool {
    var said = memory[generator: generator]
    let slot = Int(place.metric.rawValue)
    let (known, own) = (said.places[slot], UInt8(clamping: place.rank + 1))
    if known != 0, known < own { return true }
    switch value {
    case .absent, .lost: return false
    case .unknown: said.places[slot] = 0
    case .value: said.places[slot] = own
    }
    if said.places[slot] != known { memory[generator: generator] = said }
    return false
  }

  /// Makes units of the tank of a percentage, and adds what the source says of the tank.
  mutating func complete(_ found: inout FoundValues, _ index: Int, _ generator: UInt64?) {
    let route = routes[index]
    var tank = route.tank
    if route.readsTank {
      tank = found.reading[.tank]
      if let generator { recall(&found, &tank, generator) }
      tank = tank ?? route.tank
    }
    guard let fuel = found.reading.fuel else { return }
    let isOfHundred = found.isPercent && (tank ?? 0) <= 0
    if isOfHundred { tank = 100 }
    if found.isPercent, let tank { found.reading[.fuel] = fuel * tank / 100 }
    if let tank { found.reading[.tank] = tank }
    guard found.reading[.refuelMark] == nil else { return }
    switch (route.refuelMark, tank) {
    case (.percent(let percent), .some(let tank)): found.reading[.refuelMark] = percent * tank / 100
    case (.units(let units), _) where !isOfHundred: found.reading[.refuelMark] = units
    case (.percent, .none), (.units, _), (.none, _):
      if isOfHundred { found.reading[.refuelMark] = 50 }
    }
  }

  /// Puts fuel and tank together that came by topics of their own.
  private mutating func recall(
    _ found: inout FoundValues,
    _ tank: inout Double?,
    _ generator: UInt64
  ) {
    var said = memory[generator: generator]
    if let tank { said.tank = tank }
    if found.reading.fuel != nil || found.cleared & 1 << Metric.fuel.rawValue != 0 {
      said.percent = found.isPercent ? found.reading.fuel : nil
    } else if tank != nil, let percent = said.percent {
      found.reading[.fuel] = percent
      found.isPercent = true
    }
    tank = said.tank
    memory[generator: generator] = said
  }
}
