internal import Model

/// Which announced values are a metric: by their unit, their class and the words of their name.
///
/// Words are looked for in a text of lower case whose words have one blank before and behind each: `" fuel"` begins a
/// word, `" kw "` is one, `füll` stands anywhere.
struct AnnouncedMetric: Sendable {
  let metric: Metric
  /// One of these has to be in the name.
  let words: [String]
  /// And one of these, if there are any.
  var also: [String] = []
  /// None of these.
  var others: [String] = []
  /// Device classes that it may have; it may have none at all as well.
  var classes: Set<String> = []
  /// Whether it may come without a unit, and then counts in the base unit.
  var mayLackUnit = false
  /// What is beyond these is not known, in the base unit.
  var bounds: (Double, Double)?
  /// Quantities of the metric that it is not told in.
  var except: Set<SourceUnit.Quantity> = []

  /// What is set or computed, not measured.
  private static let settings = [
    " nominal", " rated", " min ", " minimum", " max ", " maximum", " limit", " threshold",
    " setpoint", " set point",
    " target", " alarm", " warning", " fault", " forecast", " average", " pickup", " soll",
  ]
  /// Of the mains rather than the generator.
  private static let mains = [
    " utility", " mains", " grid", " netz", " solar", " pv ", " house", " haus", " input",
    " charger", " battery",
    " batterie", " transformer", " import", " export",
  ]
  static let fuelWords = [
    " fuel", "diesel", " petrol", " gasoline", " lpg ", " propane", " carburant", " combustible",
    "kraftstoff", "treibstoff",
    " tankinhalt", " tankfüllstand", " tankfuellstand", " brandstof", " bränsle", " gasoil",
    " gasolio", " paliwo",
    " топливо",
  ]
  private static let notFuel = [
    " consumption", " consumed", " verbrauch", " rate", " used", " usage", " cost", " price",
    " temp", " pressure",
    " druck", " flow", " cpu", " memory", " battery", " voltage", " type", " humidity", " capacity",
    " size",
    " signal", " wifi", " saved", " total", " economy", " load", " trim", " linkquality", " disk",
    " ethanol", " water",
  ]
  private static let engines = [
    " engine", " generator", " genset", " gen ", " motor", " aggregat", " generador", " groupe",
  ]

  /// The better ones of a metric first.
  static let rows: [AnnouncedMetric] = [
    AnnouncedMetric(
      metric: .fuel,
      words: fuelWords,
      others: notFuel,
      classes: ["battery"],
      bounds: (0, 130),
      except: [.volume]
    ),
    AnnouncedMetric(
      metric: .fuel,
      words: fuelWords,
      others: notFuel,
      classes: ["volume_storage", "volume", "gas"],
      except: [.percent]
    ),
    AnnouncedMetric(
      metric: .tank,
      words: [" tank"] + fuelWords,
      also: [" capacity", " size", "größe", "groesse", " capacité", " capacidad"],
      others: [" water", " battery"],
      classes: ["volume_storage", "volume"]
    ),
    AnnouncedMetric(
      metric: .load,
      words: [" load", "auslastung"],
      others: [" cpu", " memory", " system", " ram ", " disk", " battery", " average", " shed"],
      classes: ["power_factor"]
    ),
    AnnouncedMetric(
      metric: .power,
      words: [" total", " output", " active", " actual"] + engines,
      others: mains + phases + notPower,
      classes: ["power"]
    ),
    AnnouncedMetric(
      metric: .power,
      words: [" power", " leistung", " puissance", " potencia", " watt"],
      others: mains + phases + notPower,
      classes: ["power"]
    ),
    AnnouncedMetric(
      metric: .temperature,
      words: [
        " coolant", "kühlwasser", "kuehlwasser", "kühlmittel", "kuehlmittel", " jacket",
        " refroidissement", " refrigerante",
      ],
      classes: ["temperature"]
    ),
    AnnouncedMetric(
      metric: .temperature,
      words: engines + [" temperature "],
      others: [
        " oil", " öl", " exhaust", " abgas", " ambient", " room", " outside", " outdoor", " cpu",
        " board", " chip", " fuel", " intake",
        " air", " battery", " box", " cabinet", " inlet", " internal", " controller", " device",
        " winding", " bearing", " alternator",
        " garage", " soil", " tank", " water", " esp",
      ],
      classes: ["temperature"]
    ),
    AnnouncedMetric(
      metric: .voltage,
      words: [" output", " ac "] + engines,
      others: mains + [" starter", " dc ", " alternator", " charge", " supply", " control"],
      classes: ["voltage"]
    ),
    AnnouncedMetric(
      metric: .voltage,
      words: [" voltage ", " spannung ", " l1 ", " l1n ", " phase a ", " phase 1 "],
      others: mains + [
        " starter", " dc ", " alternator", " charge", " supply", " control", " l2", " l3",
      ],
      classes: ["voltage"]
    ),
    AnnouncedMetric(
      metric: .frequency,
      words: [" frequency", " frequenz", " fréquence", " frecuencia", " hz ", " freq"],
      others: [" utility", " mains", " grid", " netz", " cpu"],
      classes: ["frequency"],
      bounds: (0, 100)
    ),
    AnnouncedMetric(
      metric: .batteryVoltage,
      words: [
        " battery", " starter", " batterie", "batteriespannung", " batería", " accu", " akku",
        " batt ",
      ],
      others: [" low", " high", " solar", " house", " charger", " cell", " cutoff"],
      classes: ["voltage"]
    ),
    AnnouncedMetric(
      metric: .oilPressure,
      words: [" oil", " öldruck", " oeldruck", " huile", " aceite", " olio"],
      classes: ["pressure"]
    ),
    AnnouncedMetric(
      metric: .runHours,
      words: [
        " run hours", " engine hours", " runtime", " run time", " operating hours",
        " running hours", " running time", " hours run",
        " hour meter", " hourmeter", " total hours", " runhours", " betriebsstunden",
        " motorstunden", " laufzeit",
        " heures de marche", " heures moteur", " horas de", " hobbs",
      ],
      others: [
        " monitor", " remaining", " since", " until", " next", " last", " due", " exercise",
        " uptime", " today", " daily", " week",
        " month", " yesterday", " filter", " compressor", " pump", " fan ", " lamp", " heater",
        " heating", " burner", " boiler",
        " light", " hvac", " washer", " mower", " vacuum", " battery", " estimated", " to empty",
      ],
      classes: ["duration"],
      mayLackUnit: true
    ),
    AnnouncedMetric(
      metric: .latitude,
      words: [" latitude", " breitengrad"],
      mayLackUnit: true
    ),
    AnnouncedMetric(
      metric: .longitude,
      words: [" longitude", " längengrad"],
      mayLackUnit: true
    ),
  ]

