import Model

/// Who is in which cell of the map, and how each of them is.
///
/// Every generator is in one list: that of its severity in its cell, of those outside of the window, or of
/// those without a position; so a change of one costs the same in any fleet.
struct MapChart: Sendable {
  private(set) var columns = 0
  private(set) var rows = 0
  /// The first in each list, and how many there are; -1 for nobody.
  private var heads: [Int32] = []
  private var counts: [Int32] = []
  /// The list that each generator is in; -1 for one that is not shown.
  private var lists: [Int32] = []
  private var next: [Int32] = []
  private var previous: [Int32] = []

  private static let severities = Severity.allCases.count

  init() {}

  init(columns: Int, rows: Int, generators: Int) {
    self.columns = columns
    self.rows = rows
    let size = (columns * rows + 2) * Self.severities
    heads = Array(repeating: -1, count: size)
    counts = Array(repeating: 0, count: size)
    lists = Array(repeating: -1, count: generators)
    next = lists
    previous = lists
  }

  /// How many generators have a place in the lists.
  var generators: Int { lists.count }

  /// The number of a cell.
  func cell(_ column: Int, _ row: Int) -> Int { row * columns + column }
  /// Where those are that have a position which the window does not show, and those that have none.
  var outside: Int { columns * rows }
  var unplaced: Int { columns * rows + 1 }

  /// How many of a severity are in a cell.
  func count(in cell: Int, _ severity: Severity) -> Int {
    let list = cell * Self.severities + Int(severity.rawValue)
    return counts.indices.contains(list) ? Int(counts[list]) : 0
  }

  func count(in cell: Int) -> Int {
    let first = cell * Self.severities
    guard first >= 0, first + Self.severities <= counts.count else { return 0 }
    return (first..<(first + Self.severities)).reduce(0) { $0 + Int(counts[$1]) }
  }

  /// The worst severity in a cell, how many have it, and one of them; nil for an empty one.
  ///
  /// Asked of every cell in every frame.
  func worst(in cell: Int) -> FleetMap.Cell? {
    let first = cell * Self.severities
    guard first >= 0, first + Self.severities <= counts.count else { return nil }
    for list in first..<(first + Self.severities) where counts[list] > 0 {
      guard let severity = Severity(rawValue: UInt8(list - first)) else { return nil }
      return FleetMap.Cell(severity: severity, count: Int(counts[list]), generator: heads[list])
    }
    return nil
  }

  /// All in a cell, the worst first.
  func generators(in cell: Int) -> [GeneratorIndex] {
    Severity.allCases.flatMap { severity -> [GeneratorIndex] in
      let list = cell * Self.severities + Int(severity.rawValue)
      guard heads.indices.contains(list) else { return [] }
      return Array(sequence(first: heads[list]) { next[Int($0)] }.prefix { $0 >= 0 })
    }
  }

  /// The cell of a generator; nil for one that is not on the map.
  func cell(of generator: GeneratorIndex) -> Int? {
    guard lists.indices.contains(Int(generator)), lists[Int(generator)] >= 0 else { return nil }
    let cell = Int(lists[Int(generator)]) / Self.severities
    return cell < outside ? cell : nil
  }

  /// Moves a generator to a cell, ``outside`` or ``unplaced``; nil for one that is not shown.
  mutating func put(_ generator: GeneratorIndex, in cell: Int?, _ severity: Severity) {
    let place = Int(generator)
    guard lists.indices.contains(place) else { return }
    let list = cell.map { Int32($0 * Self.severities) + Int32(severity.rawValue) } ?? -1
    guard lists[place] != list else { return }
    remove(place)
    lists[place] = list
    guard list >= 0 else { return }
    let head = heads[Int(list)]
    (next[place], previous[place]) = (head, -1)
    if head >= 0 { previous[Int(head)] = generator }
    heads[Int(list)] = generator
    counts[Int(list)] += 1
  }

  private mutating func remove(_ place: Int) {
    let list = Int(lists[place])
    guard list >= 0 else { return }
    let (before, after) = (previous[place], next[place])
    if before >= 0 { next[Int(before)] = after } else { heads[list] = after }
    if after >= 0 { previous[Int(after)] = before }
    counts[list] -= 1
  }
}
