/// Finds what somebody meant who typed something else.
public enum Spelling {
  /// The nearest of several names, if one is near enough to be meant; the first of equals.
  ///
  /// Near is a third of the letters changed, or a name that begins with what was typed.
  public static func nearest(to text: String, in names: [String]) -> String? {
    let typed = Array(text.lowercased())
    guard (1...64).contains(typed.count) else { return nil }
    var best: (name: String, distance: Int)?
    for name in names {
      let distance = distance(typed, Array(name.lowercased()))
      let allowed = max(1, max(typed.count, name.count) / 3)
      guard distance <= allowed, distance < best?.distance ?? .max else { continue }
      best = (name, distance)
    }
    if let best { return best.name }
    let longer = names.filter { $0.lowercased().hasPrefix(text.lowercased()) }
    return typed.count > 1 && longer.count == 1 ? longer[0] : nil
  }

  /// What a message says behind a name that is none of `names`: "; did you mean level?", or `other`.
  public static func hint(for text: String, in names: [String], else other: String = "") -> String {
    nearest(to: text, in: names).map { "; did you mean \($0)?" } ?? other
  }

  /// Damerau–Levenshtein, in its form where no part is changed twice (optimal string alignment).
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    guard !a.isEmpty, !b.isEmpty else { return max(a.count, b.count) }
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in 1...a.count {
      var row = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        let substitution = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
        row[j] = min(last[j] + 1, row[j - 1] + 1, substitution)
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          row[j] = min(row[j], beforeLast[j - 2] + 1)
        }
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
