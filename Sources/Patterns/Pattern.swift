internal import CPCRE2

/// A regular expression of Perl's kind that holds for whole texts.
///
/// Matched by PCRE2's DFA, which tries no path twice: the time grows with the length of the text, whatever the expression.
/// So there are no references back to what a group has matched. May be used from any thread.
public final class Pattern: @unchecked Sendable {  // What is compiled is only read.
  /// Why a text is no pattern.
  public struct Failure: Error, Equatable, CustomStringConvertible {
    public let description: String
  }

  private let code: OpaquePointer

  /// Calls `pcre2_compile`.
  ///
  /// - Throws: `Failure` in the library's words, with the place.
  public init(_ text: String) throws(Failure) {
    // Alone first, for only then its brackets are sure to be its own.
    pcre2_code_free_8(try Self.compile(text))
    code = try Self.compile("(?:\(text))\\z")
    var references: UInt32 = 0
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_BACKREFMAX), &references)
    guard references == 0, Self.answers.contains(match([])) else {
      throw Failure(description: "it refers back to what it has matched")
    }
  }

  private static func compile(_ text: String) throws(Failure) -> OpaquePointer {
    let bytes = Array(text.utf8)
    var (error, place): (Int32, Int) = (0, 0)
    if let code = pcre2_compile_8(bytes, bytes.count, PCRE2_UTF, &error, &place, nil) {
      return code
    }
    throw Failure(description: "\(words(error)) at character \(place + 1)")
  }

  deinit {
    pcre2_code_free_8(code)
  }

  /// Whether it holds for all of `text`; for one that is not UTF-8 it does not.
  public func matches(_ text: Span<UInt8>) -> Bool {
    text.withUnsafeBufferPointer { match($0) } >= 0
  }

  /// What the library says of a text that it could look through.
  private static let answers = [PCRE2_ERROR_NOMATCH, 0, 1]

  /// Calls `pcre2_dfa_match`.
  private func match(_ text: UnsafeBufferPointer<UInt8>) -> Int32 {
    guard let data = pcre2_match_data_create_8(1, nil) else { return PCRE2_ERROR_NOMEMORY }
    defer { pcre2_match_data_free_8(data) }
    return withUnsafeTemporaryAllocation(of: Int32.self, capacity: 8192) { space in
      pcre2_dfa_match_8(
        code,
        text.baseAddress,
        text.count,
        0,
        PCRE2_ANCHORED,
        data,
        nil,
        space.baseAddress,
        space.count
      )
    }
  }

  private func match(_ bytes: [UInt8]) -> Int32 { bytes.withUnsafeBufferPointer(match) }

  private static func words(_ error: Int32) -> String {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { buffer in
      let length = pcre2_get_error_message_8(error, buffer.baseAddress, buffer.count)
      return length > 0 ? String(decoding: buffer.prefix(Int(length)), as: UTF8.self) : "\(error)"
    }
  }
}
