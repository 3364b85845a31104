/// The newest of many items.
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

  /// Adds the newest; there shall be `places` for them, a power of two.
  mutating func add(_ item: Item, places: Int) {
    let isGrowing = added == items.count
    if isGrowing, added & (added - 1) != 0 || added < places {
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
}
