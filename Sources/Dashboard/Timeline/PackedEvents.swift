import Model

/// What the world was told, one event after the other, in few bytes and without loss.
///
/// Readings are told by their difference from what the fleet knows before the event, so packing and
/// unpacking both want the fleet as it was then. Rare events are kept as they are.
struct PackedEvents: Sendable {
  /// Where reading goes on.
  struct Cursor: Sendable {
    var offset = 0
    fileprivate var other = 0
    /// That of the event before.
    fileprivate(set) var stamp: Stamp
    /// The message before in the same event.
    var neighbour: Neighbour

    fileprivate init(stamp: Stamp) {
      self.stamp = stamp
      neighbour = Neighbour(receivedAt: stamp.monotonic)
    }

    /// Goes on to the next message.
    mutating func move(in bytes: PackedNumbers) {
      let generator = Int64(neighbour.generator) &+ bytes.signed(&offset)
      neighbour.generator = GeneratorIndex(truncatingIfNeeded: generator)
      neighbour.receivedAt &+= bytes.signed(&offset)
    }
  }

  /// What a message is told by its difference from.
  struct Neighbour: Sendable {
    var generator: GeneratorIndex = 0
    var receivedAt: Int64
    /// Whether any message of the event has values beyond the first six.
    var hasFurther = false

    /// Goes on to a message, and tells by how much.
    mutating func move(to generator: GeneratorIndex, _ time: Int64, in bytes: inout PackedNumbers) {
      bytes.put(signed: Int64(generator) - Int64(self.generator))
      bytes.put(signed: time &- receivedAt)
      (self.generator, receivedAt) = (generator, time)
    }
  }

  enum Code: UInt64 {
    case tick, screen, samples, enriched, folded, other
  }

  /// The stamp that the first event's is told from.
  let begin: Stamp
  /// The stamp of the last event.
  private(set) var end: Stamp
  /// Samples, records and other events: what reading it costs.
  private(set) var items = 0
  var bytes = PackedNumbers()
  private var others: [FeedEvent] = []
  private var othersSize = 0

  init(begin: Stamp) {
    self.begin = begin
    end = begin
  }

  /// About how many bytes it takes.
  var footprint: Int { bytes.count + othersSize + MemoryLayout<PackedEvents>.size }

  /// A cursor before the first event.
  var start: Cursor { Cursor(stamp: begin) }

  /// Whether there is nothing behind the cursor.
  func isAtEnd(_ cursor: Cursor) -> Bool { cursor.offset >= bytes.count }

  /// Gives back room when nothing more will come.
  mutating func close() { bytes.trim() }

  /// Adds an event; those that do not concern the world are left out.
  ///
  /// - Parameters:
  ///   - event: what the world is told.
  ///   - fleet: the fleet before the event.
  mutating func append(_ event: Event, to fleet: Fleet) {
    switch event.kind {
    case .tick: begin(.tick, at: event.stamp)
    case .screen(let figures):
      begin(.screen, at: event.stamp)
      put(figures, after: fleet.traffic.screen)
    case .feed(.samples(let samples)):
      begin(.samples, at: event.stamp, items: samples.count)
      put(samples, fleet)
    case .feed(.enriched(let records)):
      begin(.enriched, at: event.stamp, items: records.count)
      put(records, fleet)
    case .feed(.folded(let folds)):
      begin(.folded, at: event.stamp, items: 2 * folds.count)
      put(folds, fleet)
    // What is looked at closely changes nothing in the world.
    case .feed(.watched): break
    case .feed(let other):
      begin(.other, at: event.stamp)
      others.append(other)
      othersSize += other.approximateSize
    case .key, .mouse, .resize, .frame, .drawn, .note, .theme, .recording, .suspended, .resumed:
      break
    }
  }

  private mutating func begin(_ code: Code, at stamp: Stamp, items: Int = 1) {
    self.items += max(1, items)
    bytes.put(code.rawValue)
    bytes.put(signed: stamp.monotonic &- end.monotonic)
    bytes.put(signed: stamp.distance &- end.distance)
    end = stamp
  }

  /// The next event, unless it happened after the monotonic time `limit` or there is none.
  ///
  /// - Parameters:
  ///   - cursor: moves behind the event.
  ///   - limit: monotonic nanoseconds.
  ///   - fleet: the fleet before the event.
  /// - Returns: the event as it was appended.
  func next(_ cursor: inout Cursor, until limit: Int64, for fleet: Fleet) -> Event? {
    guard !isAtEnd(cursor) else { return nil }
    var next = cursor
    let code = Code(rawValue: bytes.number(&next.offset))
    let monotonic = cursor.stamp.monotonic &+ bytes.signed(&next.offset)
    let distance = cursor.stamp.distance &+ bytes.signed(&next.offset)
    guard monotonic <= limit, let code else { return nil }
    next.stamp = Stamp(monotonic: monotonic, wall: monotonic &+ distance)
    defer { cursor = next }
    let kind: Event.Kind =
      switch code {
      case .tick: .tick
      case .screen: .screen(figures(after: fleet.traffic.screen, &next))
      case .samples: .feed(.samples(samples(&next, fleet)))
      case .enriched: .feed(.enriched(records(&next, fleet)))
      case .folded: .feed(.folded(folds(&next, fleet)))
      case .other: other(&next)
      }
    return Event(kind, at: next.stamp)
  }

  private func other(_ cursor: inout Cursor) -> Event.Kind {
    defer { cursor.other += 1 }
    return others.indices.contains(cursor.other) ? .feed(others[cursor.other]) : .tick
  }
}

extension Stamp {
  /// Nanoseconds from the monotonic to the wall clock.
  fileprivate var distance: Int64 { wall &- monotonic }
}

extension FeedEvent {
  /// About how many bytes it takes as it is.
  fileprivate var approximateSize: Int {
    let own = MemoryLayout<FeedEvent>.stride
    return switch self {
    case .names(let generators, let regions):
      own + (generators + regions).reduce(0) { $0 + 48 + $1.utf8.count }
    case .rejected(let messages):
      own + messages.reduce(0) { $0 + 160 + ($1.topic + $1.reason + $1.payload).utf8.count }
    case .presence(let changes): own + 32 + changes.count * MemoryLayout<PresenceChange>.stride
    case .foldedPresence(let folds): own + 32 + folds.count * MemoryLayout<FoldedPresence>.stride
    case .progress(let progress): own + progress.names.reduce(0) { $0 + 48 + $1.utf8.count }
    case .status, .counters, .groupLag: own + 64
    case .remembered(let memory): own + memory.count * MemoryLayout<RememberedGenerator>.stride
    case .forgotten(let generators): own + generators.count * MemoryLayout<GeneratorIndex>.stride
    case .samples, .folded, .enriched, .watched: own
    }
  }
}
