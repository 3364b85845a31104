/// A colour as a theme names it.
public enum ThemeColor: Equatable, Sendable {
  /// The terminal's own foreground or background.
  case standard
  /// Of the 256 that xterm has.
  case index(UInt8)
  case rgb(red: UInt8, green: UInt8, blue: UInt8)

  /// `default`, a number of 0 to 255, or `#rrggbb`.
  public init?(_ text: String) {
    if text == "default" {
      self = .standard
    } else if let index = UInt8(text) {
      self = .index(index)
    } else if text.hasPrefix("#"), text.utf8.count == 7, !text.contains("+"),
      let number = UInt32(text.dropFirst(), radix: 16)
    {
      self = .rgb(
        red: UInt8(number >> 16),
        green: UInt8(number >> 8 & 0xFF),
        blue: UInt8(number & 0xFF)
      )
    } else {
      return nil
    }
  }

  /// The parts in 0...255; nil for the terminal's own colour.
  var components: RGB? {
    switch self {
    case .standard: nil
    case .index(let index): RGB(index: Int(index))
    case .rgb(let red, let green, let blue):
      RGB(red: Int(red), green: Int(green), blue: Int(blue))
    }
  }
}

/// How many colours the terminal shows.
public enum ColorDepth: Int, CaseIterable, Comparable, Sendable {
  /// Attributes only, also where the user wants no colour.
  case mono = 0
  case eight = 8
  case sixteen = 16
  case palette = 256
  /// Any red, green and blue.
  case trueColor = 16_777_216

  public static func < (one: ColorDepth, other: ColorDepth) -> Bool {
    one.rawValue < other.rawValue
  }
}

/// Red, green and blue in 0...255.
struct RGB: Equatable {
  var red: Int
  var green: Int
  var blue: Int

  private static let cube = [0, 95, 135, 175, 215, 255]

  init(red: Int, green: Int, blue: Int) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// The colour xterm shows for one of its 256 numbers.
  init(index: Int) {
    switch index {
    case ..<16:
      let level = index == 7 ? 229 : index < 8 ? 205 : 255
      let isGrey = index == 8
      self.init(
        red: isGrey ? 127 : index & 1 == 0 ? 0 : level,
        green: isGrey ? 127 : index & 2 == 0 ? 0 : level,
        blue: isGrey ? 127 : index & 4 == 0 ? 0 : level,
      )
    case ..<232:
      let number = index - 16
      self.init(
        red: Self.cube[number / 36],
        green: Self.cube[number / 6 % 6],
        blue: Self.cube[number % 6]
      )
    default:
      let level = 8 + 10 * (index - 232)
      self.init(red: level, green: level, blue: level)
    }
  }

  var isGrey: Bool { max(red, green, blue) - min(red, green, blue) < 40 }

  /// How bright it looks, in 0...255.
  var luma: Int { (299 * red + 587 * green + 114 * blue) / 1000 }

  /// The nearest of the colours 16...255, whose look no terminal changes.
  var nearestOf256: Int {
    let lab = CIELab(self)
    return CIELab.palette.min { $0.lab.distance(to: lab) < $1.lab.distance(to: lab) }?.index ?? 16
  }

  /// The colour of 1...6 with the nearest hue: coloured stays coloured, however pale it is.
  var nearestHue: Int {
    let most = max(red, green, blue)
    let least = min(red, green, blue)
    let middle = red + green + blue - most - least
    // Nearer to the brightest part alone, or to the sum of the two brightest?
    let threshold = (most + least) / 2
    let isMixed = middle > threshold
    func bit(_ part: Int, _ value: Int) -> Int {
      part == most || (isMixed && part == middle && part != least) ? value : 0
    }
    return bit(red, 1) | bit(green, 2) | bit(blue, 4)
  }
}
