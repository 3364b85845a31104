internal import Model

/// A value that a topic carries, with all that was heard of it.
struct HeardField {
  var levels: [String]
  /// Nil if the whole payload is the value.
  var path: JSONPath?
  /// What it is called, from the outside in.
  var names: [String]
  /// How many levels of the topic are part of that name.
  var namedLevels = 0
  var values: [LeafValue] = []
  var unit: String?
  var isUnitInText = false
  var hasComma = false
  var metric: Metric?
  var isPlain = true

  var topic: String { levels.joined(separator: "/") }

  /// A number as people write it, with what stands behind it; nil if it does not begin with one.
  static func number(_ text: String) -> (value: Double, unit: String, hasComma: Bool)? {
    let text = text.drop { $0.isWhitespace }
    let digits = text.prefix { $0.isASCII && ($0.isNumber || "+-.,eE".contains($0)) }
    var number = digits
    while let last = number.last, !last.isNumber { number = number.dropLast() }
    let rest = text[number.endIndex...].drop { $0.isWhitespace }
    let unit = String(rest.reversed().drop { $0.isWhitespace }.reversed())
    let isComma = number.contains(",") && !number.contains(".")
    guard !number.isEmpty, unit.count <= 8,
      let value = Double(String(isComma ? number.replacing(",", with: ".") : number)),
      unit.isEmpty || SourceUnit(unit) != nil
        || !unit.contains(where: { $0.isNumber || "-:/.".contains($0) })
    else { return nil }
    return (value, unit, isComma)
  }

  /// All values that are numbers.
  var numbers: [Double] {
    values.compactMap { value in
      switch value {
      case .number(let number): number
      case .text(let text): Self.number(text)?.value
      case .word, .null: nil
      }
    }
  }

  /// All values that are words, each once.
  var words: [String] {
    var words: [String] = []
    for value in values {
      let word: String? =
        switch value {
        case .text(let text): Self.number(text) == nil && !text.isEmpty ? text : nil
        case .word(let word): word ? "true" : "false"
        case .number, .null: nil
        }
      if let word, !words.contains(word), words.count < 32 { words.append(word) }
    }
    return words
  }

  mutating func add(_ leaf: LeafValue, _ unit: String?) {
    values.append(leaf)
    if let unit { self.unit = unit }
    if case .text(let text) = leaf, let number = Self.number(text) {
      if !number.unit.isEmpty { (self.unit, isUnitInText) = (number.unit, true) }
      hasComma = hasComma || number.hasComma
    }
  }
}

/// All fields of the messages, by topic.
struct HeardFields {
  private(set) var fields: [HeardField] = []
  /// The payloads of topics that carry a word and no JSON.
  private(set) var bare: [String: [String]] = [:]
  /// Topics whose messages have lists of samples.
  private(set) var listTopics: Set<String> = []
  private var places: [String: Int] = [:]
  private var units: [String: String] = [:]
  private static let most = 40_000

  init(_ messages: [HeardMessage]) {
    for message in messages { take(message) }
    for index in fields.indices where fields[index].unit == nil {
      // A topic beside it may say the unit.
      let above = fields[index].levels.dropLast().joined(separator: "/")
      if fields[index].levels.last == "value" { fields[index].unit = units[above] }
    }
    takeSaidUnits()
  }

  /// Levels that say only that a value stands there.
  static let plain: Set<String> = ["value", "state", "val", "current", "status", "reading", "raw"]

  private mutating func take(_ message: HeardMessage) {
    let levels = message.topic.split(separator: "/", omittingEmptySubsequences: false)
      .map(String.init)
    if levels.first == "$SYS" || levels.first == "spBv1.0" || levels.last == "config" { return }
    if let document = JSONLeaves(message.payload) {
      if document.hasSamples { listTopics.insert(message.topic) }
      for leaf in document.leaves {
        var names = leaf.names
        let isRoot = leaf.path.steps.isEmpty
        var named = 0
        // `{"value": 1}` on a topic of its own is called as the topic is.
        if isRoot { (names, named) = Self.name(levels) }
        add(leaf.value, leaf.unit, levels, isRoot ? nil : leaf.path, names, named)
      }
      return
    }
    let text = String(decoding: message.payload, as: UTF8.self)
    guard !text.isEmpty, text.count <= 200, !text.unicodeScalars.contains("\u{FFFD}") else {
      return
    }
    bare[message.topic, default: []].append(text)
    if levels.last == "unit" { units[levels.dropLast().joined(separator: "/")] = text }
    if levels.last == "unit" || levels.last == "type" { return }
    let (names, named) = Self.name(levels)
    add(Self.scalar(text), nil, levels, nil, names, named)
  }

  private static func scalar(_ text: String) -> LeafValue {
    if let number = Double(text), number.isFinite { return .number(number) }
    return .text(text)
  }

  /// What a value on a topic of its own is called, and how many levels say it.
  private static func name(_ levels: [String]) -> (names: [String], count: Int) {
    var own = levels[...]
    var count = 1
    if own.count > 1, let last = own.last, plain.contains(last.lowercased()),
      // `G01/State` is a state, `fuel/state` the value of fuel.
      last.lowercased() == "value"
        || MetricNames.metric(of: Array(own.dropLast().suffix(3)), hasEngine: true) != nil
    {
      own = own.dropLast()
      count = 2
    }
    return (Array(own.suffix(3)), min(count, levels.count))
  }

  private mutating func add(
    _ value: LeafValue,
    _ unit: String?,
    _ levels: [String],
    _ path: JSONPath?,
    _ names: [String],
    _ named: Int
  ) {
    let key = levels.joined(separator: "/") + "\u{0}" + (path?.description ?? "")
    guard let place = places[key] else {
      guard fields.count < Self.most else { return }
      places[key] = fields.count
      var field = HeardField(levels: levels, path: path, names: names, namedLevels: named)
      field.add(value, unit)
      fields.append(field)
      return
    }
    fields[place].add(value, unit)
  }

  /// Takes units that stand beside their values, such as `fuel_unit` beside `fuel`.
  private mutating func takeSaidUnits() {
    for index in fields.indices {
      guard fields[index].unit == nil, let path = fields[index].path,
        case .member(let name)? = path.steps.last
      else { continue }
      for ending in ["_unit", "Unit", "_units"] {
        let sibling = JSONPath(path.steps.dropLast() + [.member(name + ending)])
        guard let place = places[fields[index].topic + "\u{0}" + sibling.description],
          case .text(let unit)? = fields[place].values.last
        else { continue }
        fields[index].unit = unit
      }
    }
  }
}