  private static let phases = [
    " l1", " l2", " l3", " phase a", " phase b", " phase c", " phase 1", " phase 2", " phase 3",
  ]
  private static let notPower = [" apparent", " reactive", " factor", " log", " peak", " today"]

  /// Words of an engine's state, with what has to be in the name of the value or of its device.
  static let state = AnnouncedMetric(
    metric: .running,
    words: [
      " running", " state", " status", " run ", " läuft", " betrieb", " zustand", " marche",
      " estado", " switch state",
    ],
    also: engines,
    others: [
      " fuel", " battery", " alarm", " utility", " mains", " grid", " outage", " wifi",
      " connection", " update",
      " health", " charger", " online", " oil", " coolant", " switch", " last", " log", " monitor",
      " stats", " door", " relay",
    ]
  )

  /// What engines say of themselves, as genmon and controllers have it.
  static let runningWords = [
    "on", "true", "running", "running in warning", "running in alarm", "exercising", "cranking",
    "loaded", "cooling", "cooling down",
    "läuft", "started",
  ]
  static let stoppedWords = [
    "off", "false", "off - ready", "stopped", "stopped in alarm", "ready", "not ready", "prestart",
    "stop", "shutdown",
    "standby", "idle", "aus",
  ]

  /// Whether a text of words is of it.
  func isNamed(_ text: String) -> Bool {
    words.contains(where: text.contains) && (also.isEmpty || also.contains(where: text.contains))
      && !others.contains(where: text.contains) && !Self.settings.contains(where: text.contains)
  }

  /// Whether it is told in such a unit.
  func counts(in unit: SourceUnit?) -> Bool {
    guard let unit else { return mayLackUnit }
    return metric.row.quantities.contains(unit.quantity) && !except.contains(unit.quantity)
  }

  /// Whether a device that announces it is a generator.
  static func makesGenerator(_ metric: Metric) -> Bool {
    metric == .fuel || metric == .runHours || metric == .running
  }

  /// A text with one blank before and behind each of its words, in lower case.
  static func words(of text: String) -> String {
    var words = " "
    for scalar in text.lowercased().unicodeScalars.prefix(256) {
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || scalar.properties.generalCategory == .nonspacingMark
      {
        words.unicodeScalars.append(scalar)
      } else if !words.hasSuffix(" ") {
        words += " "
      }
    }
    return words.hasSuffix(" ") ? words : words + " "
  }
}
