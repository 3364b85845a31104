import Model

/// What lies in a mailbox between two takes.
struct MailboxContent {
  /// In the order put; consecutive samples share one array.
  private(set) var events: [FeedEvent] = []
  /// About how many bytes wait.
  private(set) var bytes = 0
  private var waitingSpecimens = 0
  private var watched = 0
  /// Samples that are being folded, by generator, source and whether they are retained.
  private var samples: [Int64: FoldedSamples] = [:]
  private var words: [GeneratorIndex: FoldedPresence] = [:]
  /// Where events lie of which only the newest counts, by ``FeedEvent/newestOnly``; -1 for nowhere.
  private var places = InlineArray<5, Int>(repeating: -1)

  var isEmpty: Bool { events.isEmpty && !isFolding }

  private var isFolding: Bool { !samples.isEmpty || !words.isEmpty }

  mutating func put(_ batch: borrowing [Sample], bound: Int) {
    let size = batch.count * MemoryLayout<Sample>.stride
    if bytes + size > bound || isFolding {
      for index in batch.indices { fold(batch[index]) }
      return
    }
    bytes += size
    if case .samples(var last)? = events.last {
      events.removeLast()
      last.append(contentsOf: copy batch)
      events.append(.samples(last))
    } else {
      events.append(.samples(copy batch))
    }
  }

  mutating func put(_ batch: borrowing [PresenceChange], bound: Int) {
    let size = batch.count * MemoryLayout<PresenceChange>.stride
    if bytes + size > bound || isFolding {
      for index in batch.indices { fold(batch[index]) }
      return
    }
    bytes += size
    events.append(.presence(copy batch))
  }

  /// Puts an event of another kind.
  mutating func put(_ event: FeedEvent, specimens: Int) {
    switch event {
    case .rejected(let messages):
      let kept = min(messages.count, specimens - waitingSpecimens)
      waitingSpecimens += kept
      if kept > 0 { append(.rejected(Array(messages.prefix(kept)))) }
    case .watched:
      // At most some a second; on a main thread that stands still they must not pile up.
      if watched < 16 {
        watched += 1
        append(event)
      }
    case .status:
      // What was read before a connection broke goes before that.
      unfold()
      append(event)
    default:
      append(event)
    }
  }

  private mutating func append(_ event: FeedEvent) {
    if let kind = event.newestOnly {
      if places[kind] >= 0 {
        events[places[kind]] = event
        return
      }
      places[kind] = events.count
    }
    events.append(event)
    bytes += event.approximateSize
  }

  private mutating func fold(_ sample: Sample) {
    let kind = Int64(sample.source.rawValue) << 1 | (sample.isRetained ? 1 : 0)
    let key = Int64(sample.generator) << 8 | kind
    if samples[key]?.add(sample) == nil { samples[key] = FoldedSamples(first: sample) }
  }

  private mutating func fold(_ change: PresenceChange) {
    if words[change.generator]?.add(change) == nil {
      words[change.generator] = FoldedPresence(first: change)
    }
  }

  /// Moves what was folded to the events; each word's time tells its place among the samples.
  mutating func unfold() {
    if !samples.isEmpty {
      append(.folded(samples.values.sorted { $0.last.receivedAt < $1.last.receivedAt }))
      samples = [:]
    }
    if !words.isEmpty {
      append(.foldedPresence(words.values.sorted { $0.last.receivedAt < $1.last.receivedAt }))
      words = [:]
    }
  }
}

extension FeedEvent {
  /// A number for each kind of event of which a newer one says all that an older one said.
  fileprivate var newestOnly: Int? {
    switch self {
    case .counters(.mqtt, _): 0
    case .counters(.kafka, _): 1
    case .progress(let progress): progress.topics == .enriched ? 2 : 3
    case .groupLag: 4
    case .names, .samples, .folded, .enriched, .presence, .foldedPresence, .status, .rejected,
      .watched, .remembered, .forgotten:
      nil
    }
  }

  /// About how many bytes of the mailbox's bound the event takes.
  fileprivate var approximateSize: Int {
    switch self {
    case .samples(let samples): samples.count * MemoryLayout<Sample>.stride
    case .folded(let folds): folds.count * MemoryLayout<FoldedSamples>.stride
    case .enriched(let records): records.count * MemoryLayout<EnrichedRecord>.stride
    case .presence(let changes): changes.count * MemoryLayout<PresenceChange>.stride
    case .foldedPresence(let folds): folds.count * MemoryLayout<FoldedPresence>.stride
    case .rejected(let messages): messages.count * 512
    case .watched: 4_096
    case .remembered(let memory): memory.count * MemoryLayout<RememberedGenerator>.stride
    case .names, .status, .counters, .progress, .groupLag, .forgotten: 64
    }
  }
}
