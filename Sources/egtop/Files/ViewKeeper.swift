import Dashboard
import Decoding
import Model
import Settings
import Synchronization
import System

/// Keeps what the operator chose on the screen, in a file and on a thread of its own.
///
/// The screen never waits for it and never fails by it: of views that come faster than the disk takes
/// them only the newest is written, and ``failure`` tells why one was not.
final class ViewKeeper: Sendable {
  private struct Work {
    var view: RememberedView?
    var isClosed = false
    var failure: String?
  }

  /// How long the end of the program waits for the last view, in nanoseconds: a file system that does
  /// not answer keeps nobody.
  private static let patience: Int64 = 500_000_000

  private let path: String
  private let context: String?
  private let work = Mutex(Work())
  private let wake: EventFD
  private let done: EventFD

  /// Starts the thread; nothing is read or written yet.
  init(path: String, context: String?) throws(SystemError) {
    self.path = path
    self.context = context
    wake = try EventFD()
    done = try EventFD()
    _ = try startThread(name: "view") { [self] in run() }
  }

  /// Why the last view could not be kept; nil while all is well.
  var failure: String? { work.withLock { $0.failure } }

  /// Hands over a view to be kept; returns at once.
  func keep(_ view: RememberedView) {
    work.withLock { $0.view = view }
    wake.signal()
  }

  /// Waits until the last view is written, but not for long.
  func close() {
    work.withLock { $0.isClosed = true }
    wake.signal()
    var poll = Poll()
    _ = poll.add(done.descriptor, .read)
    _ = try? poll.wait(timeoutNanoseconds: Self.patience)
  }

  private func run() {
    var poll = Poll()
    _ = poll.add(wake.descriptor, .read)
    while true {
      let (view, isClosed) = work.withLock { work in (work.view.take(), work.isClosed) }
      if let view { write(view) }
      if isClosed { return done.signal() }
      _ = try? poll.wait(timeoutNanoseconds: nil)
      wake.drain()
    }
  }

  /// Reads the file anew first: another egtop may have kept the view of another context.
  private func write(_ view: RememberedView) {
    do {
      var views = try StateFile.views(at: path)
      views.removeAll { $0.context == context }
      views.append(StoredView(view, context: context))
      try makeDirectories(path.parentFolder)
      try writeFileAtomically(path, Array(StateFile.text(views).utf8), mode: 0o600)
      work.withLock { $0.failure = nil }
    } catch {
      work.withLock { $0.failure = Scrub.text("\(error)") }
    }
  }
}

extension ViewKeeper {
  /// Lets the screen begin as it was left, and gives what keeps it for the next time.
  ///
  /// - Returns: nil if nothing is to be remembered or can be; a fleet that is made up has nothing to do
  ///   with the next one.
  /// - Throws: `SystemError` when there is no room for a thread.
  static func taking(
    up settings: Settings,
    into options: inout DashboardOptions
  ) throws(SystemError) -> ViewKeeper? {
    guard settings.screen.remembers, options.demo == nil,
      let path = StateFile.path(environment: Environment.current().values)
    else { return nil }
    do throws(SettingsError) {
      let views = try StateFile.views(at: path)
      if let view = views.last(where: { $0.context == settings.context }) {
        options.takeUp(RememberedView(view), settings)
      }
    } catch {
      // What somebody else wrote there is not written over.
      options.notes.append(Scrub.text("the view is not remembered: \(error)"))
      return nil
    }
    return try ViewKeeper(path: path, context: settings.context)
  }
}

extension String {
  /// The folder of a path, without the slash at its end.
  fileprivate var parentFolder: String {
    lastIndex(of: "/").map { String(self[..<$0]) } ?? "."
  }
}

extension StoredView {
  fileprivate init(_ view: RememberedView, context: String?) {
    self.init(context: context)
    sort = view.sort.column.rawValue
    isInverted = view.sort.isInverted
    isGrouped = view.isGrouped
    hiddenColumns = view.hiddenColumns.map(\.rawValue)
    pins = view.pins
    filter = view.filter
    regions = view.regions
    preset = view.preset.rawValue
    theme = view.theme
    history = view.history
  }
}

extension RememberedView {
  /// What a file says, as far as it can be understood; texts are from outside and made safe.
  init(_ stored: StoredView) {
    self.init()
    if let column = stored.sort.flatMap(SortColumn.init(rawValue:)) {
      sort = SortOrder(column: column, isInverted: stored.isInverted)
    }
    isGrouped = stored.isGrouped
    hiddenColumns = stored.hiddenColumns.compactMap(FleetColumn.init(rawValue:))
    pins = stored.pins.prefix(Self.mostPins).map {
      Scrub.text($0, limit: Scrub.Limit.identifier)
    }
    filter = Scrub.text(stored.filter, limit: FleetFilter.longest)
    regions = stored.regions.prefix(200).map { Scrub.text($0) }
    if let preset = stored.preset.flatMap(ViewID.init(rawValue:)), preset.isPreset {
      self.preset = preset
    }
    theme = stored.theme.map { Scrub.text($0, limit: 60) }
    history = stored.history.suffix(Self.longestHistory).map {
      Scrub.text($0, limit: FleetFilter.longest)
    }
  }
}

extension DashboardOptions {
  /// Takes up how the screen was left; what the settings say of sort, filter and regions wins.
  mutating func takeUp(_ view: RememberedView, _ settings: Settings) {
    remembered = view
    if settings.screen.sortColumn == nil { sort = view.sort }
    if let order = settings.screen.order { sort.isInverted = order == .descending }
    if regions.isEmpty { regions = view.regions }
    if filter.isEmpty, (try? FleetFilter(view.filter, unit: policy.unit)) != nil {
      filter = view.filter
    }
  }
}
