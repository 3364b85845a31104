internal import FoundationEssentials
internal import Wording

extension Proposal {
  /// What was found, for people: a line for each thing.
  public func lines(_ heard: HeardMessages, from place: String) -> [String] {
    var lines = [
      "\(place): \(Phrases.count(heard.total, "message")) on \(Phrases.count(heard.topicCount, "topic"))"
    ]
    for finding in findings {
      let example = finding.example.isEmpty ? "" : ", e.g. \(finding.example)"
      lines.append("  \(finding.certainty.padded(6))  \(finding.text)\(example)")
    }
    for what in unclear { lines.append("  ?       could not tell: \(what)") }
    switch kind {
    case .none:
      lines.append("no generators were found; a longer look (--for) may hear more")
    case .nothingToChange:
      lines.append("nothing to change: the built-in names read this, \(count)")
    case .configuration: lines.append("the configuration below \(count)")
    }
    return lines
  }

  private var count: String {
    "understood \(understood) of \(Phrases.count(concerned, "message")) of \(Phrases.count(generators.count, "generator"))"
  }

  /// The same as one JSON object on one line, keys in alphabetical order.
  ///
  /// - Throws: `EncodingError`, which only a number that is not finite could cause.
  public func json(_ heard: HeardMessages) throws -> String {
    let report = JSONReport(
      result: kind.rawValue,
      messages: heard.total,
      topics: heard.topicCount,
      understood: understood,
      concerned: concerned,
      findings: findings,
      unclear: unclear,
      generators: generators,
      present: sessions.sorted(),
      configuration: yaml
    )
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(report), as: UTF8.self)
  }
}

/// What `egtop discover --json` prints.
private struct JSONReport: Encodable {
  var result: String
  var messages: Int
  var topics: Int
  var understood: Int
  var concerned: Int
  var findings: [Proposal.Finding]
  var unclear: [String]
  /// By id: the metrics by name, in their base units.
  var generators: [String: [String: Double]]
  /// Ids whose presence is known.
  var present: [String]
  /// The section to write; empty if there is none.
  var configuration: String
}

extension String {
  fileprivate func padded(_ width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
