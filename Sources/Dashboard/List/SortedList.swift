/// Elements in ascending order, each once.
///
/// They lie in blocks: the cost of one that comes or goes grows with the length of a block, not of the list, and a copy of the
/// list shares the blocks in which nothing changed.
public struct SortedList<Element: Comparable & Sendable>: Sendable, RandomAccessCollection {
  /// Some neighbours; never empty.
  ///
  /// What is asked of many blocks lies beside their elements, which are elsewhere in memory and mostly cold.
  private struct Block: Sendable {
    var elements: [Element]
    var first: Element
    var count: Int
    /// The place of the first element in the list.
    var start = 0

    init(_ elements: [Element], first: Element) {
      self.elements = elements
      self.first = first
      count = elements.count
    }

    /// Puts an element that belongs behind the first one in the place of another that is not the first.
    mutating func replace(_ place: Int, by new: Element) {
      var place = place
      var elements = elements.mutableSpan
      while place + 1 < elements.count, elements[place + 1] < new {
        elements[place] = elements[place + 1]
        place += 1
      }
      while new < elements[place - 1] {
        elements[place] = elements[place - 1]
        place -= 1
      }
      elements[place] = new
    }
  }

  /// How many elements a block has at most.
  private static var most: Int { 128 }

  private var blocks: [Block] = []
  public private(set) var count = 0

  init() {}

  /// - Parameter elements: In ascending order.
  init(sorted elements: [Element]) {
    let length = Self.most * 3 / 4
    blocks.reserveCapacity(elements.count / length + 1)
    for start in stride(from: 0, to: elements.count, by: length) {
      let part = Array(elements[start...].prefix(length))
      blocks.append(Block(part, first: part[0]))
    }
    numberPlaces()
  }

  /// Takes elements out that are in the list, and puts others in that are not.
  ///
  /// It is quicker where the new ones come near the old ones of the same places.
  mutating func update(removing old: [Element], inserting new: [Element]) {
    guard !old.isEmpty || !new.isEmpty else { return }
    // Many at once are merged in one pass.
    guard (old.count + new.count) * 16 < count else {
      self = SortedList(sorted: merged(removing: old.sorted(), inserting: new.sorted()))
      return
    }
    let pairs = old.count < new.count ? old.count : new.count
    for place in 0..<pairs { replace(old[place], by: new[place]) }
    for element in old[pairs...] { remove(element) }
    for element in new[pairs...] { insert(element) }
    numberPlaces()
  }

  /// Where an element stands; nil if it is not in the list.
  func place(of element: Element) -> Int? {
    let place = firstPlace { !($0 < element) }
    return place < count && self[place] == element ? place : nil
  }

  /// The first place from which on `isBehind` holds, which holds for all behind one for which it does.
  func firstPlace(where isBehind: (Element) -> Bool) -> Int {
    let block = blocks.firstPlace { isBehind($0.first) } - 1
    guard block >= 0 else { return 0 }
    return blocks[block].start + blocks[block].elements.firstPlace(where: isBehind)
  }

  /// The block that an element is in or belongs into, and its place there.
  private func find(_ element: Element) -> (block: Int, place: Int) {
    let next = blocks.firstPlace { element < $0.first }
    let block = next > 0 ? next - 1 : 0
    return (block, blocks[block].elements.firstPlace { !($0 < element) })
  }

  /// What changes little mostly stays in its block: then its neighbours make room for it, and nothing else is looked for.
  private mutating func replace(_ old: Element, by new: Element) {
    guard !blocks.isEmpty else { return insert(new) }
    let (block, place) = find(old)
    let next = block + 1
    if place > 0, place < blocks[block].count, blocks[block].elements[place] == old,
      blocks[block].first < new, next == blocks.count || new < blocks[next].first
    {
      blocks[block].replace(place, by: new)
    } else {
      remove(old, from: block, place)
      insert(new)
    }
  }

  private mutating func remove(_ element: Element) {
    guard !blocks.isEmpty else { return }
    let (block, place) = find(element)
    remove(element, from: block, place)
  }

  /// Takes an element out that is nowhere else than at this place of this block.
  private mutating func remove(_ element: Element, from block: Int, _ place: Int) {
    guard place < blocks[block].count, blocks[block].elements[place] == element else { return }
    guard blocks[block].count > 1 else {
      blocks.remove(at: block)
      return
    }
    blocks[block].elements.remove(at: place)
    blocks[block].count -= 1
    if place == 0 { blocks[block].first = blocks[block].elements[0] }
    let next = block + 1
    if next < blocks.count, blocks[block].count + blocks[next].count <= Self.most / 2 {
      blocks[block].elements += blocks.remove(at: next).elements
      blocks[block].count = blocks[block].elements.count
    }
  }

  private mutating func insert(_ element: Element) {
    guard !blocks.isEmpty else { return blocks.append(Block([element], first: element)) }
    let (block, place) = find(element)
    blocks[block].elements.insert(element, at: place)
    blocks[block].count += 1
    if place == 0 { blocks[block].first = element }
    guard blocks[block].count > Self.most else { return }
    let half = Self.most / 2
    let part = Array(blocks[block].elements[half...])
    blocks[block].elements.removeSubrange(half...)
    blocks[block].count = half
    blocks.insert(Block(part, first: part[0]), at: block + 1)
  }

  private func merged(removing old: [Element], inserting new: [Element]) -> [Element] {
    var merged: [Element] = []
    merged.reserveCapacity(count + new.count)
    var (gone, next) = (0, 0)
    for element in self {
      if gone < old.count, old[gone] == element {
        gone += 1
        continue
      }
      while next < new.count, new[next] < element {
        merged.append(new[next])
        next += 1
      }
      merged.append(element)
    }
    return merged + new[next...]
  }

  private mutating func numberPlaces() {
    count = 0
    for block in blocks.indices {
      blocks[block].start = count
      count += blocks[block].count
    }
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int { count }

  public subscript(place: Int) -> Element {
    let block = blocks.firstPlace { $0.start > place } - 1
    return blocks[block].elements[place - blocks[block].start]
  }

  /// Goes through the blocks; by their places each element would be looked for.
  public struct Iterator: IteratorProtocol {
    private let blocks: [Block]
    private var nextBlock = 0
    private var elements: [Element] = []
    private var place = 0

    fileprivate init(_ list: SortedList) { blocks = list.blocks }

    public mutating func next() -> Element? {
      if place == elements.count {
        guard nextBlock < blocks.count else { return nil }
        elements = blocks[nextBlock].elements
        nextBlock += 1
        place = 0
      }
      defer { place += 1 }
      return elements[place]
    }
  }

  public func makeIterator() -> Iterator { Iterator(self) }
}

extension Array {
  /// The first place from which on `isBehind` holds, which holds for all behind one for which it does.
  func firstPlace(where isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
