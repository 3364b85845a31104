internal import Decoding
internal import Glibc
internal import Model

/// How many messages of each kind one core reads in a second by sources.
func measureSources() throws {
  let flat = rate(
    of: SourceDecoder([try flatSource()]),
    [
      (
        "gensets/generator100000/state",
        #"{"generatorID": "generator100000", "lat": 40.680663700, "lon": -73.474292100, "#
          + #""coolant_temp": 286, "kw": 2386, "engine_load": 82, "fuel_level": 87}"#
      )
    ]
  )
  let topics = rate(
    of: SourceDecoder([try topicSource()]),
    [
      ("Maintenance/Fuel Level Sensor", "61 %"),
      ("Status/Engine/Output Power (Single Phase)", "5.20 kW"),
      ("Status/Engine/Battery Voltage", "13.80 V"), ("Maintenance/Run Hours", "1234 h"),
    ].map { ("generator100000/generator/\($0)", $1) }
  )
  let aliases = try aliasRate()
  say("flat \(flat.rounded()) topics \(topics.rounded()) aliases \(aliases.rounded())")
}

/// Data of Sparkplug, with six values by their aliases in a message.
private func aliasRate() throws -> Double {
  var source = Source(name: "sparkplug", id: try TextTemplate("{4}/{5}"))
  source.sparkplug = SparkplugRule()
  source.topics = SparkplugRule().filters
  let metrics: [Metric] = [.fuel, .load, .power, .temperature, .batteryVoltage, .runHours]
  source.metrics = metrics.map { metric in
    var place = ValuePlace()
    place.name = metric.row.title
    return MetricSource(metric, [place])
  }
  // Fields 1, 2, 4 and 10 of a metric: name, alias, type, value.
  func metric(_ alias: Int, _ name: String?) -> [UInt8] {
    var metric: [UInt8] = []
    if let name { metric = [0x0A, UInt8(name.utf8.count)] + Array(name.utf8) + [0x20, 3] }
    metric += [0x10, UInt8(alias), 0x50, UInt8(60 + alias)]
    return [0x12, UInt8(metric.count)] + metric
  }
  let birth = metrics.enumerated().flatMap { metric($0.offset, $0.element.row.title) }
  let data = metrics.indices.flatMap { metric($0, nil) }
  let decoder = SourceDecoder([source])
  let topic = "spBv1.0/plant/DBIRTH/gateway100000/generator1"
  _ = decoder.decode(topic: Array(topic.utf8).span, payload: birth.span, now: 0)
  let text = String(decoding: data, as: UTF8.self)
  return rate(of: decoder, [("spBv1.0/plant/DDATA/gateway100000/generator1", text)])
}

/// The best of five rounds, in time of our own on a core: what else the machine does is not counted.
private func rate(of decoder: SourceDecoder, _ messages: [(String, String)]) -> Double {
  let bytes = messages.map { (topic: Array($0.utf8), payload: Array($1.utf8)) }
  let now: Int64 = 1_795_356_207_000_000_000
  let times = 1_000_000 / messages.count
  var best = 0.0
  for _ in 0..<5 {
    var understood = 0
    let start = clock()
    for _ in 0..<times {
      for message in bytes {
        let outcome = decoder.decode(
          topic: message.topic.span,
          payload: message.payload.span,
          now: now
        )
        if case .understood = outcome { understood += 1 }
      }
    }
    let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
    best = max(best, Double(understood) / seconds)
  }
  return best
}

/// The article's values under names and in units of other fleets.
private func flatSource() throws -> Source {
  var source = Source(name: "flat", id: try TextTemplate("{2}"))
  source.topics = ["gensets/+/state"]
  source.metrics = try [
    (.fuel, "$.fuel_level", "%"), (.load, "$.engine_load", nil), (.power, "$.kw", nil),
    (.temperature, "$.coolant_temp", "F"), (.latitude, "$.lat", nil), (.longitude, "$.lon", nil),
  ].map { (metric: Metric, path: String, unit: String?) in
    var place = ValuePlace(path: try JSONPath(path))
    place.unit = unit.flatMap { SourceUnit($0) }
    return MetricSource(metric, [place])
  }
  return source
}

/// A topic for each value, and a text with its unit in each.
private func topicSource() throws -> Source {
  var source = Source(name: "topics", id: try TextTemplate("{1}"))
  source.topics = ["+/generator/#"]
  source.presence = [PresenceSource(topic: "+/generator/client_status")]
  source.metrics = [
    (Metric.fuel, ["Maintenance/Fuel Level Sensor", "Status/Engine/Fuel Level"]),
    (.load, ["Status/Engine/Output Load"]),
    (.power, ["Status/Engine/Output Power (Single Phase)"]),
    (.batteryVoltage, ["Status/Engine/Battery Voltage"]),
    (.temperature, ["Status/Engine/Coolant Temp"]), (.runHours, ["Maintenance/Run Hours"]),
  ].map { metric, topics in MetricSource(metric, topics.map { ValuePlace(topic: $0) }) }
  return source
}
