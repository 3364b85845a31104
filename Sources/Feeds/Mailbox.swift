public import Model
import Synchronization

/// Where feed threads leave what they read for the main thread.
///
/// Any thread may put; one thread takes. Feeds put batches, one for each round of reading, never
/// single messages. Below the bound everything is handed over as it came. Above it, samples of one
/// generator are folded into one (the fold says how many it stands for), so that a main thread that
/// is slow or stopped costs neither memory nor a message uncounted; a Kafka feed waits instead, since
/// the log keeps its records.
public final class Mailbox: Sendable {
  /// What lies in the mailbox between two takes.
  fileprivate struct Content {
    /// In the order put; consecutive samples share one array.
    var events: [FeedEvent] = []
    /// Where a generator's samples are being folded, by generator and source.
    var folds: [Int64: FoldedSamples] = [:]
    var bytes = 0
  }

  private struct Names {
    var generators: NameTable
    var regions: NameTable
    var takenGenerators = 0
    var takenRegions = 0
  }

  private let content = Mutex(Content())
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

  /// The index of the region with this name, which must be scrubbed; 0 (`unknown`) past the bound
  /// and for an empty name.
  public func region(_ name: Span<UInt8>) -> RegionIndex {
    guard !name.isEmpty else { return 0 }
    return names.withLock { $0.regions.index(of: name).map { $0 + 1 } ?? 0 }
  }

  /// Gives `ids` the first indices, in order: the inventory, before any feed runs.
  public func register(generators ids: [String], regions: [String]) {
    names.withLock { names in
      for id in ids { _ = names.generators.index(of: Array(id.utf8).span) }
      for region in regions { _ = names.regions.index(of: Array(region.utf8).span) }
    }
  }

  /// Puts samples, oldest first; above the bound they are folded.
  public func put(_ samples: borrowing [Sample]) {
    guard !samples.isEmpty else { return }
    let size = samples.count * MemoryLayout<Sample>.stride
    let wasEmpty = content.withLock { content in
      let wasEmpty = content.isEmpty
      if content.bytes + size > bound || !content.folds.isEmpty {
        for index in samples.indices { content.fold(samples[index]) }
      } else {
        content.append(samples)
        content.bytes += size
      }
      return wasEmpty
    }
    if wasEmpty { signal() }
  }

  /// Puts an event of another kind; it keeps its place behind what was put before it.
  public func put(_ event: FeedEvent) {
    let wasEmpty = content.withLock { content in
      let wasEmpty = content.isEmpty
      // Order per generator holds: what was folded so far goes before a presence word.
      if case .presence = event { content.unfold() }
      content.events.append(event)
      content.bytes += event.approximateSize
      return wasEmpty
    }
    if wasEmpty { signal() }
  }

  /// Whether so much is waiting that a feed which can wait should.
  public var isFull: Bool { content.withLock { $0.bytes > bound } }

  /// Takes everything that is waiting, in order, names first.
  public func take() -> [FeedEvent] {
    // Names after content: whatever the content refers to was named before it was put.
    let events = content.withLock { content in
      content.unfold()
      defer {
        content.events = []
        content.bytes = 0
      }
      return content.events
    }
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

extension Mailbox.Content {
  fileprivate var isEmpty: Bool { events.isEmpty && folds.isEmpty }

  /// Adds to the samples at the end, or begins a new array of them.
  fileprivate mutating func append(_ samples: borrowing [Sample]) {
    if case .samples(var last)? = events.last {
      events.removeLast()
      last.append(contentsOf: copy samples)
      events.append(.samples(last))
    } else {
      events.append(.samples(copy samples))
    }
  }

  fileprivate mutating func fold(_ sample: Sample) {
    let key = Int64(sample.generator) << 8 | Int64(sample.source.rawValue)
    if folds[key]?.add(sample) == nil { folds[key] = FoldedSamples(first: sample) }
  }

  fileprivate mutating func unfold() {
    guard !folds.isEmpty else { return }
    events.append(.folded(folds.values.sorted { $0.last.receivedAt < $1.last.receivedAt }))
    folds = [:]
  }
}

extension FeedEvent {
  /// About how many bytes of the mailbox's bound the event takes.
  fileprivate var approximateSize: Int {
    switch self {
    case .samples(let samples): samples.count * MemoryLayout<Sample>.stride
    case .folded(let folds): folds.count * MemoryLayout<FoldedSamples>.stride
    case .enriched(let records): records.count * MemoryLayout<EnrichedRecord>.stride
    case .presence(let changes): changes.count * MemoryLayout<PresenceChange>.stride
    case .rejected(let messages): messages.count * 512
    case .names, .status, .counters, .progress, .groupLag: 64
    }
  }
}
