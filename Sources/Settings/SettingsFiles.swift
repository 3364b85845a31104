internal import Arguments
public import System

/// How settings read files; tests give texts instead.
public struct SettingsFiles: Sendable {
  /// The bytes of a whole file, of at most this many.
  public var read: @Sendable (_ path: String, _ limit: Int) throws(SystemError) -> [UInt8]
  /// The same of a file that may be a pipe.
  public var readSecret: @Sendable (_ path: String, _ limit: Int) throws(SystemError) -> [UInt8]
  /// Whether the group or others may read a file.
  public var isOpenToOthers: @Sendable (_ path: String) throws(SystemError) -> Bool

  /// The files of this machine.
  public static let system = SettingsFiles(
    read: readFile(_:limit:),
    readSecret: readFileOrPipe(_:limit:),
    isOpenToOthers: System.isOpenToOthers(_:),
  )

  /// The user's folder of a kind: what the variable says if that is an absolute path, else below home.
  public static func folder(
    _ variable: String,
    else fallback: String,
    _ environment: [String: String]
  ) -> String? {
    if let folder = environment[variable], folder.hasPrefix("/") { return folder }
    return environment["HOME"].flatMap { $0.isEmpty ? nil : "\($0)/\(fallback)" }
  }

  /// The text of a file in UTF-8, without a byte order mark.
  ///
  /// - Throws: `SettingsError` at `origin`, which is the setting that names the file.
  func text(
    _ path: String,
    limit: Int,
    isSecret: Bool = false,
    for origin: ValueOrigin?
  ) throws(SettingsError) -> String {
    var bytes: [UInt8]
    do throws(SystemError) {
      bytes = try isSecret ? readSecret(path, limit) : read(path, limit)
    } catch {
      throw SettingsError(error.description, at: origin)
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw SettingsError("\(path) is not text in UTF-8", at: origin)
    }
    return text
  }

  /// The same of a file that nobody named; nil if there is none.
  func textIfThere(_ path: String, limit: Int) throws(SettingsError) -> String? {
    do throws(SystemError) {
      _ = try read(path, limit)
    } catch {
      if error.isNotFound { return nil }
    }
    return try text(path, limit: limit, for: nil)
  }

  /// A secret that fills a file, without the line break at its end.
  func secret(_ path: String, for origin: ValueOrigin) throws(SettingsError) -> SecretText {
    let text = try text(path, limit: 65_536, isSecret: true, for: origin)
    let secret = text.prefix { !$0.isNewline }
    guard !secret.isEmpty else {
      throw SettingsError("the first line of \(path) is empty", at: origin)
    }
    return SecretText(String(secret))
  }

  /// Refuses a file that holds a secret among other things and that others can read or change.
  func checkPrivacy(_ path: String, at origin: ValueOrigin) throws(SettingsError) {
    var isOpen = false
    do throws(SystemError) {
      isOpen = try isOpenToOthers(path)
    } catch {
      throw SettingsError(error.description, at: origin)
    }
    guard isOpen else { return }
    let words = "this file holds a secret, and others can read or change it (chmod 600)"
    throw SettingsError(words, at: origin)
  }
}

extension SettingsFiles {
  /// Files of which none is a pipe.
  init(
    read: @escaping @Sendable (_ path: String, _ limit: Int) throws(SystemError) -> [UInt8],
    isOpenToOthers: @escaping @Sendable (_ path: String) throws(SystemError) -> Bool,
  ) {
    self.init(read: read, readSecret: read, isOpenToOthers: isOpenToOthers)
  }
}
