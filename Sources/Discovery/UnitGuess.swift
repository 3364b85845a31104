internal import Model

/// How the numbers of a field are to be read.
struct UnitGuess {
  /// As a source writes it; nil for the base unit, or where each text says it itself.
  var unit: String?
  var scale = 1.0
  var unknown: [ClosedRange<Double>] = []
  var isSure: Bool
  /// What else was noticed, for whoever reads the proposal.
  var note: String?

  /// Numbers by which controllers say that they do not know (Deep Sea GenComm, ComAp, MEBAY).
  private static let sentinels: [ClosedRange<Double>] = [
    65528...65535, 32760...32768, 4_294_967_288...4_294_967_295, 2_147_483_640...2_147_483_648,
    -32768...(-32768),
  ]

  /// The unit that a word in a name stands for.
  private static let words: [String: String] = [
    "pct": "%", "percent": "%", "percentage": "%", "prozent": "%", "porcentaje": "%",
    "pourcentage": "%",
    "pourcent": "%", "procent": "%", "percentuale": "%", "%": "%", "l": "L", "litres": "L",
    "liters": "L", "litre": "L", "liter": "L",
    "litros": "L", "litri": "L", "gal": "gal", "gallons": "gal", "kw": "kW", "w": "W", "watt": "W",
    "watts": "W",
    "mw": "MW", "celsius": "°C", "c": "°C", "f": "°F", "fahrenheit": "°F", "degc": "°C",
    "degf": "°F", "kpa": "kPa", "bar": "bar",
    "psi": "psi", "mbar": "mbar", "v": "V", "volts": "V", "mv": "mV", "hz": "Hz", "h": "h",
    "hours": "h", "hrs": "h",
    "seconds": "s", "sec": "s", "s": "s", "minutes": "min", "mins": "min", "min": "min", "m3": "m3",
    "hp": "hp",
    "stunden": "h", "heures": "h", "horas": "h", "fraction": "fraction", "ratio": "fraction",
  ]

  /// What metrics may be counted in.
  private static func quantities(of metric: Metric) -> [SourceUnit.Quantity] {
    switch metric {
    case .fuel: [.percent, .volume]
    case .tank: [.volume]
    case .load: [.percent]
    case .power: [.power]
    case .temperature: [.temperature]
    case .voltage, .batteryVoltage: [.voltage]
    case .frequency: [.frequency]
    case .oilPressure: [.pressure]
    case .runHours: [.duration]
    default: []
    }
  }

  /// Guesses how a field is read.
  ///
  /// - Parameters:
  ///   - metric: What it may be.
  ///   - name: What it is called.
  ///   - said: The unit that the messages say.
  ///   - isInText: Whether each text says its unit itself.
  ///   - numbers: All that were heard.
  /// - Returns: Nil if the numbers or the unit contradict the metric.
  static func of(
    _ metric: Metric,
    _ name: FieldName,
    said: String?,
    isInText: Bool,
    _ numbers: [Double]
  ) -> UnitGuess? {
    var guess = UnitGuess(unit: nil, isSure: true)
    let bad = sentinels.filter { range in numbers.contains(where: range.contains) }
    let good = numbers.filter { number in !bad.contains { $0.contains(number) } }
    guard let least = good.min(), let most = good.max() else { return nil }
    if metric != .runHours { guess.unknown = bad }
    if metric == .latitude || metric == .longitude {
      return (metric == .latitude ? 90.0 : 180.0) >= max(abs(least), abs(most)) ? guess : nil
    }
    let fitting = quantities(of: metric)
    if let said {
      guard let unit = SourceUnit(said), fitting.contains(unit.quantity) else { return nil }
      if !isInText { guess.unit = said }
      return inRange(metric, unit.convert(least), unit.convert(most)) ? guess : nil
    }
    // The last word that is a unit of it; of another quantity it says that this is not the metric.
    for word in name.words.reversed() {
      guard let spelled = words[word], let unit = SourceUnit(spelled) else { continue }
      if fitting.contains(unit.quantity) {
        if ["f", "c", "s", "min"].contains(word), name.words.count == 1 { break }
        guess.unit = spelled
        if spelled == "V" || spelled == "Hz" || spelled == "%" { break }
        return inRange(metric, unit.convert(least), unit.convert(most)) ? guess : nil
      }
      if ["%", "kW", "W", "kPa", "bar", "psi", "V", "mV", "Hz", "gal"].contains(spelled) {
        return nil
      }
    }
    return guess.byRange(metric, name, least, most, good)
  }

