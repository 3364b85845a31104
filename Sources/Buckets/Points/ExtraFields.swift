internal import JSON

/// Looks into the fields of other names that points have.
public struct ExtraFields: ~Copyable {
  private var fields = JSONFields(names: FieldNames.metrics)

  public init() {}

  /// Gives a point the numbers that were written as extra fields, before there was a metric of that name.
  mutating func readMetrics(of point: inout PointFields) {
    guard hasRead(point.extra) else { return }
    var rest: [Int] = []
    for place in 0..<fields.count {
      guard let metric = fields.metric(at: place) else {
        rest.append(place)
        continue
      }
      point[metric] = point[metric] ?? fields.number(at: place)
    }
    if rest.count < fields.count { point.extra = fields.object(of: rest) }
  }

  /// Those of the extra fields whose names are free.
  public mutating func free(of extra: [UInt8]) -> [UInt8] {
    guard hasRead(extra) else { return [] }
    let places = (0..<fields.count).filter { fields.withKey(at: $0, FieldNames.isFree) }
    return places.count == fields.count ? extra : fields.object(of: places)
  }

  private mutating func hasRead(_ extra: [UInt8]) -> Bool {
    !extra.isEmpty && (try? fields.read(extra.span)) != nil
  }
}
