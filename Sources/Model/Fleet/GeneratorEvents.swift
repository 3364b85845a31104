/// Something that happened to one generator, as its own list keeps it.
public struct GeneratorEvent: Equatable, Sendable {
  public var stamp: Stamp
  public var kind: FleetEvent.Kind
  /// Whether it is the broker's memory of something that happened before we subscribed.
  public var isRetained = false
  /// As ``FleetEvent/amount``.
  public var amount: Double?
}

/// The last events of every generator: the fleet's log forgets those of a quiet one, this does not.
///
/// At most 16 for each, of 24 bytes; nothing for a generator to which nothing happened.
public struct GeneratorEvents: Sendable {
  /// How many are kept of each generator.
  public static let most = 16

  private struct Entry {
    var monotonic: Int64
    var wall: Int64
    /// Not a number for none.
    var amount: Float
    var kind: UInt8
    var isRetained: Bool
  }

  private static let kinds = FleetEvent.Kind.allCases

  private var entries: [GeneratorIndex: [Entry]] = [:]

  public init() {}

  /// About how many bytes it takes.
  var footprint: Int {
    entries.values.reduce(0) { $0 + 64 + $1.count * MemoryLayout<Entry>.stride }
  }

  /// The events of a generator, oldest first.
  public subscript(generator: GeneratorIndex) -> [GeneratorEvent] {
    (entries[generator] ?? []).map { entry in
      GeneratorEvent(
        stamp: Stamp(monotonic: entry.monotonic, wall: entry.wall),
        kind: Self.kinds[Int(entry.kind)],
        isRetained: entry.isRetained,
        amount: entry.amount.isNaN ? nil : Double(entry.amount)
      )
    }
  }

  mutating func add(_ event: GeneratorEvent, of generator: GeneratorIndex) {
    guard let kind = Self.kinds.firstIndex(of: event.kind) else { return }
    let entry = Entry(
      monotonic: event.stamp.monotonic,
      wall: event.stamp.wall,
      amount: event.amount.map { Float($0) } ?? .nan,
      kind: UInt8(kind),
      isRetained: event.isRetained
    )
    // What the topic's past tells comes partition by partition, and not in the order of time.
    var list = entries.removeValue(forKey: generator) ?? []
    var place = list.count
    while place > 0, list[place - 1].monotonic > entry.monotonic { place -= 1 }
    list.insert(entry, at: place)
    if list.count > Self.most { list.removeFirst() }
    entries[generator] = list
  }
}

extension Fleet {
  /// Notes an event of a generator in the fleet's log and in its own.
  mutating func note(
    _ kind: FleetEvent.Kind,
    of generator: GeneratorIndex,
    at stamp: Stamp,
    isRetained: Bool = false,
    amount: Double? = nil
  ) {
    let event = FleetEvent(
      number: events.total,
      stamp: stamp,
      generator: generator,
      kind: kind,
      isRetained: isRetained,
      amount: amount
    )
    events.add(event)
    ownEvents.add(GeneratorEvent(event), of: generator)
  }
}

extension GeneratorEvent {
  init(_ event: FleetEvent) {
    self.init(stamp: event.stamp, kind: event.kind)
    isRetained = event.isRetained
    amount = event.amount
  }
}
