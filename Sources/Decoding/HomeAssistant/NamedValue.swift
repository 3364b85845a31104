internal import Model

/// What an announcement says of a value that tells which metric it is.
struct NamedValue {
  /// What it turns out to be.
  struct Meaning {
    var metric: Metric
    var rank: Int
    var unit: SourceUnit?
    var bounds: (Double, Double)?
    var flaw: AnnouncementFlaw?
  }

  let name: String
  /// All that a configuration may name it by.
  let spellings: [String]
  /// What it counts in; nil if nothing is said, or nothing that is known.
  let unit: SourceUnit?
  /// What `~` stands for.
  let base: String?
  private let component: String
  private let hasUnit: Bool
  private let deviceClass: String?
  /// The words of its name, and those of its device.
  private let text: String
  private let owner: String

  init(
    _ component: String,
    _ object: String,
    _ fields: AnnouncedFields,
    _ owner: AnnouncedOwner,
    _ document: borrowing SourceDocument
  ) {
    self.component = component
    self.owner = owner.words
    let given = fields.text("name", nil, document)
    let entity = fields.text("default_entity_id", "def_ent_id", document)
    let ids = [
      fields.text("unique_id", "uniq_id", document),
      fields.text("object_id", "obj_id", document),
      entity.map { String($0.split(separator: ".").last ?? "") },
    ].compactMap { $0 }
    name = given.flatMap { $0.isEmpty ? nil : $0 } ?? object
    spellings = ids + [object, name]
    base = fields.text("~", nil, document)
    let unit = fields.text("unit_of_measurement", "unit_of_meas", document) ?? ""
    hasUnit = unit.contains { $0 != " " }
    self.unit = SourceUnit(unit)
    deviceClass = fields.text("device_class", "dev_cla", document)
    let words = AnnouncedMetric.words(of: name)
    // A level of what, the rest tells.
    text =
      Self.vague.contains(words)
      ? words + AnnouncedMetric.words(of: object) + owner.words : words
  }

  private static let vague: Set<String> = [
    " level ", " level sensor ", " füllstand ", " niveau ", " nivel ", " livello ", " stand ",
    " remaining ", " capacity ",
  ]
  /// With one of these, words of fuel are a quantity.
  private static let levels = [
    " level", " stand", " niveau", " nivel", " percent", "füllstand", " remaining",
  ]

  /// The metric that it is by its unit, class and name; nil for none of ours.
  var meaning: Meaning? {
    switch component {
    case "sensor": return measured ?? state
    case "binary_sensor": return state
    default: return nil
    }
  }

  private var measured: Meaning? {
    for (rank, row) in AnnouncedMetric.rows.enumerated() where row.isNamed(text) {
      guard deviceClass.map(row.classes.contains) ?? true else { continue }
      if row.counts(in: unit), unit != nil || !hasUnit {
        // What counts in millivolts is a cell.
        if row.metric == .voltage, let unit, unit.factor < 1 { continue }
        return Meaning(metric: row.metric, rank: rank, unit: unit, bounds: row.bounds)
      }
      let isLevel = Self.levels.contains(where: text.contains)
      if row.metric == .fuel, !hasUnit, isLevel {
        return Meaning(metric: .fuel, rank: rank, flaw: .noUnit)
      }
    }
    return nil
  }

  /// Whether an engine runs.
  private var state: Meaning? {
    let row = AnnouncedMetric.state
    let found = Meaning(metric: .running, rank: AnnouncedMetric.rows.count)
    let isOther = row.others.contains(where: text.contains)
    guard !hasUnit, !isOther else { return nil }
    let isEngine = row.also.contains(where: text.contains)
    if component == "binary_sensor" {
      let isOfEngine = isEngine || row.also.contains(where: owner.contains)
      if deviceClass == "running" { return isOfEngine ? found : nil }
      let isRunning = [" running", " läuft", " run "].contains(where: text.contains)
      let isPlain = deviceClass == nil || deviceClass == "power"
      return isOfEngine && isRunning && isPlain ? found : nil
    }
    guard deviceClass == nil || deviceClass == "enum" else { return nil }
    let isPlain = [" state ", " status "].contains(text)
    let isOfEngine = isEngine || isPlain && row.also.contains(where: owner.contains)
    return isOfEngine && row.words.contains(where: text.contains) ? found : nil
  }

  /// What says that an engine runs, and that it does not.
  func words(
    _ fields: AnnouncedFields,
    _ document: borrowing SourceDocument
  ) -> (running: [String], stopped: [String]) {
    guard component == "binary_sensor" else {
      return (AnnouncedMetric.runningWords, AnnouncedMetric.stoppedWords)
    }
    return (
      [fields.text("payload_on", "pl_on", document) ?? "ON"],
      [fields.text("payload_off", "pl_off", document) ?? "OFF"]
    )
  }
}
