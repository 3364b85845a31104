/// The newest of many items, about as many as come in 150 s, at least 16 and at most 256.
///
/// An item keeps its position, counted from the first that was ever added.
struct RecentItems<Item: Sendable>: Sendable {
  /// A power of two of places once it is full.
  private var items: [Item] = []
  /// How many were ever added.
  private(set) var added = 0

  /// The position of the oldest one that is still here.
  var oldest: Int { added - items.count }
  var count: Int { items.count }

  /// About how many bytes it takes besides itself.
  var footprint: Int { items.isEmpty ? 0 : 32 + items.capacity * MemoryLayout<Item>.stride }

  /// Adds the newest; `interval` is how many seconds lie between two of them, nil if unknown.
  mutating func add(_ item: Item, interval: Double?) {
    let isGrowing = added == items.count
    if isGrowing, added & (added - 1) != 0 || added < Self.places(interval) {
      items.append(item)
    } else {
      items[added & (items.count - 1)] = item
    }
    added += 1
  }

  /// The item at a position that is still here.
  subscript(position: Int) -> Item {
    // As long as it grows, a position is a place.
    items[position < items.count ? position : position & (items.count - 1)]
  }

  /// How many places there shall be: a power of two from 16 to 256.
  private static func places(_ interval: Double?) -> Int {
    let wanted = 150 / max(interval ?? 15, 0.5)
    var places = 16
    while places < 256, Double(places) < wanted { places *= 2 }
    return places
  }
}
