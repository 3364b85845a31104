public import Model

/// A line of the list of events.
public enum EventLine: Equatable, Sendable {
  case event(FleetEvent)
  /// The heading of many that came together; `isOpen` if they stand below it one by one.
  case burst(EventBurst, isOpen: Bool)
  /// One of an open burst.
  case member(FleetEvent)

  /// The generator that it is about; nil for a burst, which is about several.
  public var generator: GeneratorIndex? {
    switch self {
    case .event(let event), .member(let event): event.generator
    case .burst: nil
    }
  }
}

/// What happened to the generators that are shown, the newest first, with bursts as one line each.
struct EventList: Sendable {
  private(set) var lines: [EventLine] = []
  /// What the lines tell of, newest first.
  private var events: [FleetEvent] = []
  /// The bursts that are open, by ``EventBurst/number``.
  private var opened: Set<Int> = []
  /// How many events there had been at the last update.
  private var total = -1
  /// Whether the lines may be others though no event came.
  private(set) var isOld = true
  /// Whether a generator is in sight, by its number; nil where nobody asked.
  ///
  /// Not a dictionary of those that have events: each frame asks for thousands.
  private var sight: [Bool?] = []

  /// Whether the lines are to be made anew.
  func needsUpdate(_ fleet: Fleet) -> Bool { isOld || total != fleet.events.total }

  /// Notes that other generators may be in sight than before.
  mutating func noteOtherSight() {
    isOld = true
    sight.removeAll(keepingCapacity: true)
  }

  /// Whether a generator that has events is in sight; nil if nobody asked.
  fileprivate func sight(of generator: GeneratorIndex) -> Bool? {
    let place = Int(generator)
    return place < sight.count ? sight[place] : nil
  }

  /// Notes whether a generator that has events is in sight now.
  mutating func note(_ generator: GeneratorIndex, isInSight: Bool) {
    let place = Int(generator)
    if place >= sight.count {
      sight += repeatElement(nil, count: place + 1 - sight.count)
    }
    if sight[place] != isInSight { isOld = true }
    sight[place] = isInSight
  }

  /// - Parameters:
  ///   - events: Those in sight, newest first.
  ///   - total: How many there ever were, hidden ones too.
  mutating func update(_ events: [FleetEvent], of total: Int) {
    (self.total, isOld) = (total, false)
    // While samples move generators in and out of a filter, the same events are in sight in most frames.
    guard events != self.events else { return }
    self.events = events
    makeLines()
  }

  private mutating func makeLines() {
    lines = EventBurst.gathered(events).flatMap { burst -> [EventLine] in
      guard burst.count > 1 else { return [.event(burst.events[0])] }
      let isOpen = opened.contains(burst.number)
      return [.burst(burst, isOpen: isOpen)] + (isOpen ? burst.events.map { .member($0) } : [])
    }
  }

  /// Opens a burst, or closes it.
  mutating func toggle(_ burst: EventBurst) {
    opened.formSymmetricDifference([burst.number])
    makeLines()
  }
}

extension DashboardState {
  /// The list of events as lines, as they stood when the frame was begun.
  public var eventLines: [EventLine] { _read { yield eventList.lines } }

  /// Brings the list of events up to date, where something may have changed in it.
  mutating func updateEvents() {
    guard eventList.needsUpdate(timeline.fleet) else { return }
    var events: [FleetEvent] = []
    events.reserveCapacity(timeline.fleet.events.count)
    for age in 0..<timeline.fleet.events.count {
      guard let event = timeline.fleet.events.newest(age) else { continue }
      if eventList.sight(of: event.generator) == nil {
        eventList.note(event.generator, isInSight: isInSight(event.generator))
      }
      if eventList.sight(of: event.generator) == true { events.append(event) }
    }
    eventList.update(events, of: timeline.fleet.events.total)
  }

  /// Notes which generators of those that changed came into the regions or the filter that were chosen, or left them.
  mutating func updateSight(of changed: [GeneratorIndex]) {
    guard !(regions.isEmpty && filter.isEmpty) else { return }
    for generator in changed where eventList.sight(of: generator) != nil {
      eventList.note(generator, isInSight: isInSight(generator))
    }
  }

  /// Enter on a line: opens or closes a burst, else goes to the generator.
  mutating func openEvent(ofLine line: Int) {
    if eventLines.indices.contains(line), case .burst(let burst, _) = eventLines[line] {
      eventList.toggle(burst)
    } else {
      goToGenerator(ofLine: line, in: .events)
    }
  }
}
