@testable import Model

/// A pipeline of known truth in virtual time: each stage can be late, or frozen as a stopped process is.
struct VirtualPipeline {
  enum Stage: CaseIterable, Hashable {
    case simulator, bridge, sink, task, source
  }

  /// What one generator sent, on its way.
  private struct Message {
    var generator: GeneratorIndex
    var fuel: Double
    /// When the bridge received it: wall nanoseconds; its record's timestamp.
    var stamp: Int64 = 0
    /// When it may go on: monotonic nanoseconds.
    var due: Int64 = 0
  }

  var world: World
  var frozen: Set<Stage> = []
  /// How many seconds the bridge keeps a message that it has received.
  var bridgeDelay = 0.0
  /// How many seconds after a window's end the task begins.
  var taskDelay = 0.0
  /// How far the pipeline's clock is ahead of ours, in seconds.
  var clock = 0.0
  var isIdle = true
  /// Every how manieth message the bridge loses; 0 for none.
  var loss = 0

  private let generators: Int
  private let interval: Int
  private let window: Int
  private let readsRawTopic: Bool
  private var second = 0
  private var sent = 0
  private var socket: [Message] = []
  private var bridge: [Message] = []
  private var rawTopic: [Message] = []
  private var bucket: [Message] = []
  private var windows: [Int64] = []
  private var records: [Message] = []
  private var committed = 0

  init(
    generators: Int = 12,
    interval: Int = 10,
    window: Int = 60,
    readsRawTopic: Bool = true,
    rawFeedIsKafka: Bool = false
  ) {
    (self.generators, self.interval, self.window) = (generators, interval, window)
    self.readsRawTopic = readsRawTopic || rawFeedIsKafka
    world = World(generators: (0..<generators).map { "g\($0)" }, mqtt: !rawFeedIsKafka) {
      $0.window = Double(window)
      $0.tailsRawTopic = readsRawTopic
      $0.rawFeedIsKafka = rawFeedIsKafka
      $0.sinkGroup = "sink"
    }
    if self.readsRawTopic { world.apply(.progress(World.progress(.raw))) }
  }

  /// Lets seconds pass; `look` is called after each.
  mutating func run(_ seconds: Int, look: (World) -> Void = { _ in }) {
    for _ in 0..<seconds {
      world.pass(1)
      second += 1
      send()
      carry()
      sink()
      enrich()
      world.fleet.tick(at: world.now)
      look(world)
    }
  }

  /// Wall time by the pipeline's clock.
  private var wall: Int64 { world.now.wall + Int64(seconds: clock) }

  private mutating func send() {
    guard !frozen.contains(.simulator) else { return }
    for generator in 0..<generators where second % interval == generator % interval {
      let fuel = isIdle ? 800 : 900 - Double(second) / 10
      let index = GeneratorIndex(generator)
      socket.append(Message(generator: index, fuel: fuel))
      if !world.fleet.policy.rawFeedIsKafka { world.sample(index, fuel: fuel) }
    }
  }

  private mutating func carry() {
    guard !frozen.contains(.bridge) else { return }
    for var message in socket {
      (message.stamp, message.due) = (wall, world.now.monotonic + Int64(seconds: bridgeDelay))
      bridge.append(message)
    }
    socket = []
    while let message = bridge.first, message.due <= world.now.monotonic {
      bridge.removeFirst()
      sent += 1
      guard loss == 0 || sent % loss != 0 else { continue }
      rawTopic.append(message)
      guard readsRawTopic else { continue }
      let sample = Sample(
        generator: message.generator,
        source: .rawTopic,
        receivedAt: world.now.monotonic,
        recordTime: message.stamp,
        reading: World.reading(fuel: message.fuel)
      )
      world.apply(.samples([sample]))
    }
  }

  private mutating func sink() {
    if !frozen.contains(.sink) {
      bucket += rawTopic[committed...]
      committed = rawTopic.count
    }
    let waiting = rawTopic[committed...].first
    let lag = GroupLag(
      recordsBehind: rawTopic.count - committed,
      secondsBehind: waiting.map { max(0, (wall - $0.stamp).seconds) } ?? 0,
      committed: committed
    )
    world.apply(.groupLag(lag))
  }

  private mutating func enrich() {
    let (now, length) = (wall, Int64(window) * 1_000_000_000)
    if second % window == 0 { windows.append(now) }
    if !frozen.contains(.task) {
      while let end = windows.first, now >= end + Int64(seconds: taskDelay) {
        windows.removeFirst()
        let window = bucket.filter { $0.stamp >= end - length && $0.stamp < end }
        for generator in 0..<generators as Range<Int> {
          if let last = window.last(where: { $0.generator == generator }) { records.append(last) }
        }
      }
    }
    guard !frozen.contains(.source), !records.isEmpty else { return }
    let enriched = records.map { message in
      EnrichedRecord(
        generator: message.generator,
        alarm: message.fuel < 500 ? .refuel : .noAction,
        receivedAt: world.now.monotonic,
        sampleTime: message.stamp,
        recordTime: message.stamp,
        reading: World.reading(fuel: message.fuel)
      )
    }
    records = []
    world.apply(.enriched(enriched))
  }
}
