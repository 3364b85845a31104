public import Model

/// Which generators, and what happened to which of them, is seen.
extension DashboardState {
  /// How many generators region, filter and `abnormal only` let be seen.
  public var matchCount: Int {
    let others = pinned.union(guest.map { [$0] } ?? []).filter { order.shows($0) && !isInView($0) }
    return order.visible.count - others.count
  }

  /// How many generators region and filter hide.
  public var hiddenGenerators: Int { fleet.counts.total - order.visible.count }

  /// Whether a generator is in the list: by region, filter and `abnormal only`, or in spite of them.
  public func isVisible(_ generator: GeneratorIndex) -> Bool {
    guard !timeline.fleet.generators.span[Int(generator)].isForgotten else { return false }
    return isInView(generator) || list.pinned.contains(generator) || list.guest == generator
  }

  /// Whether region, filter and `abnormal only` let a generator be seen.
  public func isInView(_ generator: GeneratorIndex) -> Bool {
    if choices.abnormalOnly, !timeline.fleet.generators[Int(generator)].severity.isAbnormal {
      return false
    }
    return passes(generator)
  }

  private func passes(_ generator: GeneratorIndex) -> Bool {
    guard isInRegions(generator) else { return false }
    guard let test = list.filter.test else { return true }
    return holds(test, generator)
  }

  func isInRegions(_ generator: GeneratorIndex) -> Bool {
    choices.regions.isEmpty
      || regionIndices.contains(timeline.fleet.generators[Int(generator)].region)
  }

  /// The events of generators that are shown, newest first, at most `count` of them.
  public func events(_ count: Int) -> [FleetEvent] {
    var found: [FleetEvent] = []
    for age in 0..<fleet.events.count where found.count < count {
      guard let event = fleet.events.newest(age), isInSight(event.generator) else { continue }
      found.append(event)
    }
    return found
  }

  /// Like ``isVisible(_:)`` without `abnormal only`: what has happened stays worth reading.
  func isInSight(_ generator: GeneratorIndex) -> Bool {
    guard timeline.fleet.has(generator) else { return false }
    return passes(generator) || list.pinned.contains(generator) || list.guest == generator
  }

  // MARK: - Changing it

  mutating func setFilter(_ filter: FleetFilter) {
    list.filter = filter
    choices.filter = filter.text
    map.needsFit = true
    askOrder(for: .filter)
  }

  mutating func toggleAbnormalOnly() {
    choices.abnormalOnly.toggle()
    askOrder(for: .filter)
  }

  /// `filter` at the prompt.
  mutating func filter(_ line: CommandWords) throws(LineError) {
    do throws(LineError) {
      setFilter(try FleetFilter(line.rest.text, unit: options.policy.unit))
    } catch {
      let start = line.rest.range.lowerBound
      let range = start + error.range.lowerBound..<start + error.range.upperBound
      throw LineError(error.reason, at: range)
    }
    bringUpToDate()
    if !filter.isEmpty { say("\(matchCount) of \(fleet.count) match") }
  }
}
