import Synchronization
import System

@testable import Pipeline

/// A stage that goes round in its loop until a test lets it do something else.
final class IdleStage: Stage {
  /// What it does in its next turn.
  enum Deed: Sendable {
    case turn
    /// Its loop does not come round while this lasts.
    case standStill
    case fail
    case leave
    case finish
  }

  private struct Failure: Error, CustomStringConvertible {
    let description = "it was\nto fail"
  }

  let name: String
  let health: StageHealth
  let counts = Counts<SinkCount>()
  let write = Histogram("write", "Time that a test said.")
  let newest = NewestTime("newest sample", "A time that a test said.")
  private let deed = Mutex(Deed.turn)

  init(_ name: String = "sink", _ connections: [StageConnection] = []) {
    self.name = name
    health = StageHealth(connections)
  }

  var figures: [Figure] { counts.figures + [write.figure, newest.figure] }

  func set(_ deed: Deed) { self.deed.withLock { $0 = deed } }

  func run(until stop: StopSignal, log: Log) throws {
    while !stop.isSet {
      switch deed.withLock({ $0 }) {
      case .turn: health.beat()
      case .standStill: break
      case .fail:
        set(.turn)
        throw Failure()
      case .leave: return
      case .finish: return health.finish()
      }
      stop.wait(nanoseconds: 1_000_000)
    }
  }
}
