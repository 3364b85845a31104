internal import Decoding
public import Model
import Synchronization

/// Where feed threads leave what they read for the main thread.
///
/// Any thread may put; one thread takes. Feeds put batches, one for each round of reading, never
/// single messages. Below the bound everything is handed over as it came. Above it, samples of one
/// generator are folded into one, and so are its presence words (the fold says how many it stands
/// for), so that a main thread that is slow or stopped costs neither memory nor a message uncounted.
/// A Kafka feed waits instead (see ``isFull``), since the log keeps its records. Of counters,
/// progress and lag only the newest is kept, and of rejected messages some specimens: the feed's
/// counters tell how many there were.
public final class Mailbox: Sendable {
  /// How many rejected messages wait at most.
  private static let specimens = 64
  private static let unknown = Array("unknown".utf8)

  private struct Names {
    var generators: NameTable
    var regions: NameTable
    var takenGenerators = 0
    var takenRegions = 0
  }

  /// The generator that is looked at; -1 for none.
  private let watchedIndex = Atomic<GeneratorIndex>(-1)
  private let content = Mutex(MailboxContent())
  private let names: Mutex<Names>
  private let bound: Int
  private let signal: @Sendable () -> Void

  /// An empty mailbox.
  ///
  /// - Parameters:
  ///   - bound: how many bytes of messages it holds before it folds.
  ///   - generators: how many generators it gives indices to.
  ///   - signal: wakes the main thread; called on the putting thread when the mailbox was empty.
  public init(
    bound: Int = 1 << 20,
    generators: Int = 200_000,
    signal: @escaping @Sendable () -> Void
  ) {
    self.bound = bound
    self.signal = signal
    names = Mutex(
      Names(generators: NameTable(bound: generators), regions: NameTable(bound: 4_096))
    )
  }

  /// The index of the generator with this id, which must be scrubbed; nil past the bound.
  public func generator(_ id: Span<UInt8>) -> GeneratorIndex? {
    names.withLock { $0.generators.index(of: id) }
  }

  /// How many generators have an index.
  public var generatorCount: Int { names.withLock { $0.generators.count } }

  /// The generators from an index on whose ids are as wanted; looks at each of them.
  func generators(from first: Int = 0, where isWanted: (Span<UInt8>) -> Bool) -> [GeneratorIndex] {
    names.withLock { names in
      (min(first, names.generators.count)..<names.generators.count)
        .filter { names.generators.withName($0, isWanted) }.map { GeneratorIndex($0) }
    }
  }

  /// The index of the region with this name, which must be scrubbed; 0 (`unknown`) past the bound,
  /// for an empty name and for `unknown`.
  public func region(_ name: Span<UInt8>) -> RegionIndex {
    guard !name.isEmpty, !isEqual(name, Self.unknown) else { return 0 }
    return names.withLock { $0.regions.index(of: name).map { $0 + 1 } ?? 0 }
  }

  /// Gives `ids` the first indices, in order: the inventory, before any feed runs.
  public func register(generators ids: [String], regions: [String]) {
    names.withLock { names in
      for id in ids { _ = names.generators.index(of: Array(id.utf8).span) }
      for region in regions where !region.isEmpty && region != "unknown" {
        _ = names.regions.index(of: Array(region.utf8).span)
      }
    }
  }

  /// Asks the feeds for the messages of `generator` as they come, and of no other; nil for none.
  public func watch(_ generator: GeneratorIndex?) {
    watchedIndex.store(generator ?? -1, ordering: .relaxed)
  }

  /// The generator that is looked at; any thread may ask.
  public var watched: GeneratorIndex? {
    let index = watchedIndex.load(ordering: .relaxed)
    return index >= 0 ? index : nil
  }

  /// Puts samples, oldest first; above the bound they are folded.
  public func put(_ samples: borrowing [Sample]) {
    guard !samples.isEmpty else { return }
    add { $0.put(samples, bound: bound) }
  }

  /// Puts presence words, oldest first; above the bound they are folded.
  public func put(_ changes: borrowing [PresenceChange]) {
    guard !changes.isEmpty else { return }
    add { $0.put(changes, bound: bound) }
  }

  /// Puts an event of whatever kind.
  public func put(_ event: FeedEvent) {
    switch event {
    case .samples(let samples): return put(samples)
    case .presence(let changes): return put(changes)
    default: break
    }
    add { $0.put(event, specimens: Self.specimens) }
  }

  /// Puts something in, and wakes the main thread if there was nothing.
  private func add(_ put: (inout MailboxContent) -> Void) {
    let wasEmpty = content.withLock { content in
      defer { put(&content) }
      return content.isEmpty
    }
    if wasEmpty { signal() }
  }

  /// Whether so much is waiting that a feed which can wait should.
  public var isFull: Bool { content.withLock { $0.bytes > bound } }

  /// Takes everything that is waiting, in order, names first.
  public func takeEvents() -> [FeedEvent] {
    // Names after content: whatever the content refers to was named before it was put.
    var taken = content.withLock { content in
      defer { content = MailboxContent() }
      return content
    }
    taken.unfold()
    let events = taken.events
    let fresh: FeedEvent? = names.withLock { names in
      let generators = names.generators.names(from: names.takenGenerators)
      let regions = names.regions.names(from: names.takenRegions)
      names.takenGenerators = names.generators.count
      names.takenRegions = names.regions.count
      guard !generators.isEmpty || !regions.isEmpty else { return nil }
      return .names(generators: generators, regions: regions)
    }
    return fresh.map { [$0] + events } ?? events
  }
}
