internal import Glibc
internal import System

/// Lets libFuzzer make the inputs: it keeps those that reach new code, and changes them further.
///
/// The program has libFuzzer only if it is built with it, see `Tests/Fuzz/fuzz`.
enum GuidedFuzz {
  /// What libFuzzer calls has no context.
  nonisolated(unsafe) private static var read: ([UInt8]) -> Void = { _ in }

  private typealias Callback = @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
  private typealias Driver =
    @convention(c) (
      UnsafeMutablePointer<Int32>,
      UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>,
      Callback
    ) -> Int32

  /// Feeds a parser until libFuzzer ends the program.
  ///
  /// - Parameters:
  ///   - target: The parser; its corpus is what libFuzzer begins with.
  ///   - folder: Where inputs are kept: an existing folder.
  ///   - options: Of libFuzzer, such as `-max_total_time=60`.
  /// - Throws: `SystemError` for a corpus that cannot be written, `FuzzFailure` without libFuzzer.
  static func run(_ target: FuzzTarget, folder: String, options: [String]) throws {
    for (number, input) in target.corpus.enumerated() {
      try writeFileAtomically("\(folder)/corpus-\(number)", input)
    }
    guard let symbol = dlsym(nil, "LLVMFuzzerRunDriver") else {
      throw FuzzFailure(description: "this program is built without libFuzzer")
    }
    let drive = unsafeBitCast(symbol, to: Driver.self)
    read = target.read
    let words = ["fuzz"] + options + [folder]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    arguments.withUnsafeMutableBufferPointer { buffer in
      var count = Int32(words.count)
      var start = buffer.baseAddress
      _ = drive(&count, &start) { bytes, size in
        GuidedFuzz.read(Array(UnsafeBufferPointer(start: bytes, count: size)))
        return 0
      }
    }
  }
}
