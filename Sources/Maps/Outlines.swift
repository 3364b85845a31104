/// The coasts and borders of the world as lines on the map.
///
/// Made of the text in `OutlineText` at first use, which takes a few milliseconds.
public struct Outlines: Sendable {
  /// What a line parts, the most important first.
  public enum Kind: UInt8, CaseIterable, Comparable, Sendable {
    /// Land from water.
    case coast
    /// Two countries.
    case border
    /// Two states or provinces of a large country.
    case state

    public static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
  }

  /// A run of points.
  struct Line: Sendable {
    var kind: Kind
    /// Its places in ``points``.
    var places: Range<Int>
    /// Whether it comes back to its first point: an island.
    var isClosed = false
    /// What it lies in.
    var west = Float.infinity
    var east = -Float.infinity
    var south = Float.infinity
    var north = -Float.infinity
  }

  /// A point of a line, as a ``MapPoint`` has it.
  struct Point: Sendable {
    var x: Float
    var y: Float
    /// The coarsest level that needs it: 0 is all points, 1, 2 and 3 are true to 0.12, 0.4 and 1.2 degrees.
    var level: UInt8
  }

  private(set) var lines: [Line] = []
  private(set) var points: [Point] = []

  /// Natural Earth's, at 1:50m.
  public static let world = Outlines(OutlineText.world)

  /// Reads what `make-outlines` wrote; what does not fit that form ends it.
  init(_ text: String) {
    var numbers = Numbers(text.utf8)
    points.reserveCapacity(text.utf8.count / 3)
    while let code = numbers.next(), let count = numbers.next() {
      guard let kind = UInt8(exactly: code).flatMap(Kind.init) else { return }
      var line = Line(kind: kind, places: points.count..<points.count)
      var longitude = 0
      var latitude = 0
      for _ in 0..<count {
        guard let east = numbers.next(), let north = numbers.next() else { return }
        longitude += Self.signed(east >> 2)
        latitude += Self.signed(north)
        guard let point = MapPoint(hundredths: longitude, latitude) else { return }
        line.add(point)
        points.append(Point(x: Float(point.x), y: Float(point.y), level: UInt8(east & 3)))
      }
      line.places = line.places.lowerBound..<points.count
      if let first = points[line.places].first, let last = points[line.places].last {
        line.isClosed = (first.x, first.y) == (last.x, last.y)
      }
      lines.append(line)
    }
  }

  private static func signed(_ zigzag: Int) -> Int {
    zigzag & 1 == 0 ? zigzag >> 1 : -(zigzag >> 1) - 1
  }

  /// How many lines of a kind there are.
  public func count(of kind: Kind) -> Int { lines.count { $0.kind == kind } }
}

extension Outlines.Line {
  fileprivate mutating func add(_ point: MapPoint) {
    west = min(west, Float(point.x))
    east = max(east, Float(point.x))
    south = min(south, Float(point.y))
    north = max(north, Float(point.y))
  }
}

/// The numbers of a coded text: runs of characters of 5 bits, the lowest first.
private struct Numbers {
  private var bytes: String.UTF8View.Iterator

  init(_ text: String.UTF8View) { bytes = text.makeIterator() }

  /// The next number; nil at the end, and for one that is cut off or larger than any of ours.
  mutating func next() -> Int? {
    var number = 0
    var shift = 0
    while let byte = bytes.next() {
      // The text is broken into lines for its readers.
      guard byte >= 63 else { continue }
      let digit = Int(byte - 63)
      number |= (digit & 31) << shift
      shift += 5
      if digit < 32 { return number }
      if shift > 30 { return nil }
    }
    return nil
  }
}
