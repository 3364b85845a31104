internal import Model

/// Where the id of the generators of some topics is.
enum IdPlace: Hashable {
  /// Levels of the topic, from 0, in order.
  case levels([Int])
  /// A text in the message, or one level of a topic that stands there, from 1.
  case path(JSONPath, level: Int?)
  case fixed(String)
}

struct IdGuess {
  var place: IdPlace
  /// The level of the region, if one is to be seen.
  var region: Int?
  /// Levels of the topics that differ, the id's included.
  var varying: [Int]
  /// 2 sure, 1 likely, 0 a guess.
  var certainty: Int

  /// Finds the id of topics with as many levels, which carry the same field.
  ///
  /// - Parameters:
  ///   - topics: Each with its levels.
  ///   - limit: How many levels there are before those that name a value.
  ///   - ids: What stands at paths that may be an id, by the topic's place.
  init(
    _ topics: [[String]],
    limit: Int,
    ids: [(path: JSONPath, level: Int?, isStrong: Bool, values: [[String]])]
  ) {
    let limit = max(0, min(limit, topics[0].count))
    varying = (0..<limit).filter { level in
      topics.contains { $0[level] != topics[0][level] }
    }
    for id in ids where id.values.allSatisfy({ !$0.isEmpty }) {
      if Self.isInPayload(id.values, id.isStrong, topics, varying) {
        place = .path(id.path, level: id.level)
        certainty = id.values.contains { Set($0).count > 1 } || id.isStrong ? 2 : 1
        region = varying.count == 1 ? Self.regionLevel(topics, varying) : nil
        return
      }
    }
    guard !varying.isEmpty else {
      (place, certainty) = Self.alone(topics[0], limit)
      if case .levels(let levels) = place { varying = levels }
      return
    }
    let unique = varying.filter { level in Set(topics.map { $0[level] }).count == topics.count }
    let best = unique.max { (Self.score(topics[0], $0), $0) < (Self.score(topics[0], $1), $1) }
    if varying.count == 1
      || best.map({ level in topics.allSatisfy { !Self.isSmall($0[level]) } }) == true,
      let best
    {
      place = .levels([best])
      region = varying.count == 2 ? varying.first { $0 != best && $0 < best } : nil
      certainty = varying.count > 1 ? 1 : topics.count > 2 ? 2 : 1
    } else {
      place = .levels(varying)
      certainty = topics.count > 2 ? 2 : 1
    }
  }

  private static func isSmall(_ text: String) -> Bool {
    text.count <= 3 && text.allSatisfy(\.isNumber)
  }

  private static func regionLevel(_ topics: [[String]], _ varying: [Int]) -> Int? {
    let level = varying[0]
    guard level > 0 else { return nil }
    let words = [
      "site", "sites", "plant", "plants", "region", "regions", "standort", "standorte", "area",
      "zone",
    ]
    return words.contains(topics[0][level - 1].lowercased()) ? level : nil
  }

  /// Whether the payload says whose it is, and not the topic.
  private static func isInPayload(
    _ values: [[String]],
    _ isStrong: Bool,
    _ topics: [[String]],
    _ varying: [Int]
  ) -> Bool {
    // A number of the message is no id.
    let all = values.flatMap { $0 }
    if all.count > 3, Set(all).count == all.count, topics.count < all.count { return false }
    if values.contains(where: { Set($0).count > 1 }) { return true }
    // What the topic says as well is taken from there.
    if zip(values, topics).allSatisfy({ values, levels in levels.contains(values[0]) }) {
      return false
    }
    if varying.isEmpty { return isStrong }
    return isStrong && Set(values.map { $0[0] }).count == topics.count
  }

  /// The level of a topic that has no sibling.
  private static func alone(_ levels: [String], _ limit: Int) -> (IdPlace, Int) {
    let places = Array(0..<limit)
    let best = places.max { (score(levels, $0), $0) < (score(levels, $1), $1) }
    if let best, score(levels, best) >= 0 {
      return (.levels([best]), score(levels, best) > 3 ? 1 : 0)
    }
    let word = levels.prefix(limit).last { FieldName($0).has(["gen", "engine", "aggregat"]) }
    if let word, !word.isEmpty { return (.fixed(word), 0) }
    return (.fixed(levels.first { !$0.isEmpty } ?? "generator"), 0)
  }

  private static func score(_ levels: [String], _ place: Int) -> Int {
    let word = levels[place]
    guard !word.isEmpty else { return -9 }
    var score = place == 0 && levels.count > 1 ? 0 : 1
    if structure.contains(word.lowercased()) { score -= 6 }
    if word.contains(where: \.isNumber) { score += 2 }
    if word.contains(where: \.isNumber), word.count >= 6 { score += 1 }
    if word.contains("-") { score += 1 }
    if place > 0 {
      let before = levels[place - 1].lowercased()
      if collections.contains(before) { score += 3 }
      if regions.contains(before) { score += 1 }
    }
    if word.count == 2, word.lowercased().hasPrefix("v"), word.last?.isNumber == true { score -= 6 }
    return score
  }

  static func isStructure(_ level: String) -> Bool { structure.contains(level.lowercased()) }

  /// How well a name is that of an id: 2 of a device, 1 of anything; nil for other names.
  static func rank(_ name: String) -> Int? {
    let text = FieldName(name).text
    if strong.contains(text) { return text.hasPrefix("gen") ? 3 : 2 }
    return ["id", "name", "node", "host", "unit", "client", "clientid", "uid"].contains(text)
      ? 1 : nil
  }

  private static let strong: Set<String> = [
    "generatorid", "gensetid", "generator", "genset", "gensetname", "generatorname", "genid",
    "deviceid", "device", "devicename",
    "serial", "serialnumber", "serialno", "sn", "imei", "mac", "nodeid", "unitid", "assetid",
    "asset", "machineid", "idgerador",
    "idgenerador", "generateur", "idgenerateur", "aggregat", "aggregatid", "dev", "devid", "deveui",
    "seriennummer", "gerateid",
    "machine", "idgrupo", "equipo", "idequipo", "matricola", "numeroserie", "numerodeserie",
    "siteid", "thing", "thingid",
  ]

  private static let collections: Set<String> = [
    "generators", "generator", "gensets", "genset", "gen", "gens", "devices", "device", "units",
    "unit", "dse",
    "aggregate", "groupes", "grupos", "generadores", "geradores", "tele", "stat", "assets",
    "machines", "n", "controllers",
  ]
  private static let regions: Set<String> = [
    "sites", "site", "plants", "plant", "anlagen", "standorte", "region", "regions",
  ]
  private static let structure: Set<String> = collections.union(regions).union([
    "sensor", "sensors", "state", "status", "data", "telemetry", "mqtt", "home", "energy", "fuel",
    "engine", "modbus",
    "api", "metrics", "values", "output", "power", "tank", "electrical", "electric", "electrics",
    "info", "telemetrie", "messwerte", "zustand",
    "standort", "motor", "v1", "v2", "publish", "pub", "up", "uplink", "out", "event", "events",
    "rx", "live", "fleet", "iot",
    "zigbee2mqtt", "tanks", "tasmota", "homie", "esphome", "shellies", "sensor1", "topic", "senml",
    "lwm2m",
    "measurements", "measurement", "daten", "donnees", "datos", "controller", "maintenance",
    "monitor", "properties", "attributes", "json",
    "gps", "location", "position", "ac", "dc", "battery", "alternator", "emergency_generator",
    "sensor_data", "gateway", "gateways",
  ])
}
