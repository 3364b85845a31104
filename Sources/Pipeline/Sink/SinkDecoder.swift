internal import Buckets
internal import Decoding
internal import JSON
internal import Model
internal import System

/// Makes points of records: the part of the sink that looks into them.
///
/// A series is named by bytes, so that a record of a series that was met costs no allocation.
struct SinkDecoder: ~Copyable {
  private let measurement: [UInt8]
  private let timeField: [UInt8]?
  private let timeFieldName: String
  private let sequenceField: [UInt8]?
  private let filters: [TopicFilter]
  private var fields: JSONFields
  private var id = Identifier()
  private var region = Identifier()
  private var measured = Identifier()
  private var names = NameTable(bound: SinkDecoder.mostSeries)
  private var places: [SeriesPlace] = []
  private var key: [UInt8] = []
  /// Where the fields stand that are not read on the way.
  private var found = FoundFields()

  /// Series that are kept in memory.
  static let mostSeries = 500_000

  /// A decoder of records of at most `largest` bytes, which is what egtop reads.
  ///
  /// Keys that are MQTT topics name the generator where `filters` say.
  init(
    measurement: String,
    timeField: String?,
    sequenceField: String? = nil,
    filters: [String] = [Convention.rawFilter],
    largest: Int = 1 << 20,
  ) {
    self.measurement = Array(measurement.utf8)
    self.timeField = timeField.map { Array($0.utf8) }
    timeFieldName = timeField ?? ""
    // What says its own time is known by that.
    self.sequenceField = timeField == nil ? sequenceField.map { Array($0.utf8) } : nil
    self.filters = filters.map { TopicFilter($0) }
    fields = JSONFields(names: .fields, largest: largest)
  }

  /// Whether there is no room for a new series: the table has to be forgotten between batches.
  var isFull: Bool { names.count >= Self.mostSeries - SinkStage.Options.mostInBatch }

  /// How many fields of the record decoded last could not be read; the rest of it was.
  var lostCount: Int { fields.lostCount }

  /// The first of them.
  var firstLost: LostField? { fields.firstLost }

  /// The point of a record; its origin is left to the caller.
  ///
  /// - Parameters:
  ///   - recordKey: May name the generator.
  ///   - value: The record's.
  ///   - milliseconds: The record's timestamp; nil if it has none.
  ///   - now: Nanoseconds since 1970 UTC: a time in a field that is a day after it is none.
  ///   - isMerged: Whether a bridge has put it together: then its time is the record's.
  ///   - series: Where the point's series is found or added.
  /// - Returns: The point.
  /// - Throws: `Unwritable`.
  mutating func point(
    _ recordKey: Span<UInt8>,
    _ value: Span<UInt8>,
    milliseconds: Int64?,
    now: Int64,
    isMerged: Bool = false,
    series: SeriesTable,
  ) throws(Unwritable) -> Point {
    try read(value)
    found = FoundFields()
    var point = PointFields()
    for place in 0..<fields.count { readField(place, &point) }
    if !found.extra.isEmpty { point.extra = fields.object(of: found.extra) }
    guard point.hasReading else { throw noReading }
    let (time, mark) = try self.time(milliseconds, now, of: value, isMerged: isMerged)
    findIdentifier(recordKey)
    guard !id.bytes.isEmpty else { throw .noIdentifier }
    findRegionAndMeasurement()
    return Point(series: place(in: series), time: time, fields: point, mark: mark)
  }

  private mutating func read(_ value: Span<UInt8>) throws(Unwritable) {
    do throws(JSONError) {
      try fields.read(value.extracting(Envelope.body(of: value)))
    } catch {
      if case .notAnObject = error, let schema = Envelope.schema(value) {
        throw .binary(schema: schema)
      }
      throw .json(error)
    }
  }

  // MARK: - Fields

  private mutating func readField(_ place: Int, _ point: inout PointFields) {
    if fields.isTag(at: place) { return readTag(place) }
    if let sequenceField, fields.withKey(at: place, { $0.equals(sequenceField.span) }) {
      found.sequence = place
    }
    switch fields.meaning(at: place) {
    case .number, .looseNumber:
      if let metric = fields.metric(at: place) { point[metric] = fields.number(at: place) }
    case .text(let slot), .tag(let slot): readText(TextField(rawValue: slot), place, &point)
    // InfluxDB, too, drops a field of that name.
    case .time: if timeField == nil || isTime(place) { found.time = place }
    case .tags, .values, .envelope: break
    case nil:
      if isTime(place) { found.time = place } else { found.extra.append(place) }
    }
  }

  private mutating func readText(_ field: TextField?, _ place: Int, _ point: inout PointFields) {
    switch field {
    case .alarm: point.alarm = text(place)
    case .identifier: found.identifier = textPlace(place)
    case .region: found.region = textPlace(place)
    case .measurement: found.measurement = textPlace(place)
    case nil: break
    }
  }

  /// A tag that has no column is kept as a field; an empty one says nothing.
  private mutating func readTag(_ place: Int) {
    let isText = fields.withText(at: place) { !$0.isEmpty }
    switch fields.meaning(at: place) {
    case .tag(TextField.identifier.rawValue): if isText { found.tagIdentifier = place }
    case .tag(TextField.region.rawValue): if isText { found.tagRegion = place }
    default: found.extra.append(place)
    }
  }

