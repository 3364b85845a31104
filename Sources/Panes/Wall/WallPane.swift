import Wording
import Dashboard
import Model
import Terminal

extension Role {
  /// The role of large figures: that of `!1` has a ground, which would make a block of them.
  var withoutGround: Role { self == .critical ? .gaugeCritical : self }
}

extension Picture {
  /// What must be read across a room: how many are abnormal, the time, the worst, and whether data
  /// comes.
  mutating func drawWall(in area: Rect) {
    let body = margin(area)
    let isLow = body.height < 16
    let countRoom = body.split(top: isLow ? max(4, body.height / 2) : body.height * 2 / 5).top
    // What is normal is large enough at a ninth of the height for each point.
    let most = max(1, body.height / 9)
    let counts = WallTiles(countTiles(in: body), most: most, in: countRoom, glyphs: glyphs)
    let (top, rest) = body.split(top: counts.height)
    draw(counts, in: top)
    let feedRoom = body.split(bottom: isLow ? 1 : body.height / 4).bottom
    let feeds = WallTiles(feedTiles, most: 4, in: feedRoom, glyphs: glyphs)
    let (bottom, middle) = rest.split(bottom: isLow ? 1 : feeds.height)
    if isLow {
      draw(feedPieces, in: bottom)
      drawWorst(in: middle)
    } else {
      draw(feeds, in: bottom)
      drawWorst(in: middle.inset(columns: 0, rows: 1))
    }
  }

  private func countTiles(in body: Rect) -> [WallTile] {
    let counts = state.fleet.counts
    let tiles = Severity.counted.map { severity in
      let word = " " + severity.word.uppercased()
      return WallTile(
        caption: severity.mark + (body.width >= 60 ? word : ""),
        text: state.fleet.count(severity).map { "\($0)" } ?? "?",
        role: counts[severity] > 0 ? severity.countRole.withoutGround : .label,
        isFaint: counts[severity] == 0
      )
    }
    let time = state.civil(state.now.wall).hourAndMinute
    let clock = WallTile(caption: state.zone, text: time, role: .text, isMinor: true)
    guard let recordsAsOf else { return tiles + [clock] }
    let old = WallTile(
      caption: "RECORDS AS OF",
      text: String(recordsAsOf.suffix(8)),
      role: .warning,
      isMinor: true
    )
    return tiles + [old, clock]
  }

  // MARK: - Feeds and hops

  private var feedTiles: [WallTile] {
    let feeds = FeedKind.allCases.map { feed in
      let (word, role) = word(of: feed)
      return WallTile(caption: feed.title, text: word.uppercased(), role: role.withoutGround)
    }
    guard let hop = state.slowestHop else {
      return feeds + [WallTile(caption: "SLOWEST HOP", text: "?", role: .label)]
    }
    let seconds = isDown(hop) ? nil : hop.secondsBehind
    let delay = seconds.map { " " + Figures.delay($0).uppercased() } ?? ""
    let reason = hop.reason ?? (hop.state == .ok ? "ok" : nil)
    let caption = [isDown(hop) ? "HOP DOWN" : "SLOWEST HOP", reason].compactMap { $0 }
    let tile = WallTile(
      caption: caption.joined(separator: glyphs.dot),
      text: hop.id.name.uppercased() + delay,
      role: hop.state.role.withoutGround
    )
    return feeds + [tile]
  }

  private func word(of feed: FeedKind) -> (String, Role) {
    if state.outage(of: feed) != nil { return ("down", .critical) }
    return switch state.fleet.traffic.status(feed) {
    case .live: ("live", .text)
    case .degraded: ("degraded", .warning)
    case .off: ("off", .label)
    case .connecting, .retrying: ("connecting", .label)
    }
  }

  /// The same in a line.
  private var feedPieces: [Piece] {
    let feeds = FeedKind.allCases.map { feed in
      let (word, role) = word(of: feed)
      return Piece(feed.rawValue + " ", .label, rank: 1).adding(word, role)
    }
    guard let hop = state.slowestHop else { return feeds }
    let delay = hop.secondsBehind.map { " " + Figures.delay($0) } ?? ""
    return feeds + [
      Piece(isDown(hop) ? "down " : "slowest ", .label).adding(hop.id.name + delay, hop.state.role)
    ]
  }
}
