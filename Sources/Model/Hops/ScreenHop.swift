/// From us to the terminal, measured by the frames that it takes.
extension HopRow {
  static let screen = HopRow(
    name: "screen",
    path: "us to terminal",
    secondsWord: "blocked",
    trend: .seconds,
    isDelay: false,
    isLogged: false
  )
}

extension Fleet {
  func screenHop(_ now: Int64) -> HopFigures {
    let screen = traffic.screen
    guard screen.frames > 0 else { return HopFigures(.screen, .unknown, "no screen") }
    var hop = HopFigures(.screen, .ok)
    // Whole frames: else the frame that shows the rate would change it, and the screen never rest.
    hop.ratePerSecond = traffic.frameRate.perSecond(at: now)?.rounded()
    hop.secondsAtRest = 0
    hop.secondsBehind = screen.blockedSince.map { max(0, now.seconds(since: $0)) }
    var details: [String] = []
    let folded = traffic.folded + traffic.foldedWords
    if folded > 0 { details.append("folded \(folded)") }
    if screen.folded > 0 { details.append("left out \(screen.folded)") }
    if screen.unsentBytes > 0 { details.append("unsent \(screen.unsentBytes) B") }
    if !details.isEmpty { hop.detail = details.joined(separator: ", ") }
    if hop.secondsBehind ?? 0 > 1 { hop.set(.warning, "the terminal accepts no output") }
    return hop
  }
}
