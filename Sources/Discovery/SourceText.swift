internal import Decoding
internal import Model
internal import Wording

extension GuessedSource {
  /// A text as YAML has it in quotes.
  static func quoted(_ text: String) -> String {
    var inside = ""
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case _ where scalar == "\"" || scalar == "\\": inside += "\\\(scalar)"
      // What a terminal or a reader might take for something else.
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned:
        let code = String(scalar.value, radix: 16)
        inside += "\\U" + String(repeating: "0", count: 8 - code.count) + code
      default: inside.unicodeScalars.append(scalar)
      }
    }
    return "\"\(inside)\""
  }

  private var topics: [String] {
    let beginnings = literal.isEmpty ? [prefix] : literal
    return beginnings.map { levels in
      levels.joined(separator: "/") + (isOfOwnTopics ? "/#" : "")
    }
  }

  /// The source as an entry of `sources`, with comments that say how sure each line is.
  var lines: [String] {
    let words = ["a guess", "likely", "sure"]
    var lines = ["- topics: [\(topics.map(Self.quoted).joined(separator: ", "))]"]
    lines.append("  id: \(Self.quoted(template)) # \(words[certainty])")
    if let region { lines.append("  region: \"{\(region + 1)}\" # a guess") }
    if let time { lines.append("  time: \(Self.quoted(time.description))") }
    if isRetained { lines.append("  sends: changes # the broker keeps its values: likely") }
    let best = best
    if best.contains(where: { $0.values.hasComma }) { lines.append("  decimal: comma") }
    lines.append("  metrics:")
    for (field, guess, values) in best {
      guard let metric = field.metric else { continue }
      var keys: [String] = []
      if isOfOwnTopics {
        let tail = field.levels.dropFirst(prefix.count).joined(separator: "/")
        keys.append("topic: \(Self.quoted("…/" + tail))")
      }
      if let path = field.path { keys.append("path: \(Self.quoted(path.description))") }
      if let unit = guess?.unit { keys.append("unit: \(Self.quoted(unit))") }
      if let scale = guess?.scale, scale != 1 { keys.append("scale: \(scale)") }
      if let unknown = guess?.unknown, !unknown.isEmpty {
        let ranges = unknown.map {
          $0.lowerBound == $0.upperBound
            ? "\(Int($0.lowerBound))" : "\(Int($0.lowerBound))..\(Int($0.upperBound))"
        }
        keys.append("unknown: [\(ranges.joined(separator: ", "))]")
      }
      if metric == .running, let states = StateWords(values) {
        keys.append("true: [\(states.on.map(Self.quoted).joined(separator: ", "))]")
        keys.append("false: [\(states.off.map(Self.quoted).joined(separator: ", "))]")
      }
      let sure = !field.isPlain ? words[0] : guess?.isSure == false ? words[1] : words[2]
      let note = guess?.note.map { ", " + $0 } ?? ""
      lines.append("    \(metric.wireName): { \(keys.joined(separator: ", ")) } # \(sure)\(note)")
    }
    if !presence.isEmpty { lines.append("  presence:") }
    for place in presence {
      var keys = ["topic: \(Self.quoted(place.topic))"]
      if let path = place.path { keys.append("path: \(Self.quoted(path.description))") }
      if place.online != ["online"] {
        keys.append("online: [\(place.online.map(Self.quoted).joined(separator: ", "))]")
      }
      if place.offline != ["offline"] {
        keys.append("offline: [\(place.offline.map(Self.quoted).joined(separator: ", "))]")
      }
      if let covers = place.covers { keys.append("covers: \(Self.quoted(covers.written))") }
      lines.append("    - { \(keys.joined(separator: ", ")) }")
    }
    return lines
  }
}

extension TextTemplate {
  /// As it is written, of levels and fixed texts.
  fileprivate var written: String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .value(.topic, let level): "{\(level ?? 1)}"
      case .value(.path(let path), _): "{\(path.description)}"
      case .value: "{key}"
      }
    }.joined()
  }
}
