import Model
import Curses
import System

/// The way to the operator's eyes: what of it can be measured, and when to look again.
struct ScreenLink {
  /// What was written is with sshd after this, in nanoseconds, and can be seen in its queue.
  private static let firstLook: Int64 = 20_000_000
  private static let interval: Int64 = 50_000_000

  private let connection: SSHConnection?
  private var meter = LinkMeter()
  /// What of it waits behind us: in the device and in the connection.
  private var queued = 0
  /// When to look how far things are though nothing tells: monotonic nanoseconds; nil while nothing is on its way.
  private(set) var nextLook: Int64?
  /// Whether to send little whatever is measured.
  private let isLowByWish: Bool

  init(_ environment: Environment, isLow: Bool) {
    connection = SSHConnection(environment)
    isLowByWish = isLow
  }

  var isLow: Bool { isLowByWish || meter.isLow }
  /// Whether a frame a second is what the link can take.
  var isSlow: Bool { isLow || meter.isSlow }
  var isLate: Bool { nextLook != nil && meter.isLate(at: monotonicNanoseconds()) }

  /// A frame is about to be sent.
  mutating func send(on screen: CursesScreen, at now: Int64) {
    meter.send(delivered: Self.total(screen) - screen.figures.pendingBytes - queued, at: now)
    nextLook = now + Self.firstLook
  }

  /// Looks how far things are, when it is time to.
  mutating func look(at screen: CursesScreen, at now: Int64) {
    guard let next = nextLook, now >= next else { return }
    let figures = connection?.figures()
    if let roundTrip = figures?.roundTrip { meter.note(roundTrip: roundTrip) }
    queued = screen.queuedBytes + (figures?.queuedBytes ?? 0)
    let waiting = screen.figures.pendingBytes + queued
    meter.look(total: Self.total(screen), waiting: waiting, at: now)
    nextLook = meter.isWaiting ? now + Self.interval : nil
    last = figures
  }

  private var last: SSHConnection.Figures?

  private static func total(_ screen: CursesScreen) -> Int {
    screen.figures.totalBytes + screen.figures.pendingBytes
  }

  /// What the screen shows of it.
  func tell(_ figures: inout Model.ScreenFigures) {
    figures.isLow = isLow ? true : nil
    figures.isSlow = isSlow ? true : nil
    figures.bytesPerSecond = isSlow ? meter.bytesPerSecond : nil
    figures.roundTrip = last?.roundTrip.map { Double($0) / 1e9 }
    figures.queuedBytes = last.map { _ in queued }
  }
}
