internal import Decoding
internal import Model

/// A source as it is proposed: fields whose generators are named in the same way.
struct GuessedSource {
  /// What its topics have in common, with `+` where they differ.
  var prefix: [String]
  var id: IdPlace
  var region: Int?
  var certainty: Int
  var fields: [HeardField] = []
  var presence: [PresenceSource] = []
  var time: JSONPath?
  /// The beginnings of the topics that were heard, where a `+` would take in others.
  var literal: [[String]] = []
  var isRetained = false
  var isOfOwnTopics = false

  /// The template of the id, as it is written.
  var template: String {
    switch id {
    case .levels(let levels): levels.map { "{\($0 + 1)}" }.joined(separator: "-")
    case .path(let path, let level): "{\(path.description)\(level.map { ":\($0)" } ?? "")}"
    case .fixed(let text): text
    }
  }

  /// Whose a topic is, where the topic says it.
  func id(of levels: [String]) -> String? {
    switch id {
    case .levels(let places):
      places.allSatisfy { $0 < levels.count }
        ? places.map { levels[$0] }.joined(separator: "-") : nil
    case .path: nil
    case .fixed(let text): text
    }
  }

  /// One field for each metric, the best, with how it is read.
  var best: [(field: HeardField, guess: UnitGuess?, values: HeardField)] {
    var best: [(field: HeardField, guess: UnitGuess?, values: HeardField)] = []
    for metric in Metric.allCases {
      var kinds: [(field: HeardField, guess: UnitGuess?, values: HeardField)] = []
      for field in fields where field.metric == metric {
        let (tail, path) = (field.levels.dropFirst(prefix.count), field.path)
        guard
          !kinds.contains(where: {
            $0.field.levels.dropFirst(prefix.count) == tail && $0.field.path == path
          })
        else { continue }
        var all = field
        for other in fields
        where other.metric == metric && other.path == path
          && other.levels.dropFirst(prefix.count) == tail && other.topic != field.topic
        {
          all.values += other.values
          all.unit = all.unit ?? other.unit
          all.hasComma = all.hasComma || other.hasComma
        }
        if metric == .running {
          if StateWords(all) != nil { kinds.append((field, nil, all)) }
        } else if let guess = UnitGuess.of(
          metric,
          FieldName(field.names.last ?? ""),
          said: all.unit,
          isInText: all.isUnitInText,
          all.numbers
        ) {
          kinds.append((field, guess, all))
        }
      }
      let first = kinds.max { Self.rank($0) < Self.rank($1) }
      if let first { best.append(first) }
    }
    return best
  }

  private static func rank(
    _ kind: (field: HeardField, guess: UnitGuess?, values: HeardField)
  ) -> Int {
    let name = FieldName(kind.field.names)
    let isShare = kind.guess?.unit == "%" || kind.values.unit == "%"
    return (kind.field.isPlain ? 1_000 : 0) + (kind.guess?.isSure == true ? 300 : 0)
      + (isShare ? 200 : 0) + (name.has(["total", "sensor"]) ? 100 : 0)
      + (name.has(["estimat"]) ? -500 : 0) - name.text.count
  }
}

/// The words of a state, sorted by what they say of an engine.
struct StateWords {
  var on: [String] = []
  var off: [String] = []

  private static let onWords = [
    "running", "run", "on", "true", "yes", "loaded", "exercising", "cranking", "cooling",
    "cooling down", "lauft", "laeuft",
    "ein", "en marche", "marche", "encendido", "en marcha", "ligado", "in funzione", "acceso",
    "draait", "warming up", "started",
    "running in warning", "running in alarm", "on load", "warmup", "in betrieb", "betrieb",
  ]
  private static let offWords = [
    "stopped", "stop", "off", "false", "no", "ready", "not ready", "standby", "idle", "aus",
    "steht", "arret", "arrete", "apagado",
    "parado", "desligado", "fermo", "spento", "uit", "off - ready", "stopped in alarm", "shutdown",
    "prestart", "gestoppt", "bereit",
    "detenido", "at rest",
  ]

  /// Nil unless all that was heard is known.
  init?(_ field: HeardField) {
    for word in field.words {
      var plain = ""
      for character in word.lowercased() {
        plain += character.isASCII ? String(character) : FieldName(String(character)).text
      }
      if Self.onWords.contains(plain) {
        on.append(word)
      } else if Self.offWords.contains(plain) {
        off.append(word)
      } else {
        return nil
      }
    }
    let numbers = field.numbers
    guard numbers.allSatisfy({ $0 == 0 || $0 == 1 }) else { return nil }
    if !numbers.isEmpty {
      on.append("1")
      off.append("0")
    }
    guard !on.isEmpty || !off.isEmpty else { return nil }
    if on.isEmpty {
      on = off.contains("OFF") ? ["ON"] : off.contains("false") ? ["true"] : ["Running"]
    }
    if off.isEmpty {
      off = on.contains("ON") ? ["OFF"] : on.contains("true") ? ["false"] : ["Stopped"]
    }
  }
}
