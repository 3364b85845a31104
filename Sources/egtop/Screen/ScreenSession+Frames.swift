import Dashboard
import Model
import Panes
import Curses
import System
import Terminal

/// Frames, as many as the terminal takes.
extension ScreenSession {
  /// Nothing is sent while nothing changes, but for this: a session that is dead is to be noticed.
  private static let longestSilence: Int64 = 10_000_000_000

  func keyInterest(at now: Int64) -> Poll.Readiness {
    screen.wantsWrite && now >= nextFlush ? [.read, .write] : .read
  }

  /// Sends more of what waits; a device that says it takes more and does not is left alone for a moment.
  func flush() {
    let before = screen.figures.totalBytes
    screen.flush()
    guard screen.wantsWrite, screen.figures.totalBytes == before else { return }
    nextFlush = monotonicNanoseconds() + EventLoop.second / 50
  }

  /// Sees how the terminal keeps up, and sets the pace by it.
  func watchLink(at now: Int64) {
    guard !isSuspended else { return }
    link.look(at: screen, at: now)
    pacer.isSlow = link.isSlow
    if link.isLow != isLow {
      isLow = link.isLow
      screen.limitColors(isLow)
      pacer.ask(.key, at: now)
    }
    guard owesFrame, !isBlocked(at: now) else { return }
    owesFrame = false
    if let since = blockedSince, now - since > 5 * EventLoop.second {
      apply(.note("the terminal took nothing for \((now - since) / EventLoop.second) s"))
    }
    blockedSince = nil
    pacer.ask(.key, at: now)
  }

  /// Whether what was sent before is still on its way; a queue that others fill, too, blocks for a second at most.
  private func isBlocked(at now: Int64) -> Bool {
    screen.wantsWrite || link.isLate && now - lastDraw < EventLoop.second
  }

  /// While the terminal does not take the frame before, none is composed: the next one is to show what is then.
  func drawUnlessBlocked(at now: Int64) {
    guard isBlocked(at: now) else { return draw(at: now) }
    owesFrame = true
    if screen.wantsWrite { blockedSince = blockedSince ?? now }
    screen.skipFrame()
    tellFigures()
    pacer.skip(at: now)
  }

  func draw(at now: Int64) {
    blockedSince = nil
    tellFigures()
    apply(.frame)
    let drawing = drawDashboard(loop.state, glyphs: screen.glyphs)
    spots = drawing.spots
    if drawing.extents != loop.state.extents { apply(.drawn(drawing.extents)) }
    screen.title = loop.state.title
    screen.marksPaste = loop.state.takesPaste
    link.send(on: screen, at: now)
    screen.show(drawing.canvas)
    (lastDraw, owesFrame) = (now, false)
    pacer.drew(at: now)
  }

  /// Tells the state how the screen does, also while nothing of it can be seen.
  private func tellFigures() {
    var figures = ScreenFigures(screen.figures, blockedSince: blockedSince)
    link.tell(&figures)
    if figures != loop.state.liveFleet.traffic.screen { apply(.screen(figures)) }
  }

  /// Sends a few bytes that change nothing after a long silence, so that a dead connection is found out.
  func breakSilence(at now: Int64) {
    guard !isSuspended, screen.figures.totalBytes == quiet.bytes else {
      quiet = (screen.figures.totalBytes, now)
      return
    }
    guard now - quiet.since >= Self.longestSilence, !screen.wantsWrite else { return }
    screen.breakSilence()
    quiet = (screen.figures.totalBytes, now)
  }
}

extension Model.ScreenFigures {
  init(_ figures: Curses.ScreenFigures, blockedSince: Int64?) {
    self.init()
    frames = figures.frames
    frameBytes = figures.lastFrameBytes
    totalBytes = figures.totalBytes
    folded = figures.skippedFrames
    unsentBytes = figures.pendingBytes
    self.blockedSince = blockedSince
  }
}
