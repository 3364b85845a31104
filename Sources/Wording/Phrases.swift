/// How things are counted and listed in words.
public enum Phrases {
  /// `1 partition`, `2,000 partitions`.
  public static func count(_ count: Int, _ noun: String) -> String {
    "\(Figures.grouped(count)) \(noun)\(count == 1 ? "" : "s")"
  }

  /// A host and a port, as one writes them: `[::1]:9092`.
  public static func place(_ host: String, _ port: Int) -> String {
    host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
  }

  /// The first of some names, and how many more there are: `a, b and 3 more`.
  public static func list(_ names: [String], atMost limit: Int = 8) -> String {
    list(first: Array(names.prefix(limit)), of: names.count)
  }

  /// The same where only the first names are at hand, of `total`.
  public static func list(first names: [String], of total: Int) -> String {
    let shown = names.joined(separator: ", ")
    return total > names.count ? "\(shown) and \(total - names.count) more" : shown
  }
}
