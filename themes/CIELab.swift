import Glibc

/// A colour as eyes see it: equal distances look about equally different (CIE 1976, white of D65).
struct CIELab: Equatable {
  var lightness: Double
  var greenRed: Double
  var blueYellow: Double

  /// The colours 16...255 of xterm's palette.
  static let palette = (16..<256).map { (index: $0, lab: CIELab(RGB(index: $0))) }

  init(_ color: RGB) {
    self.init(linear: color.linear)
  }

  /// From linear parts in 0...1.
  init(linear: (red: Double, green: Double, blue: Double)) {
    let (red, green, blue) = linear
    let x = Self.root((0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047)
    let y = Self.root(0.2126 * red + 0.7152 * green + 0.0722 * blue)
    let z = Self.root((0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883)
    lightness = 116 * y - 16
    greenRed = 500 * (x - y)
    blueYellow = 200 * (y - z)
  }

  /// How different two colours look: 2 can just be seen.
  func distance(to other: CIELab) -> Double {
    let parts = [
      lightness - other.lightness, greenRed - other.greenRed, blueYellow - other.blueYellow,
    ]
    return parts.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  private static func root(_ value: Double) -> Double {
    value > 0.008856 ? cbrt(value) : 7.787 * value + 16.0 / 116
  }
}

extension RGB {
  /// The parts as amounts of light in 0...1 (sRGB).
  var linear: (red: Double, green: Double, blue: Double) {
    func light(_ part: Int) -> Double {
      let value = Double(part) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return (light(red), light(green), light(blue))
  }
}
