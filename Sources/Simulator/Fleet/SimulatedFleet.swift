internal import MQTT
internal import Pipeline
internal import System

/// A fleet that lives and reports; belongs to the thread that runs it.
final class SimulatedFleet {
  let options: SimulateOptions
  let counts: Counts<SimulateCount>
  let health: StageHealth
  let stop: StopSignal
  let log: Log
  let epoll: Epoll
  var state: SimulateState
  var connections: [GeneratorConnection] = []
  let topics: [String]
  /// For what does not change the samples: waits, faults.
  var random: SeededRandom
  /// Connections that are not there, and when they come back.
  var returns = DueQueue()
  var connectingCount = 0
  var onlineCount = 0
  /// Found once for all; nil before.
  var address: String?
  /// When the address is looked up again, if nobody is online.
  var nextLookup: Int64 = 0
  /// A numbered sample waits for its connection.
  var isBlocked = false
  /// When the first numbered sample of this run went out, and its number.
  var numberedStart: (time: Int64, number: Int)?
  /// Where the payload of a sample is put together.
  var payload: [UInt8] = []

  private var ready: [Epoll.Ready] = []
  private let start: Int64
  private var nextSweep: Int64 = 0
  private var sweepPosition = 0
  private var nextFault = Int64.max

  /// Connections that are being made at once; a broker's queue of them is short.
  static let connectingLimit = 100
  private static let sweepNanoseconds: Int64 = 100_000_000
  private static let sweepsPerSecond = 10
  static let stopTag = UInt64.max

  /// - Throws: as `SimulateStage.run`.
  init(_ stage: SimulateStage, _ state: SimulateState, stop: StopSignal, log: Log) throws {
    self.state = state
    options = stage.options
    counts = stage.counts
    health = stage.health
    self.stop = stop
    self.log = log
    epoll = try Epoll()
    topics = state.life.identities.map { "\(stage.options.topicPrefix)/\($0.id)" }
    random = SeededRandom(seed: state.life.plan.seed, stream: 1 << 33)
    start = monotonicNanoseconds() - state.clock
    if options.meanFaultInterval > 0 { planFault() }
    try epoll.add(stop.descriptor, .read, tag: Self.stopTag)
    try makeConnections()
  }

  /// Nanoseconds that the fleet has been live.
  var clock: Int64 { monotonicNanoseconds() - start }

  /// Works until it is told to stop or all numbered samples are acknowledged; then says goodbye.
  func run() throws {
    while !stop.isSet, !isFinished {
      health.beat()
      let now = clock
      try playScript(until: now)
      if now >= nextFault { breakSomething(now) }
      connectDue(now)
      if options.numberedRate == nil { sendDue(now) } else { sendNumbered(now) }
      try sweep(now)
      try serveReady(timeout: nextTime - clock)
    }
    if isFinished { health.finish() }
    try sayGoodbye()
  }

  /// What is kept for another run; the connections that stand end without a word.
  func leave() -> SimulateState {
    state.clock = clock
    countOnline(-onlineCount)
    return state
  }

  /// Waits until something is ready or the time is over, and does what there is to do.
  func serveReady(timeout: Int64) throws(SystemError) {
    ready.removeAll(keepingCapacity: true)
    try epoll.wait(timeoutNanoseconds: max(0, timeout), appendingTo: &ready)
    for entry in ready where entry.tag != Self.stopTag {
      try serve(Int(entry.tag), entry.readiness)
    }
  }

  /// When there is something to do even if nothing becomes ready.
  private var nextTime: Int64 {
    var next = min(nextSweep, nextFault)
    if let event = state.script.first { next = min(next, Self.nanoseconds(event.second)) }
    if let sample = state.samples.first { next = min(next, sample.time) }
    if connectingCount < Self.connectingLimit, let entry = returns.first {
      next = min(next, entry.time)
    }
    if options.numberedRate != nil, !isBlocked { next = min(next, nextNumberedTime) }
    return next
  }

  /// Lets every client look at its clock once a second, a tenth of them at a time.
  private func sweep(_ now: Int64) throws(SystemError) {
    guard now >= nextSweep else { return }
    nextSweep = now + Self.sweepNanoseconds
    let share = connections.count / Self.sweepsPerSecond + 1
    for _ in 0..<min(share, connections.count) {
      sweepPosition = (sweepPosition + 1) % connections.count
      try serve(sweepPosition, [])
    }
  }

  private func playScript(until now: Int64) throws {
    while let event = state.script.first, Self.nanoseconds(event.second) <= now {
      state.script.removeFirst()
      play(event.action, now)
    }
  }

  private func play(_ action: ScriptedEvent.Action, _ now: Int64) {
    switch action {
    case .networkOutage(let region, let seconds):
      guard options.sharedConnections == nil else { return }
      log.info("network outage", ["region": region])
      for (index, identity) in state.life.identities.enumerated() where identity.region == region {
        drop(index, seconds: seconds + random.number(0...1), now)
      }
    case .connectionLost(let generator, let seconds):
      guard connections.indices.contains(generator) else { return }
      drop(generator, seconds: seconds, now)
    case .gridFailure(let region, let seconds):
      log.info("grid failure", ["region": region])
      state.life.failGrid(region: region, seconds: seconds)
    case .state(let start):
      state.life.apply(start)
    }
  }

  /// Lets some generator that is online drop its connection.
  private func breakSomething(_ now: Int64) {
    planFault()
    guard onlineCount > 0 else { return }
    let index = Int.random(in: connections.indices, using: &random)
    if connections[index].state == .online { drop(index, seconds: random.number(10...60), now) }
  }

  private func planFault() {
    let seconds = min(options.meanFaultInterval, 1e6) * random.number(0.5...1.5)
    nextFault = clock + Self.nanoseconds(seconds)
  }

  static func nanoseconds(_ seconds: Double) -> Int64 {
    Int64(min(max(0, seconds), 1e9) * 1e9)
  }
}
