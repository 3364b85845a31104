/// How well the terminal takes what it is sent, told from how long that is on its way.
struct LinkMeter {
  /// What takes longer than this beyond the round trip was too much, in nanoseconds.
  static let patience: Int64 = 100_000_000
  /// Fewer bytes a second are a slow link's.
  static let lowRate = 5_000.0
  /// After this many frames that went fast the pace is the usual one again.
  private static let quickFrames = 5
  /// What is still on its way is measured this often, in nanoseconds.
  private static let window: Int64 = 2_000_000_000
  private static let shortestTrial: Int64 = 30_000_000_000
  private static let longestTrial: Int64 = 480_000_000_000

  /// Whether frames take long, or are not taken at all.
  private(set) var isSlow = false
  /// Whether the link carries too little for the usual picture.
  private(set) var isLow = false
  /// What was carried when it was last too much.
  private(set) var bytesPerSecond: Double?
  /// The shortest round trip that was seen, in nanoseconds: a long queue makes it longer.
  private(set) var roundTrip: Int64 = 0

  /// Since when something has been on its way.
  private var waitingSince: Int64?
  /// Since when what arrives is counted, and what had arrived by then.
  private var counted: (since: Int64, delivered: Int) = (0, 0)
  private var quickCount = 0
  private var quickSince: Int64?
  private var lowCount = 0
  private var leftLowAt: Int64?
  /// How long all has to go fast before the usual picture is tried again.
  private var trial = Self.shortestTrial

  /// Whether something is on its way.
  var isWaiting: Bool { waitingSince != nil }

  /// Whether what was sent is longer on its way than it should be.
  func isLate(at now: Int64) -> Bool {
    waitingSince.map { now &- $0 > allowance } ?? false
  }

  /// There and back, and once more for what was lost on the way.
  private var allowance: Int64 { Self.patience + min(2 * roundTrip, 1_000_000_000) }

  mutating func note(roundTrip: Int64) {
    self.roundTrip = self.roundTrip == 0 ? roundTrip : min(self.roundTrip, roundTrip)
  }

  /// A frame is sent; `delivered` bytes of those before have arrived.
  mutating func send(delivered: Int, at now: Int64) {
    guard waitingSince == nil else { return }
    waitingSince = now
    counted = (now, delivered)
  }

  /// Takes note of how far things are: of `total` bytes that were ever sent, `waiting` have not arrived.
  mutating func look(total: Int, waiting: Int, at now: Int64) {
    guard isWaiting else { return }
    let isLate = isLate(at: now)
    let delivered = total - waiting
    let (bytes, time) = (delivered - counted.delivered, now &- counted.since)
    if waiting > 0 {
      if isLate { beSlow() }
      guard time >= Self.window else { return }
      measure(bytes, in: time, at: now)
      counted = (now, delivered)
    } else {
      waitingSince = nil
      guard isLate else { return beQuick(at: now) }
      measure(bytes, in: time, at: now)
    }
  }

  private mutating func beSlow() {
    isSlow = true
    quickCount = 0
    quickSince = nil
  }

  private mutating func beQuick(at now: Int64) {
    lowCount = 0
    quickCount += 1
    if quickCount >= Self.quickFrames { isSlow = false }
    guard isLow else { return }
    let since = quickSince ?? now
    quickSince = since
    guard now &- since >= trial else { return }
    isLow = false
    leftLowAt = now
  }

  /// Twice in a row too little is a slow link; nothing at all is a terminal that was stopped.
  private mutating func measure(_ bytes: Int, in time: Int64, at now: Int64) {
    beSlow()
    guard bytes > 0 else { return }
    let rate = Double(bytes) / (Double(max(1_000_000, time - roundTrip)) / 1e9)
    bytesPerSecond = rate
    lowCount = rate < Self.lowRate ? lowCount + 1 : 0
    guard lowCount >= 2, !isLow else { return }
    isLow = true
    let isRelapse = leftLowAt.map { now &- $0 < 600_000_000_000 } ?? false
    trial = isRelapse ? min(2 * trial, Self.longestTrial) : Self.shortestTrial
  }
}
