public import Pipeline
internal import Synchronization
public import System

/// The simulator: a fleet of generators that report to an MQTT broker, all on one thread.
///
/// Each has a connection of its own with a retained presence, `online`, and a will, `offline`; on `stop` they say
/// `disconnected`. Without a broker samples of QoS 0 are dropped; of QoS 1 and 2 the newest 100 of each generator are
/// kept and sent afterwards.
///
/// With numbered samples `run` also returns when all are acknowledged.
public final class SimulateStage: Stage {
  public let name = "simulate"
  public let options: SimulateOptions
  public let health = StageHealth([.mqtt])
  let counts = Counts<SimulateCount>()
  private let state: Mutex<SimulateState>

  /// - Parameters:
  ///   - options: how it reports.
  ///   - life: the fleet, as it is when it goes live.
  public init(_ options: SimulateOptions, life: GeneratorLife) {
    self.options = options
    state = Mutex(SimulateState(life: life, options: options))
  }

  public var figures: [Figure] { counts.figures }

  /// Lets the fleet live and report.
  ///
  /// - Throws: `SimulateError`, `MQTTError` for options that cannot be, and `SystemError` for lack of descriptors or
  ///   memory. A broker that is not there is waited for.
  public func run(until stop: StopSignal, log: Log) throws {
    let fleet = try SimulatedFleet(self, state.withLock { $0 }, stop: stop, log: log)
    defer {
      let left = fleet.leave()
      state.withLock { $0 = left }
    }
    try fleet.run()
  }
}

/// What a simulated fleet counts.
enum SimulateCount: Int, CountKind {
  case connected, samples, published, acknowledged, dropped, lost, faults

  var row: FigureRow {
    switch self {
    case .connected: gauge(.connection, "Connections that stand.")
    case .samples: counter(.sample, "Samples that generators made.")
    case .published: counter(.sample, "Samples that were published.")
    case .acknowledged:
      counter(.sample, "Samples that the broker acknowledged; with QoS 0, that the network took.")
    case .dropped:
      counter(.sample, "Samples that were not sent: no connection, a full backlog, or too late.")
    case .lost:
      counter(.connection, "Connections that ended against our will, and tries that failed.")
    case .faults: counter(.connection, "Connections that were dropped on purpose, without a word.")
    }
  }
}

/// What a fleet keeps when its stage is started again.
struct SimulateState: Sendable {
  var life: GeneratorLife
  /// What has not happened yet, the next first.
  var script: ArraySlice<ScriptedEvent>
  /// Nanoseconds that the fleet has been live.
  var clock: Int64 = 0
  /// Of each generator, in nanoseconds of the clock.
  var lastSample: [Int64]
  let intervals: [Int64]
  var samples = DueQueue()
  /// Samples that were sent, where they are numbered.
  var numberedCount = 0

  /// The first sample of each generator comes within this, so that a fleet is seen soon.
  private static let firstSampleSeconds = 3.0

  init(life: GeneratorLife, options: SimulateOptions) {
    self.life = life
    script = options.script.filter { $0.second.isFinite }.sorted { $0.second < $1.second }[...]
    let count = life.identities.count
    lastSample = Array(repeating: 0, count: count)
    let isTime = options.meanInterval.isFinite
    let mean = isTime ? min(max(0.001, options.meanInterval), 86_400) : 10
    var random = SeededRandom(seed: life.plan.seed, stream: 1 << 32)
    var intervals: [Int64] = []
    for index in 0..<count {
      let seconds = mean * random.number(0.5...1.5)
      intervals.append(Int64(seconds * 1e9))
      guard options.numberedRate == nil else { continue }
      let first = random.number(0...min(seconds, Self.firstSampleSeconds))
      samples.insert(.init(time: Int64(first * 1e9), index: index))
    }
    self.intervals = intervals
  }
}
