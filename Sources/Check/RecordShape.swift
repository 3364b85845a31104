import FoundationEssentials

/// How an enriched record is laid out, for the eyes of whoever set up the connector.
enum RecordShape: Equatable, Sendable, CustomStringConvertible {
  /// Tags in an object of their own.
  case nestedTags
  /// Inside `{"schema": …, "payload": …}`.
  case withSchema
  /// Tags among the fields.
  case flat
  /// Any of these behind the 5 bytes of a schema's id.
  indirect case behindSchemaID(RecordShape)

  /// The shape of a record that can be decoded.
  init(_ value: Span<UInt8>) {
    let isPrefixed = value.count > 5 && value[0] == 0
    let body = value.extracting((isPrefixed ? 5 : 0)..<value.count)
    let names = (try? JSONDecoder().decode(Names.self, from: Data(body.indices.map { body[$0] })))
    let keys = names?.keys ?? []
    let shape: RecordShape =
      keys.contains("payload") ? .withSchema : keys.contains("tags") ? .nestedTags : .flat
    self = isPrefixed ? .behindSchemaID(shape) : shape
  }

  var description: String {
    switch self {
    case .nestedTags: "JSON with tags"
    case .withSchema: "JSON with its schema"
    case .flat: "flat JSON"
    case .behindSchemaID(let shape): "\(shape) after a schema id"
    }
  }
}

/// The names of an object's members.
private struct Names: Decodable {
  let keys: Set<String>

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
  }

  init(from decoder: any Decoder) throws {
    keys = Set(try decoder.container(keyedBy: Key.self).allKeys.map(\.stringValue))
  }
}
