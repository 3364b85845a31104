internal import Model

/// What a field is called where it has a metric, in the field's usual spellings.
///
/// English, German, French, Spanish, Portuguese, Italian, Dutch and Polish; sources are public code and payloads.
struct MetricNames {
  var metric: Metric
  /// One of each group is in the name.
  var all: [[String]]
  /// None of these is.
  var none: [String] = []
  /// Nor is any of these a word of it.
  var noWords: [String] = []
  /// Whether the name says it without doubt.
  var isPlain = true

  /// What such names never are: bounds, sums and what is not active power.
  private static let never = [
    "max", "min", "maximum", "minimum", "setpoint", "threshold", "limit", "rated", "nominal",
    "alarm",
    "warning", "fault", "forecast", "target", "cost", "price", "grid", "mains", "utility", "netz",
    "solar",
    "pv", "trend", "delta", "avg", "average", "id", "version", "mode",
  ]
  private static let neverIn = [
    "setpoint", "threshold", "reactive", "apparent", "schein", "blind", "aparente", "aparenta",
    "kva", "kwh", "factor", "cosphi", "pozorna", "solar", "inverter", "rssi", "signal", "wifi",
    "cpu",
  ]

  private static let fuels = [
    "fuel", "diesel", "gasoil", "gazole", "kraftstoff", "carburant", "combustible", "combustivel",
    "brandstof", "paliw", "oilval", "treibstoff",
  ]
  private static let batteries = [
    "batt", "bateria", "accu", "akku", "akumulator", "starter",
  ]
  private static let volts = [
    "volt", "spannung", "tension", "tensao", "napiecie", "spanning", "battv",
  ]
  private static let tanks =
    fuels + ["tank", "estanque", "reservoir", "tanque", "serbatoio", "baku"]
  private static let sizes = ["capaci", "pojemnosc", "size", "inhoud", "volumemax"]
  private static let temperatures = ["temp"]

