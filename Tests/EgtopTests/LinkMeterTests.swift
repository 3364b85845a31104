import Testing

@testable import egtop

/// A terminal that takes a steady number of bytes a second, and what is made of it.
struct LinkMeterTests {
  private static let millisecond: Int64 = 1_000_000

  /// Sends frames over a link, looking every 50 ms as the screen does.
  private struct Link {
    var meter = LinkMeter()
    /// What the terminal takes.
    var bytesPerSecond: Double
    var now: Int64 = 0
    private var total = 0
    private var delivered = 0.0

    init(bytesPerSecond: Double, roundTrip: Int64 = 0) {
      self.bytesPerSecond = bytesPerSecond
      if roundTrip > 0 { meter.note(roundTrip: roundTrip * millisecond) }
    }

    /// Sends frames of `bytes` each for some seconds, this many a second; none while one is on its way.
    mutating func run(seconds: Int, bytes: Int, framesPerSecond: Int = 5) {
      for step in 0..<(seconds * 20) {
        if step % (20 / framesPerSecond) == 0, !meter.isWaiting {
          meter.send(delivered: Int(delivered), at: now)
          total += bytes
        }
        now += 50 * millisecond
        delivered = min(Double(total), delivered + bytesPerSecond / 20)
        meter.look(total: total, waiting: total - Int(delivered), at: now)
      }
    }
  }

  @Test func aFastLinkIsNeitherSlowNorLow() {
    var link = Link(bytesPerSecond: 1e6)
    link.run(seconds: 20, bytes: 3_000)
    #expect(!link.meter.isSlow && !link.meter.isLow)
  }

  @Test func aLinkThatTakesLongIsSlow() {
    var link = Link(bytesPerSecond: 12_000)
    link.run(seconds: 10, bytes: 3_000)
    #expect(link.meter.isSlow && !link.meter.isLow)
    link.bytesPerSecond = 1e6
    link.run(seconds: 1, bytes: 3_000)
    #expect(!link.meter.isSlow)
  }

  @Test func belowFiveKilobytesASecondIsLow() throws {
    var link = Link(bytesPerSecond: 3_000)
    link.run(seconds: 10, bytes: 3_000)
    #expect(link.meter.isLow)
    let rate = try #require(link.meter.bytesPerSecond)
    #expect((2_500...3_500).contains(rate))
  }

  @Test func theUsualPictureIsTriedAgainAndLessOftenIfItFails() {
    var link = Link(bytesPerSecond: 3_000)
    link.run(seconds: 10, bytes: 3_000)
    link.run(seconds: 29, bytes: 100, framesPerSecond: 1)
    #expect(link.meter.isLow)
    link.run(seconds: 3, bytes: 100, framesPerSecond: 1)
    #expect(!link.meter.isLow)
    link.run(seconds: 10, bytes: 3_000)
    #expect(link.meter.isLow)
    link.run(seconds: 58, bytes: 100, framesPerSecond: 1)
    #expect(link.meter.isLow)
    link.run(seconds: 4, bytes: 100, framesPerSecond: 1)
    #expect(!link.meter.isLow)
  }

  @Test func aTerminalThatWasStoppedIsNotALowLink() {
    var link = Link(bytesPerSecond: 0)
    link.run(seconds: 60, bytes: 3_000)
    #expect(link.meter.isSlow && !link.meter.isLow)
    #expect(link.meter.isLate(at: link.now))
    link.bytesPerSecond = 1e6
    link.run(seconds: 3, bytes: 3_000)
    #expect(!link.meter.isSlow && !link.meter.isLow)
  }

  @Test func aLongWayIsNoSlowLink() {
    var meter = LinkMeter()
    meter.note(roundTrip: 300 * Self.millisecond)
    meter.note(roundTrip: 900 * Self.millisecond)
    for second in 0..<10 {
      let start = Int64(second) * 1_000 * Self.millisecond
      meter.send(delivered: second * 3_000, at: start)
      let total = (second + 1) * 3_000
      meter.look(total: total, waiting: 3_000, at: start + 150 * Self.millisecond)
      meter.look(total: total, waiting: 0, at: start + 350 * Self.millisecond)
    }
    #expect(!meter.isSlow && !meter.isLow && meter.roundTrip == 300 * Self.millisecond)
  }

  @Test func lookingWithNothingSentMeansNothing() {
    var meter = LinkMeter()
    meter.look(total: 0, waiting: 0, at: 5)
    #expect(!meter.isWaiting && !meter.isSlow && !meter.isLate(at: .max))
  }
}
