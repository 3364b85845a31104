internal import Glibc

/// A whole file; at most `limit` bytes of it are accepted.
///
/// A folder, a device or a pipe is refused at once: to read it might have no end.
///
/// - Throws: `SystemError`; code `EFBIG` when the file is larger than `limit`.
public func readFile(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
  let descriptor = try openFile(path)
  defer { close(descriptor) }
  return try readAll(descriptor, path, limit) { () throws(SystemError) in }
}

/// The same, and a pipe as well, such as a shell makes of `<(pass show broker)`: all of it has to come within five
/// seconds.
public func readFileOrPipe(_ path: String, limit: Int) throws(SystemError) -> [UInt8] {
  let descriptor = try openFile(path, acceptsPipe: true)
  defer { close(descriptor) }
  let deadline = monotonicNanoseconds() + 5_000_000_000
  return try readAll(descriptor, path, limit) { () throws(SystemError) in
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let left = (deadline - monotonicNanoseconds()) / 1_000_000
    guard left > 0, poll(&entry, 1, Int32(left)) != 0 else {
      throw SystemError(
        action: "cannot read \(path)",
        code: ETIMEDOUT,
        words: "it is a pipe whose end did not come within 5 s"
      )
    }
  }
}

/// Looks whether a file can be read that a library is to open, which might wait at a pipe or a device for ever.
///
/// - Parameters:
///   - path: The file.
///   - acceptsFolder: Whether it may be a folder as well.
/// - Throws: `SystemError` that names it.
public func checkReadable(_ path: String, acceptsFolder: Bool = false) throws(SystemError) {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
  guard descriptor >= 0 else { throw SystemError("cannot open \(path)") }
  defer { close(descriptor) }
  try checkFile(descriptor, path, accepts: acceptsFolder ? [S_IFDIR] : [])
}

/// Opens a plain file for reading, without waiting for anybody.
func openFile(_ path: String, acceptsPipe: Bool = false) throws(SystemError) -> Int32 {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
  guard descriptor >= 0 else { throw SystemError("cannot open \(path)") }
  do throws(SystemError) {
    try checkFile(descriptor, path, accepts: acceptsPipe ? [S_IFIFO] : [])
    return descriptor
  } catch {
    close(descriptor)
    throw error
  }
}

/// Whether an open file is a plain one, or of another kind that is accepted.
///
/// - Throws: `SystemError` that names the kind.
func checkFile(
  _ descriptor: Int32,
  _ path: String,
  accepts kinds: [mode_t]
) throws(SystemError) {
  var information = stat()
  guard fstat(descriptor, &information) == 0 else { throw SystemError("cannot look at \(path)") }
  let kind = information.st_mode & S_IFMT
  guard kind != S_IFREG, !kinds.contains(kind) else { return }
  let name =
    switch kind {
    case S_IFDIR: "a folder"
    case S_IFIFO: "a pipe"
    case S_IFSOCK: "a socket"
    default: "a device"
    }
  throw SystemError(action: "cannot use \(path)", code: EINVAL, words: "it is \(name), not a file")
}

private func readAll(
  _ descriptor: Int32,
  _ path: String,
  _ limit: Int,
  waiting: () throws(SystemError) -> Void
) throws(SystemError) -> [UInt8] {
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65_536)
  while true {
    try waiting()
    let count = read(descriptor, &chunk, chunk.count)
    if count < 0 {
      if errno == EINTR || errno == EAGAIN { continue }
      throw SystemError("cannot read \(path)")
    }
    if count == 0 { return bytes }
    bytes.append(contentsOf: chunk[..<count])
    if bytes.count > limit { throw SystemError(action: "cannot read \(path)", code: EFBIG) }
  }
}

/// Replaces a file in one step: a reader sees the old bytes or the new, never a part.
///
/// - Throws: `SystemError`; then the old file is untouched.
public func writeFileAtomically(
  _ path: String,
  _ bytes: [UInt8],
  mode: UInt32 = 0o644,
) throws(SystemError) {
  let suffix = randomBytes(count: 6).map { String($0, radix: 16) }.joined()
  let temporary = "\(path).\(suffix)"
  try create(temporary, bytes, mode: mode, for: path)
  guard rename(temporary, path) == 0 else {
    let error = SystemError("cannot replace \(path)")
    unlink(temporary)
    throw error
  }
}

