/// When the end of a partition passed which offset, by our own clock.
///
/// At most 60 points; what is older is kept more and more coarsely, so that a long backlog is measured too.
struct EndTrack: Sendable {
  private struct Point {
    var end: Int64
    var time: Int64
  }

  private static let most = 60
  private var points: [Point] = []

  /// The first end that is kept: of what lies before it, we did not see when it came.
  var first: Int64? { points.first?.end }

  /// Adds what was seen at the monotonic time `time`; `end` is not below the one before.
  mutating func add(_ end: Int64, at time: Int64) {
    let count = points.count
    if count >= 2, points[count - 1].end == end, points[count - 2].end == end {
      // While nothing comes only the right end of the line moves.
      points[count - 1].time = time
      return
    }
    points.append(Point(end: end, time: time))
    guard points.count > Self.most else { return }
    // Half as dense in the older half, and so on with each time it fills.
    for place in stride(from: Self.most / 2 - 1, through: 1, by: -2) { points.remove(at: place) }
  }

  /// When the record at `offset` came: monotonic nanoseconds, by a straight line between two looks.
  ///
  /// - Parameter offset: Of a record.
  /// - Returns: Nil for one that was there before we looked, or has not come.
  func passed(_ offset: Int64) -> Int64? {
    guard let last = points.last, offset < last.end else { return nil }
    guard let place = points.lastIndex(where: { $0.end <= offset }) else { return nil }
    let (left, right) = (points[place], points[place + 1])
    let width = Double(right.end) - Double(left.end)
    let share = width > 0 ? (Double(offset) - Double(left.end)) / width : 0
    return left.time.addingClamped(Int64(seconds: share * right.time.seconds(since: left.time)))
  }

  /// When the record at `offset` had come at the latest: the first look that saw it; nil as for ``passed(_:)``.
  func seen(_ offset: Int64) -> Int64? {
    guard let place = points.lastIndex(where: { $0.end <= offset }) else { return nil }
    return points.indices.contains(place + 1) ? points[place + 1].time : nil
  }

  /// Lets go of what tells nothing of the offsets from `offset` on.
  mutating func forget(below offset: Int64) {
    guard let place = points.lastIndex(where: { $0.end <= offset }), place > 0 else { return }
    points.removeFirst(place)
  }
}
