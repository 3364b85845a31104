/// A unit that values come in, and how it becomes the base unit of its quantity.
///
/// Factors: reference of NIST SP 811; spellings as fleets have them.
public struct SourceUnit: Hashable, Sendable {
  /// The base unit of each is its raw value.
  public enum Quantity: String, CaseIterable, Sendable {
    case percent = "%"
    case volume = "L"
    case power = "kW"
    case temperature = "°C"
    case pressure = "kPa"
    case duration = "h"
    case voltage = "V"
    case frequency = "Hz"
    case angle = "°"
  }

  public let quantity: Quantity
  /// The value in the base unit is `value * factor + offset`.
  public let factor: Double
  public let offset: Double

  /// The unit of a spelling; nil if it is none that is known.
  ///
  /// Compared with case first, then without.
  public init?(_ spelling: String) {
    guard let unit = Self.exact[spelling] ?? Self.folded[spelling.lowercased()] else { return nil }
    self = unit
  }

  private init(_ quantity: Quantity, _ factor: Double, _ offset: Double = 0) {
    (self.quantity, self.factor, self.offset) = (quantity, factor, offset)
  }

  public func convert(_ value: Double) -> Double { value * factor + offset }

  private static let rows: [(spellings: [String], unit: SourceUnit)] = [
    (["%", "pct", "percent"], SourceUnit(.percent, 1)),
    (["fraction"], SourceUnit(.percent, 100)),
    (["tenths of %", "‰"], SourceUnit(.percent, 0.1)),
    (["L", "ltr", "liter", "liters", "litre", "litres", "dm3", "dm³"], SourceUnit(.volume, 1)),
    (["m3", "m³"], SourceUnit(.volume, 1_000)),
    (["gal", "gallon", "gallons", "US gal", "gal (US)"], SourceUnit(.volume, 3.785411784)),
    (["UK gal", "imp gal"], SourceUnit(.volume, 4.54609)),
    (["ft3", "ft³"], SourceUnit(.volume, 28.316846592)),
    (["W", "watt", "watts"], SourceUnit(.power, 0.001)),
    (["kW", "kilowatt", "kilowatts"], SourceUnit(.power, 1)),
    (["MW", "megawatt"], SourceUnit(.power, 1_000)),
    (["hp"], SourceUnit(.power, 0.745699872)),
    (["PS", "CV"], SourceUnit(.power, 0.73549875)),
    (["°C", "C", "Cel", "ºC", "deg C"], SourceUnit(.temperature, 1)),
    (["°F", "F", "ºF", "deg F"], SourceUnit(.temperature, 1 / 1.8, -32 / 1.8)),
    (["K"], SourceUnit(.temperature, 1, -273.15)),
    (["kPa"], SourceUnit(.pressure, 1)),
    (["Pa"], SourceUnit(.pressure, 0.001)),
    (["hPa", "mbar"], SourceUnit(.pressure, 0.1)),
    (["bar"], SourceUnit(.pressure, 100)),
    (["psi", "psig"], SourceUnit(.pressure, 6.894757293)),
    (["kgf/cm2", "kg/cm²", "kg/cm2"], SourceUnit(.pressure, 98.0665)),
    (["atm"], SourceUnit(.pressure, 101.325)),
    (["inHg"], SourceUnit(.pressure, 3.386389)),
    (["h", "hrs", "hour", "hours", "Std", "Std."], SourceUnit(.duration, 1)),
    (["min", "minutes"], SourceUnit(.duration, 1.0 / 60)),
    (["s", "sec", "seconds"], SourceUnit(.duration, 1.0 / 3_600)),
    (["V", "volt", "volts"], SourceUnit(.voltage, 1)),
    (["mV"], SourceUnit(.voltage, 0.001)),
    (["Hz", "hertz"], SourceUnit(.frequency, 1)),
    (["°", "deg"], SourceUnit(.angle, 1)),
  ]

  private static let exact = Dictionary(
    rows.flatMap { row in row.spellings.map { ($0, row.unit) } },
    uniquingKeysWith: { first, _ in first }
  )

  /// Spellings that differ by case alone mean the first of them.
  private static let folded = Dictionary(
    rows.flatMap { row in row.spellings.map { ($0.lowercased(), row.unit) } },
    uniquingKeysWith: { first, _ in first }
  )

  /// A spelling for each unit, for messages.
  public static let spellings = rows.map { $0.spellings[0] }
}