/// Writes a file that is not there yet, for this user alone; one that is there stays as it is.
///
/// - Throws: `SystemError`, with ``SystemError/isExisting`` if there is such a file; nothing is left of a
///   file that could not be written to its end.
public func writeNewFile(_ path: String, _ bytes: [UInt8]) throws(SystemError) {
  try create(path, bytes, mode: 0o600, for: path)
}

/// Makes a file and flushes it to the disk, on the way to one that an error is to name.
private func create(
  _ path: String,
  _ bytes: [UInt8],
  mode: UInt32,
  for goal: String,
) throws(SystemError) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
  guard descriptor >= 0 else { throw SystemError("cannot create \(path)") }
  var failure = writeAll(bytes, to: descriptor)
  if failure == nil, fsync(descriptor) != 0, errno != EINVAL { failure = errno }
  close(descriptor)
  guard let failure else { return }
  unlink(path)
  throw SystemError(action: "cannot write \(goal)", code: failure)
}

/// Writes every byte; the `errno` of the first failure, or nil.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count >= 0 {
      rest = rest.dropFirst(count)
    } else if errno != EINTR, errno != EAGAIN {
      return errno
    }
  }
  return nil
}

/// Whether the group or others may read or change a file: a secret in it is then not one, or not the one that was meant.
///
/// - Throws: `SystemError` when there is no such file.
public func isOpenToOthers(_ path: String) throws(SystemError) -> Bool {
  var information = stat()
  guard stat(path, &information) == 0 else { throw SystemError("cannot look at \(path)") }
  return information.st_mode & 0o066 != 0
}

/// Takes from all others, but for its group, what they may do with a file of this user's.
///
/// One that is not there or belongs to another user stays as it is, and so does one where the file system has no modes.
public func closeToOthers(_ path: String) {
  var information = stat()
  guard stat(path, &information) == 0, information.st_uid == geteuid() else { return }
  // It is not opened, for to close it again would end the locks of SQLite in this process.
  if information.st_mode & 0o007 != 0 { chmod(path, information.st_mode & 0o7770) }
}

/// Makes a folder that only this user can enter, `PREFIX-XXXXXX`, in `TMPDIR` or `/tmp`, and returns its path.
///
/// - Throws: `SystemError` when it cannot be made.
public func makeTemporaryDirectory(
  prefix: String,
  environment: Environment = .current(),
) throws(SystemError) -> String {
  let folder = environment["TMPDIR"] ?? "/tmp"
  // Who deletes it may be elsewhere by then.
  guard let whole = realpath(folder, nil) else { throw SystemError("cannot find \(folder)") }
  defer { free(whole) }
  var template = Array("\(String(cString: whole))/\(prefix)-XXXXXX".utf8CString)
  let path = template.withUnsafeMutableBufferPointer { buffer -> String? in
    guard let base = buffer.baseAddress, mkdtemp(base) != nil else { return nil }
    return String(cString: base)
  }
  guard let path else { throw SystemError("cannot make a folder in \(folder)") }
  return path
}

/// Makes a folder and those above it that are missing, for this user alone.
///
/// - Throws: `SystemError` when one cannot be made.
public func makeDirectories(_ path: String) throws(SystemError) {
  var made = path.hasPrefix("/") ? "" : "."
  for name in path.split(separator: "/") {
    made += "/\(name)"
    if mkdir(made, 0o700) != 0, errno != EEXIST { throw SystemError("cannot make \(made)") }
  }
}

/// Deletes a folder with the plain files in it; folders inside it stay, and so does it then.
public func removeFlatDirectory(_ path: String) {
  for name in fileNames(in: path) { unlink("\(path)/\(name)") }
  rmdir(path)
}

/// The names of what is in a folder, in no order; none if it cannot be read.
public func fileNames(in folder: String) -> [String] {
  guard let stream = opendir(folder) else { return [] }
  defer { closedir(stream) }
  var names: [String] = []
  while let entry = readdir(stream) {
    let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
      tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
    }
    if name != ".", name != ".." { names.append(name) }
  }
  return names
}

/// Deletes one file if it is there.
public func removeFile(_ path: String) {
  unlink(path)
}