  private static let rows: [MetricNames] = [
    MetricNames(
      metric: .tank,
      all: [tanks, sizes],
      none: ["water", "wasser", "remaining", "agua", "eau"]
    ),
    MetricNames(
      metric: .fuel,
      all: [fuels],
      none: temperatures + sizes + [
        "press", "druck", "presion", "type", "typ", "consum", "verbrauch", "used", "economy",
        "flow",
        "pump", "valve", "filter", "hour", "autonomy", "burn", "leak", "water", "density", "switch",
        "relay", "solenoid", "stunden", "consommation", "debit", "caudal",
      ],
      noWords: [
        "rate", "time", "minutes", "state", "status", "usage", "lph", "gph", "h", "rail", "low",
        "ok",
      ]
    ),
    MetricNames(
      metric: .batteryVoltage,
      all: [batteries, volts],
      none: ["charger", "charging", "current"]
    ),
    MetricNames(
      metric: .batteryVoltage,
      all: [batteries],
      none: [
        "charg", "current", "level", "percent", "soc", "soh", "state", "status", "temp", "nivel",
        "niveau",
        "stand", "health", "low", "capac", "pct", "power", "count", "time", "hour", "starts",
      ],
      isPlain: false
    ),
    MetricNames(
      metric: .oilPressure,
      all: [
        ["oil", "oel", "oldruck", "aceite", "huile", "oleo", "olio", "olie", "oleju"],
        ["press", "druck", "presion", "druk", "cisnien"],
      ],
      none: ["temp", "hydraul", "switch", "sender"]
    ),
    MetricNames(
      metric: .temperature,
      all: [
        [
          "coolant", "kuhlwasser", "kuhlmittel", "refroidissement", "refrigerant", "koelwater",
          "arrefecimento",
        ]
      ],
      none: ["level", "press", "flow", "stand", "niveau", "nivel", "switch"]
    ),
    MetricNames(
      metric: .temperature,
      all: [
        ["engine", "motor", "moteur", "silnik", "watertemp", "wassertemp", "aguatemp", "agua"],
        temperatures,
      ],
      none: [
        "oil", "exhaust", "intake", "bearing", "room", "bay", "huile", "aceite", "abgas", "tank",
        "oleo",
      ]
    ),
    MetricNames(
      metric: .temperature,
      all: [temperatures],
      none: [
        "oil", "exhaust", "intake", "bearing", "room", "bay", "ambient", "outside", "outdoor",
        "air", "board",
        "winding", "alternator", "abgas", "ambiente", "exterior", "fuel", "umgebung", "batt",
        "inlet",
        "device", "controller", "panel", "huile", "aceite", "template", "oleo", "olio", "freezer",
        "fridge", "unit",
        "set", "tank", "case", "housing", "außen", "aussen", "innen", "indoor", "humidity",
      ],
      isPlain: false
    ),
    MetricNames(
      metric: .runHours,
      all: [
        [
          "runhour", "enginehour", "runtimehour", "hourmeter", "operatinghour", "betriebsstunden",
          "heuresmoteur", "heuremoteur", "heurefonctionnement", "heuresfonctionnement",
          "heuresdefonctionnement", "heuresdemarche",
          "tiempofuncionamiento", "horasdefuncionamiento", "horasfuncionamiento", "horasmotor",
          "horasdemotor",
          "horometro", "horastrabalhadas", "horimetro", "oremotore", "orefunzionamento",
          "oredifunzionamento", "contaore",
          "draaiuren", "motoruren", "motogodziny", "ottotal", "motorstunden", "laufstunden",
          "runninghour", "hoursrun",
          "enginehrs", "runhrs", "motorusetime", "totalruntime", "runtimetotal", "engineruntime",
          "enginerun", "horasmarcha",
          "horasdemarcha", "hoursofoperation", "compteurhoraire",
        ]
      ],
      none: [
        "remain", "left", "since", "service", "until", "next", "wartung", "rest", "last", "today",
        "status", "state", "enginerunning",
      ]
    ),
    MetricNames(
      metric: .load,
      all: [
        [
          "engineload", "loadpct", "loadperc", "loadlevel", "auslastung", "tauxcharge",
          "tauxdecharge", "chargemoteur", "cargamotor",
          "carico", "motorbelasting", "belasting", "obciazenie", "loadp", "generatorload",
          "gensetload", "motorload", "porcentajecarga",
          "carga", "percentload", "genload", "outputload",
        ]
      ],
      none: ["batt", "bateria", "download", "upload", "bank", "shed", "payload", "descarga"],
      noWords: ["state", "status", "current", "system"]
    ),
    MetricNames(
      metric: .power,
      all: [
        [
          "activepower", "wirkleistung", "puissanceactive", "potenciaactiva", "potenciaativa",
          "potenzaattiva", "moccynna",
          "actualpower", "outputpower", "generatorpower", "gensetpower", "realpower", "totalpower",
          "pgenkw", "loadkw", "powerkw", "totalkw",
          "kwtotal", "acpower", "apower", "producaoatual", "potenciatotal", "leistung", "puissance",
          "potencia", "potenza",
          "generatorloadw", "power", "vermogen",
        ]
      ],
      none: batteries + [
        "fuel", "supply", "button", "powerstate", "poweron", "poweroff", "powerfail", "powersave",
        "voltage", "outmax", "maxpower", "failure", "stunden", "hour",
      ],
      noWords: [
        "on", "off", "status", "state", "l1", "l2", "l3", "dc", "rated", "source", "up", "cycle",
      ]
    ),
    MetricNames(
      metric: .frequency,
      all: [["freq", "frec"]],
      none: ["rf", "channel", "update", "sampl"],
      noWords: ["interval"]
    ),
    MetricNames(
      metric: .voltage,
      all: [volts],
      none: batteries + [
        "supply", "sensor", "sender", "charger", "aux", "adc", "dcvolt", "imbalance", "unbalance",
      ],
      noWords: [
        "l2", "l3", "l12", "l23", "l31", "l2n", "l3n", "b", "c", "dc", "input", "bus", "2", "3",
        "pin",
      ]
    ),
    MetricNames(
      metric: .running,
      all: [
        [
          "enginestate", "runstatus", "running", "generatorstate", "motorstate", "motorlauft",
          "estadomotor", "motorligado",
          "enmarche", "enginestatus", "genstate", "gensetstate", "runstate", "isrunning",
          "enmarcha", "laeuft", "lauft", "etatmoteur",
          "motorstatus", "motorzustand", "generatorstatus", "gensetstatus", "engineon", "enginerun",
          "estadogenerador",
        ]
      ],
      none: ["hour", "time", "runninghour"]
    ),
  ]

