import Discovery

/// Messages of a feed whose truth is known.
struct Feed {
  static let now: Int64 = 1_767_619_260_000_000_000
  private(set) var heard = HeardMessages()

  /// - Parameter text: A line for each message: topic, three blanks, payload; `!` before it if it is retained.
  init(_ text: String) {
    for line in text.split(separator: "\n") {
      let isRetained = line.hasPrefix("!")
      let line = isRetained ? line.dropFirst() : line
      guard let gap = line.firstRange(of: "   ") else { continue }
      let payload = Array(line[gap.upperBound...].utf8)
      heard.take(HeardMessage(String(line[..<gap.lowerBound]), payload, isRetained: isRetained))
    }
  }

  var proposal: Proposal { Proposal(heard, now: Self.now) }

  /// What is known of each generator, without what follows from it.
  var found: [String: [String: Double]] {
    proposal.generators.mapValues { values in
      values.filter { $0.key != "tank" && $0.key != "refuelMark" }
        .mapValues { ($0 * 100).rounded() / 100 }
    }
  }
}
