internal import CYAML

/// One step of libyaml's parser, as a value.
struct YAMLEvent {
  enum Kind {
    case scalar(YAMLScalar)
    case alias(String)
    case sequenceStart
    case sequenceEnd
    case mappingStart
    case mappingEnd
    case documentStart
    case streamEnd
    /// The start of the stream and the end of a document, which say nothing.
    case other
  }

  var kind: Kind
  /// The name of an anchor at a scalar, a sequence or a mapping.
  var anchor: String?
  /// Counted from 1.
  var line: Int
  /// Counted from 1, in characters.
  var column: Int

  func error(_ message: String) -> YAMLError {
    YAMLError(message, line: line, column: column)
  }
}

/// The events of one text, in its order; owns libyaml's parser and a copy of the text.
struct YAMLEvents: ~Copyable {
  /// In memory of its own: libyaml keeps a pointer from the parser to itself.
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let text: UnsafeMutableBufferPointer<UInt8>

  /// - Throws: `YAMLError` when there is no memory for a parser.
  init(_ text: String) throws(YAMLError) {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      throw YAMLError("no memory is left to read this", line: 1, column: 1)
    }
    self.parser = parser
    self.text = .allocate(capacity: text.utf8.count)
    _ = self.text.initialize(from: text.utf8)
    yaml_parser_set_input_string(parser, self.text.baseAddress, self.text.count)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    text.deallocate()
  }

  /// Calls `yaml_parser_parse`.
  ///
  /// - Throws: `YAMLError` with libyaml's words and place. No further event may be asked for then.
  mutating func next() throws(YAMLError) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
    defer { yaml_event_delete(&event) }
    let mark = event.start_mark
    var result = YAMLEvent(
      kind: .other,
      anchor: nil,
      line: Int(mark.line) + 1,
      column: Int(mark.column) + 1,
    )
    switch event.type {
    case YAML_SCALAR_EVENT:
      result.kind = .scalar(Self.scalar(event))
      result.anchor = Self.name(event.data.scalar.anchor)
    case YAML_ALIAS_EVENT:
      result.kind = .alias(Self.name(event.data.alias.anchor) ?? "")
    case YAML_SEQUENCE_START_EVENT:
      result.kind = .sequenceStart
      result.anchor = Self.name(event.data.sequence_start.anchor)
    case YAML_MAPPING_START_EVENT:
      result.kind = .mappingStart
      result.anchor = Self.name(event.data.mapping_start.anchor)
    case YAML_SEQUENCE_END_EVENT: result.kind = .sequenceEnd
    case YAML_MAPPING_END_EVENT: result.kind = .mappingEnd
    case YAML_DOCUMENT_START_EVENT: result.kind = .documentStart
    case YAML_STREAM_END_EVENT, YAML_NO_EVENT: result.kind = .streamEnd
    default: break
    }
    return result
  }

  private static func scalar(_ event: yaml_event_t) -> YAMLScalar {
    let scalar = event.data.scalar
    let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    return YAMLScalar(
      text: String(decoding: bytes, as: UTF8.self),
      isQuoted: scalar.style != YAML_PLAIN_SCALAR_STYLE,
    )
  }

  private static func name(_ anchor: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    anchor.map { String(cString: $0) }
  }

  private func failure() -> YAMLError {
    let state = parser.pointee
    guard let problem = state.problem else {
      return YAMLError("no memory is left to read this", line: 1, column: 1)
    }
    let message = String(cString: problem)
    guard state.error != YAML_READER_ERROR else {
      return error(message, atByte: Int(clamping: state.problem_offset))
    }
    let mark = state.problem_mark
    return YAMLError(message, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }

  /// The reader gives the place of a byte that may not stand in YAML by its offset alone.
  private func error(_ message: String, atByte offset: Int) -> YAMLError {
    let before = text.prefix(max(0, offset))
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    let column = String(decoding: before[start...], as: UTF8.self).unicodeScalars.count + 1
    return YAMLError(message, line: line, column: column)
  }
}