  /// Names that are a metric as they are.
  private static let exact: [String: (metric: Metric, isPlain: Bool)] = [
    "lat": (.latitude, true), "latitude": (.latitude, true), "gpslat": (.latitude, true),
    "latitud": (.latitude, true),
    "breitengrad": (.latitude, true), "positionlat": (.latitude, true),
    "positionlatitude": (.latitude, true),
    "gpslatitude": (.latitude, true), "locationlat": (.latitude, true),
    "lon": (.longitude, true), "lng": (.longitude, true), "long": (.longitude, true),
    "longitude": (.longitude, true),
    "gpslon": (.longitude, true), "gpslng": (.longitude, true), "longitud": (.longitude, true),
    "langengrad": (.longitude, true),
    "laengengrad": (.longitude, true), "positionlon": (.longitude, true),
    "positionlongitude": (.longitude, true),
    "gpslongitude": (.longitude, true), "locationlon": (.longitude, true),
    "kw": (.power, true), "p": (.power, false), "pac": (.power, false), "wirkl": (.power, true),
    "watts": (.power, true),
    "load": (.load, false), "last": (.load, false), "charge": (.load, false),
    "belastung": (.load, false),
    "hz": (.frequency, true), "fac": (.frequency, false), "f": (.frequency, false),
    "uac": (.voltage, false),
    "u": (.voltage, false), "v": (.voltage, false), "hours": (.runHours, false),
    "mth": (.runHours, false), "enginehours": (.runHours, true),
    "runtime": (.runHours, false), "stunden": (.runHours, false), "heures": (.runHours, false),
    "horas": (.runHours, false),
    "battv": (.batteryVoltage, true), "vbat": (.batteryVoltage, true),
    "ubatt": (.batteryVoltage, true), "vbatt": (.batteryVoltage, true),
    "oil": (.oilPressure, false), "marche": (.running, true),
    "level": (.fuel, false), "tanklevel": (.fuel, false), "fullstand": (.fuel, false),
    "niveau": (.fuel, false), "nivel": (.fuel, false),
    "tankfullstand": (.fuel, false), "tankinhalt": (.fuel, false), "tankstand": (.fuel, false),
    "niveaucuve": (.fuel, false),
    "remaining": (.fuel, false), "litresremaining": (.fuel, false),
    "litersremaining": (.fuel, false), "tankpct": (.fuel, false),
    "tankpercent": (.fuel, false), "tank": (.fuel, false), "niveaureservoir": (.fuel, false),
    "niveltanque": (.fuel, false),
    "livello": (.fuel, false), "livelloserbatoio": (.fuel, false),
    "tanklevelpercent": (.fuel, false), "niveldeposito": (.fuel, false),
    "capacity": (.tank, false), "water": (.temperature, false),
  ]

  /// The metric of a name in its surroundings; nil for a name that is none.
  ///
  /// - Parameters:
  ///   - names: What the value and what it stands in are called, from the outside in.
  ///   - hasEngine: Whether a generator is spoken of all around.
  /// - Returns: The metric, and whether the name says it without doubt.
  static func metric(of names: [String], hasEngine: Bool) -> (metric: Metric, isPlain: Bool)? {
    guard let last = names.last else { return nil }
    let own = FieldName(last)
    let whole = FieldName(Array(names.suffix(3)))
    // What a value is called says most, then with what it stands in.
    for name in [own, FieldName(Array(names.suffix(2))), whole] {
      if name.hasWord(never) || name.has(neverIn) { return nil }
      for row in rows where row.matches(name) {
        guard row.isPlain || hasEngine else { continue }
        if row.matchesNone(of: whole) { continue }
        guard row.metric == .load else { return (row.metric, row.isPlain) }
        // `load_kw` is power, `load_a` a current.
        if name.hasWord(["a", "amps", "current"]) { return nil }
        return (name.hasWord(["kw", "w", "watts"]) ? .power : .load, row.isPlain)
      }
      if let exact = exact[name.text] {
        guard exact.isPlain || hasEngine, !isOther(exact.metric, whole) else { return nil }
        return exact
      }
    }
    let isState = ["state", "status", "zustand", "etat", "estado"].contains(own.text)
    return isState && hasEngine ? (.running, false) : nil
  }

  /// Whether the surroundings say that it is something else: a tank of water, what a phone has left.
  private static func isOther(_ metric: Metric, _ name: FieldName) -> Bool {
    switch metric {
    case .fuel, .tank:
      name.has([
        "water", "wasser", "agua", "eau", "batt", "oil", "rain", "cistern", "waste", "sewage",
        "signal", "adblue",
        "def", "urea", "coolant", "septic", "sump", "silo", "sound", "noise", "light", "log",
        "acqua", "refroid",
      ])
    case .temperature, .oilPressure: name.has(["fuel", "diesel"])
    default: name.has(["batt", "download", "cpu", "wifi"])
    }
  }

  private func matches(_ name: FieldName) -> Bool {
    all.allSatisfy(name.has) && !name.has(none) && !name.hasWord(noWords)
  }

  private func matchesNone(of name: FieldName) -> Bool {
    name.has(Self.neverIn)
      || metric == .fuel && name.hasWord(["water", "rate", "consumption", "pressure", "type"])
  }

  /// Words that say that a generator is spoken of.
  static func speaksOfEngine(_ name: FieldName) -> Bool {
    name.has([
      "generator", "genset", "fuel", "diesel", "kraftstoff", "carburant", "combustible",
      "combustivel",
      "stromaggregat", "notstrom", "netzersatz", "aggregat", "groupeelectrogene",
      "grupoelectrogeno", "generador", "gerador",
      "coolant", "oilpress", "enginehour", "betriebsstunden", "runhour", "horometro", "horimetro",
      "gruppoelettrogeno",
      "oldruck", "kuhlwasser", "generateur", "combustivel", "brandstof", "gasoil", "enginerun",
      "horasmotor",
    ])
      || FieldName(name.words.map { $0.filter { !$0.isNumber } }).hasWord([
        "engine", "gen", "gens", "nea", "dg", "dse",
      ])
  }
}