  /// Why there is no number: it may be lost, or in a text that is a message of its own.
  private var noReading: Unwritable {
    if let lost = fields.firstLost, lost.isKnown { return .lost(lost) }
    let inner = found.extra.first { place in
      fields.withText(at: place) { text in
        text.indices.first { !Self.spaces.contains(text[$0]) }.map { text[$0] } == brace
      }
    }
    return .noReading(inside: inner.map { fields.withKey(at: $0) { Scrub.text($0) } })
  }

  private func text(_ place: Int) -> String? {
    guard fields.value(at: place) == .text else { return nil }
    return fields.withText(at: place) { Scrub.text($0) }
  }

  private func textPlace(_ place: Int) -> Int? { fields.value(at: place) == .text ? place : nil }

  private func isTime(_ place: Int) -> Bool {
    guard let timeField else { return false }
    return fields.withKey(at: place) { $0.equals(timeField.span) }
  }

  // MARK: - Time and series

  /// What the field says that is to hold the time; without one, when the record was written, if it says so, else what
  /// the payload calls its time.
  ///
  /// A message that comes again has its own time again, and that of Kafka never: then its number may tell.
  private func time(
    _ milliseconds: Int64?,
    _ now: Int64,
    of message: Span<UInt8>,
    isMerged: Bool
  ) throws(Unwritable) -> (time: Int64, mark: PointMark) {
    if timeField == nil || isMerged, let milliseconds {
      // 2200: far enough from the end of 64 bits for what is added to a time.
      guard (0...7_258_118_400_000).contains(milliseconds) else { throw .timeOutOfRange }
      let mark = sequence.map {
        PointMark.number($0, message: Int64(bitPattern: hash(of: message)))
      }
      return (milliseconds * 1_000_000, mark ?? .record)
    }
    guard let place = found.time ?? timestamp, let time = fieldTime(place, now) else {
      throw timeField == nil ? .noTime : .noTimeIn(field: timeFieldName)
    }
    return (time, .time)
  }

  /// The number that the generator has given its sample: an integer, or a text that is one.
  private var sequence: Int64? {
    guard let place = found.sequence else { return nil }
    return switch fields.value(at: place) {
    case .integer(let number): number
    case .text: Int64(fields.withText(at: place) { String(decoding: $0.copied, as: UTF8.self) })
    case .null, .boolean, .decimal: nil
    }
  }

  /// The field of that name, where none says which holds the time.
  private var timestamp: Int? {
    guard timeField == nil else { return nil }
    let name = Array("timestamp".utf8)
    return found.extra.last { place in fields.withKey(at: place) { $0.equals(name.span) } }
  }

  private func fieldTime(_ place: Int, _ now: Int64) -> Int64? {
    switch fields.value(at: place) {
    case .integer(let number): RecordTime.nanoseconds(number: number, now: now)
    case .decimal(let number): RecordTime.nanoseconds(number: number, now: now)
    case .text: fields.withText(at: place) { RecordTime.nanoseconds(text: $0, now: now) }
    case .null, .boolean: nil
    }
  }

  private mutating func findIdentifier(_ recordKey: Span<UInt8>) {
    id.clear()
    if let place = found.tagIdentifier ?? found.identifier {
      fields.withText(at: place) { id.set($0) }
    }
    if id.bytes.isEmpty { id.set(fromKey: recordKey, filters: filters) }
  }

  private mutating func findRegionAndMeasurement() {
    region.clear()
    if let place = found.tagRegion ?? found.region {
      fields.withText(at: place) { region.set($0) }
    }
    measured.clear()
    if let place = found.measurement { fields.withText(at: place) { measured.set($0) } }
    guard measured.bytes.isEmpty else { return }
    let standard = measurement
    measured.set(standard.span)
  }

  /// The series of a generator in a region, of the standard measurement.
  mutating func place(
    of generator: Span<UInt8>,
    region name: Span<UInt8>,
    in series: SeriesTable
  ) -> SeriesPlace {
    id.set(generator)
    region.set(name)
    let standard = measurement
    measured.set(standard.span)
    return place(in: series)
  }

  /// The series of the record: no byte of the names is a control character, so one separates them.
  private mutating func place(in series: SeriesTable) -> SeriesPlace {
    key.removeAll(keepingCapacity: true)
    key.append(contentsOf: id.bytes)
    key.append(0)
    key.append(contentsOf: region.bytes)
    key.append(0)
    key.append(contentsOf: measured.bytes)
    let bytes = key
    let index = names.index(of: bytes.span)
    if let index, Int(index) < places.count { return places[Int(index)] }
    let place = series.place(
      of: Series(
        measurement: String(decoding: measured.bytes, as: UTF8.self),
        generator: String(decoding: id.bytes, as: UTF8.self),
        region: String(decoding: region.bytes, as: UTF8.self),
      )
    )
    if index != nil { places.append(place) }
    return place
  }
}

/// Places of fields in the record that is being read.
private struct FoundFields {
  var identifier: Int?
  var tagIdentifier: Int?
  var region: Int?
  var tagRegion: Int?
  var measurement: Int?
  var time: Int?
  var sequence: Int?
  var extra: [Int] = []
}

extension SinkDecoder {
  init(_ options: SinkStage.Options) {
    self.init(
      measurement: options.measurement,
      timeField: options.timeField,
      sequenceField: options.sequenceField,
      filters: options.filters,
    )
  }

  /// What may stand before a message that is a text.
  private static let spaces: [UInt8] = [0x20, 0x09, 0x0A, 0x0D]
}

private let brace = UInt8(ascii: "{")