  /// By what the numbers can be.
  private func byRange(
    _ metric: Metric,
    _ name: FieldName,
    _ least: Double,
    _ most: Double,
    _ numbers: [Double]
  ) -> UnitGuess? {
    var guess = self
    let isSaid = unit != nil
    guess.isSure = isSaid
    let areWhole = numbers.allSatisfy { $0 == $0.rounded() }
    switch metric {
    case .fuel, .load:
      guard least >= 0 else { return nil }
      if most <= 1, !areWhole {
        (guess.unit, guess.isSure) = ("fraction", false)
      } else if most <= 130 {
        guess.unit = "%"
        if !isSaid { guess.note = "no unit is said: % since nothing is above 130" }
      } else if most <= 1_000, isSaid {
        (guess.unit, guess.scale, guess.isSure) = ("%", 0.1, false)
      } else if metric == .fuel, !isSaid {
        guess.unit = "L"
        guess.note = "no unit is said: litres since there is more than 130"
      } else {
        return nil
      }
    case .power:
      guess.unit = most > 600 || name.has(["apower", "acpower", "actpower"]) ? "W" : "kW"
      guess.note = "no unit is said: \(guess.unit ?? "") by the size of the numbers"
    case .temperature:
      guard least > -60, most < 300 else { return nil }
      guess.unit = most > 125 ? "°F" : "°C"
      guess.note = most > 125 ? "no unit is said: too hot for °C" : nil
    case .oilPressure:
      guard least >= 0, most < 1_200 else { return nil }
      guess.unit = most <= 12 ? "bar" : most <= 110 ? "psi" : "kPa"
      guess.note = "no unit is said: \(guess.unit ?? "") by the size of the numbers"
    case .batteryVoltage:
      let isNamed =
        name.has(["volt", "spannung", "tension", "tensao", "napiecie", "spanning"])
        || name.hasWord(["v"])
      // `battery: 88` is a percentage.
      if !isNamed, areWhole, most <= 105 { return nil }
      if most >= 80, most <= 600, areWhole { guess.scale = 0.1 }
      if most > 5_000 { guess.unit = "mV" }
      if most < 5 || most > 600 && most <= 5_000 || most > 60_000 { return nil }
      if guess.scale != 1 { guess.note = "in tenths by the size of the numbers" }
    case .voltage:
      if most >= 1_500, most <= 7_000, areWhole { guess.scale = 0.1 }
      guard most == 0 || most >= 80 else { return nil }
    case .frequency:
      if most >= 350, most <= 700 { guess.scale = 0.1 }
      guard most == 0 || guess.scale != 1 || (10...75).contains(most) else { return nil }
    case .runHours:
      guard least >= 0 else { return nil }
      guess.unit =
        most > 300_000 || name.has(["tiempofuncionamiento"])
        ? "s" : name.has(["motorusetime"]) ? "min" : "h"
      if guess.unit != "h" {
        guess.note = "no unit is said: \(guess.unit ?? "") by the size of the numbers"
      }
    case .tank:
      guard most > 0 else { return nil }
      guess.unit = most < 20 ? "m3" : "L"
    default: break
    }
    return guess
  }

  private static func inRange(_ metric: Metric, _ least: Double, _ most: Double) -> Bool {
    switch metric {
    case .fuel: least >= 0
    case .temperature: least > -60 && most < 300
    case .load: least >= -20 && most <= 200
    case .batteryVoltage: most >= 5 && most <= 65
    case .oilPressure, .runHours: least >= 0
    default: true
    }
  }
}
