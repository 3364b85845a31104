import Wording
import Dashboard
import Model
import Terminal

// What tells that the screen does not show the present.
extension Picture {
  private static let flags: CellFlags = [.bold, .reverse]

  /// ` PAST 14:02:11 UTC -3m12s `; nil while the present is shown.
  var timePiece: Piece? {
    guard let view = state.pastView else { return nil }
    let time = state.civil(state.now.wall).timeOfDay
    let word = view.isChosen ? "PAST" : "FROZEN"
    return Piece(" \(word) \(time) \(state.zone) \(age) ", .notice, flags: Self.flags)
  }

  /// ` PAST -3m12s `, where there is only one line.
  var smallTimePiece: Piece? {
    state.pastView.map { view in
      Piece(" \(view.isChosen ? "PAST" : "FROZEN") \(age) ", .notice, flags: Self.flags)
    }
  }

  private var age: String {
    "-" + Figures.span(state.present.monotonic.seconds(since: state.now.monotonic))
  }

  /// What came since then, which feeds are broken now, and how far back there is something to see.
  var sincePieces: [Piece] {
    guard state.pastView != nil else { return [] }
    let broken = FeedKind.allCases.filter(isBrokenNow).map { feed in
      Piece(" now no \(feed.title) feed ", .banner)
    }
    let (events, alarms) = (state.eventsSince, state.alarmsSince)
    let others = [
      Piece("since ", .label).adding("\(events)").adding(
        events == 1 ? " event" : " events",
        .label
      ),
      alarms > 0 ? Piece(Phrases.count(alarms, "new alarm"), .warning) : nil,
      state.past.reach.map { Piece("back to ", .label, rank: 2).adding(civil($0)) },
    ]
    return broken + others.compactMap { $0 }
  }

  /// What of the past is kept, and what that takes, for the status page.
  var pastLine: StatusLine {
    let past = state.past
    let megabytes = 1_000_000
    let used = "\((past.footprint + megabytes - 1) / megabytes) of \(past.budget / megabytes) MB"
    let value =
      if let reach = past.reach {
        "back to \(civil(reach))\(glyphs.dot)\(used)"
      } else if past.isTooLarge {
        "none: the fleet is too large for \(past.budget / megabytes) MB"
      } else {
        past.budget == 0 ? "none kept" : "none yet"
      }
    return StatusLine("past", value)
  }

  private func civil(_ reach: Stamp) -> String { state.civil(reach.wall).hourAndMinute }

  /// Whether the present lacks a feed that was there; what the past lacks is shown as ever.
  private func isBrokenNow(_ feed: FeedKind) -> Bool {
    state.liveFleet.traffic.awaySince(feed) != nil && state.fleet.traffic.awaySince(feed) == nil
  }

  /// The keys that move in time, while one does.
  var timeHints: [Piece] {
    guard state.pastView != nil else { return [] }
    let pairs: [([Command], String)] = [
      ([.freeze], "live"), ([.stepBack, .stepOn], "1 s"), ([.leapBack, .leapOn], "10 s"),
      ([.earlierEvent, .laterEvent], "event"),
    ]
    return pairs.map { commands, word in
      let keys = commands.compactMap { state.keys.keys(of: $0).first?.description }
      let piece = Piece(keys.joined(separator: " "), .key).adding(" \(word)", .hint)
      // With two keys nobody knows which one a click means.
      let only = commands.count == 1 ? state.keys.keys(of: commands[0]).first : nil
      return piece.meaning(only.map { .key($0) })
    }
  }
}
