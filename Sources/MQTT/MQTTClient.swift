internal import CMosquitto
internal import Glibc
public import System

/// One client of a broker, by libmosquitto, whose poll loop is ours.
///
/// Belongs to one thread. Make it, `connect`, then call `poll` again and again; when either throws, the connection is gone,
/// and `connect` may be called again or the client dropped. Nothing here waits longer than it says, and every wait ends
/// early when the descriptor to wake up on becomes readable.
public final class MQTTClient {
  public let options: MQTTOptions
  /// The broker has accepted our login, and the connection stands as far as we know.
  public internal(set) var isConnected = false
  /// Messages given to the network (QoS 0) or acknowledged by the broker (QoS 1 and 2) since the client was made.
  public internal(set) var acknowledgedCount = 0
  /// Messages published since the client was made; those not in `acknowledgedCount` are still under way.
  public internal(set) var publishedCount = 0

  /// For how many seconds the broker keeps a session whose connection is gone, where that is not for ever as was asked for; nil
  /// where it does not say so, as none does by MQTT 3.1.1.
  public internal(set) var sessionSeconds: Int?

  /// The version of TLS in use, such as "TLSv1.3"; nil before the broker answered the login, and without TLS.
  public internal(set) var tlsVersion: String?

  /// Owned: freed in `deinit`, so the context that C keeps (this object, not retained) cannot dangle.
  let handle: OpaquePointer
  var events: [MQTTEvent] = []
  /// Filters whose SUBACK has not come, by message id.
  var pendingFilters: [Int32: String] = [:]
  /// Set while `poll` runs.
  var messageHandler: MQTTMessageHandler?
  /// The code of the CONNACK that said no.
  var refusalCode: Int?
  /// The code of the broker's DISCONNECT (MQTT 5).
  var disconnectCode: Int32?
  /// The last error in the library's own log, while connecting.
  var libraryDetail = ""
  /// What was wrong with the broker's certificate.
  var certificateProblem: CertificateProblem?
  var keepAliveNanoseconds: Int64 = 0
  /// A packet came to its end in this round.
  var hasWholePacket = false
  /// A message came that is larger than is wanted; it was not lent.
  var isOversized = false
  /// What had been read when a round first ended within the packet that is coming; nil if none has.
  private var partBegan: Int64?

  private var poll = Poll()
  private(set) var awaitsTCP = false
  /// The last round ended before all was read; some of it may be in the library, where `poll` does not see it.
  private var mayHoldMore = false
  private var connectDeadline: Int64 = 0
  private var lastHeard: Int64 = 0

  /// Packets read before others get their turn.
  private static let packetsPerRound = 2048

  /// - Throws: `MQTTError` with cause `options` when something in the options cannot be, such as an unreadable file.
  public init(_ options: MQTTOptions) throws(MQTTError) {
    guard
      libraryCode == Int32(MOSQ_ERR_SUCCESS.rawValue),
      let handle = options.isOneOfMany
        ? WakeupPair.whileShrinking({ Self.makeHandle(options) }) : Self.makeHandle(options)
    else { throw MQTTError(.other, "the MQTT library cannot start") }
    self.options = options
    self.handle = handle
    mosquitto_user_data_set(handle, Unmanaged.passUnretained(self).toOpaque())
    // Then the library sends nothing until it is told to write.
    if options.holdsAcknowledgements { mosquitto_threaded_set(handle, true) }
    installCallbacks()
    try apply(options)
  }

  deinit {
    mosquitto_destroy(handle)
  }

  private static func makeHandle(_ options: MQTTOptions) -> OpaquePointer? {
    mosquitto_new(options.clientID, options.isCleanSession, nil)
  }

  /// Begins to connect: finds the address, then leaves TCP, TLS and login to `poll`, whose event `connected` says that all
  /// went well.
  ///
  /// What was published with QoS 1 or 2 before and is not acknowledged is sent again, in its order.
  ///
  /// - Parameters:
  ///   - address: the broker's address in numbers, where the caller has found it already; not used with TLS.
  ///   - descriptor: ends the search for an address when it becomes readable; negative for none.
  /// - Throws: `MQTTError`; also when `descriptor` became readable.
  public func connect(to address: String? = nil, wakingOn descriptor: Int32 = -1) throws(MQTTError)
  {
    forgetConnection()
    connectDeadline =
      monotonicNanoseconds() + Int64(min(max(1, options.connectSeconds), 3600)) * 1_000_000_000
    var target: (host: String, source: String?) = (address ?? "", nil)
    if address == nil || options.tls != nil { target = try chooseTarget(wakingOn: descriptor) }
    let keepAlive = min(max(5, options.keepAliveSeconds), 65_535)
    keepAliveNanoseconds = Int64(keepAlive) * 1_000_000_000
    errno = 0
    let code = mosquitto_connect_bind_async(
      handle,
      target.host,
      Int32(clamping: options.port),
      Int32(keepAlive),
      target.source,
    )
    try check(code)
    awaitsTCP = true
    mayHoldMore = false
    partBegan = nil
    isOversized = false
  }

  /// Waits for the network and does what there is to do, once: at most 2,048 packets.
  ///
  /// What waits to be sent goes first, then packets are read. So with `holdsAcknowledgements` a call acknowledges
  /// the messages of the calls before, and those it lends itself stay unacknowledged.
  ///
  /// - Parameters:
  ///   - descriptor: ends the wait when it becomes readable, without an error; negative for none.
  ///   - timeoutNanoseconds: the longest wait.
  ///   - acknowledges: whether what waits to be sent goes; else it waits for the next call, and so do the broker's
  ///     pings, so that this may be false for some seconds at most.
  ///   - onMessage: called for each message on this thread, with bytes that are only lent to it.
  /// - Returns: what else happened, in order.
  /// - Throws: `MQTTError` when there is no connection any more. Messages lent before it are good.
  public func poll(
    wakingOn descriptor: Int32 = -1,
    timeoutNanoseconds: Int64,
    acknowledges: Bool = true,
    onMessage: MQTTMessageHandler,
  ) throws(MQTTError) -> [MQTTEvent] {
    let socket = mosquitto_socket(handle)
    guard socket >= 0 else { throw lostConnection(code: Int32(MOSQ_ERR_NO_CONN.rawValue)) }
    poll.removeAll()
    let position = poll.add(socket, wantsWrite && acknowledges ? [.read, .write] : .read)
    poll.add(descriptor, .read)
    do {
      // The library counts its keep-alive in seconds, and only when it is asked.
      let timeout = mayHoldMore ? 0 : min(timeoutNanoseconds, 1_000_000_000)
      try poll.wait(timeoutNanoseconds: timeout)
    } catch {
      throw MQTTError(.other, error.reason)
    }
    return try serve(poll.readiness(of: position), onMessage: onMessage)
  }

  /// For a caller that waits on many clients itself: what to wait on, -1 without a connection; owned by the client, and
  /// another after each `connect`.
  public var descriptor: Int32 { mosquitto_socket(handle) }

  /// Whether to wait until the descriptor can be written to; else until there is something to read.
  public var wantsWrite: Bool { awaitsTCP || mosquitto_want_write(handle) }

  /// Does what `poll` does, for a caller that has waited itself; to be called once a second as well, ready or not.
  ///
  /// - Parameters:
  ///   - ready: what the descriptor is ready for.
  ///   - onMessage: as for `poll`.
  /// - Returns: what else happened, in order.
  /// - Throws: `MQTTError` when there is no connection any more.
  public func serve(
    _ ready: Poll.Readiness,
    onMessage: MQTTMessageHandler
  ) throws(MQTTError) -> [MQTTEvent] {
    try withoutActuallyEscaping(onMessage) { handler throws(MQTTError) in
      messageHandler = handler
      defer { messageHandler = nil }
      try doRound(ready)
    }
    defer { events.removeAll(keepingCapacity: true) }
    return events
  }

  /// Says goodbye, so that the broker does not publish our will.
  public func disconnect() {
    _ = mosquitto_disconnect(handle)
    _ = mosquitto_loop_write(handle, 1)
    isConnected = false
  }

  /// Ends the connection without a word, as a broken network does; the broker publishes our will.
  public func abandon() {
    let socket = mosquitto_socket(handle)
    if socket >= 0 {
      shutdown(socket, Int32(SHUT_RDWR))
      // The library closes the socket when it finds the end; acknowledgements before it still count.
      for _ in 0..<Self.packetsPerRound where mosquitto_socket(handle) >= 0 {
        _ = mosquitto_loop_read(handle, 1)
      }
    }
    isConnected = false
    events.removeAll()
  }

  private func forgetConnection() {
    isConnected = false
    events.removeAll()
    pendingFilters.removeAll()
    refusalCode = nil
    disconnectCode = nil
    libraryDetail = ""
    certificateProblem = nil
    tlsVersion = nil
    mosquitto_log_callback_set(handle, keepLibraryDetail)
  }

  private func doRound(_ ready: Poll.Readiness) throws(MQTTError) {
    let socket = mosquitto_socket(handle)
    guard socket >= 0 else { throw lostConnection(code: Int32(MOSQ_ERR_NO_CONN.rawValue)) }
    if awaitsTCP {
      if !ready.isEmpty { try finishTCP(socket) }
    } else {
      if ready.contains(.write) { try check(mosquitto_loop_write(handle, 1)) }
      if ready.contains(.read) || mayHoldMore { try readPackets(socket) }
    }
    if !awaitsTCP, options.sendsPings { try check(mosquitto_loop_misc(handle)) }
    // In a TLS handshake the library may take the end of the connection for a reason to wait.
    if !isConnected, !awaitsTCP, !ready.isEmpty, isClosedByPeer(socket) {
      throw closedBeforeAnswer
    }
    try checkDeadlines()
  }

  private func finishTCP(_ socket: Int32) throws(MQTTError) {
    let failure = socketFailure(of: socket)
    // The login may be on its way already, and the broker's answer a reset.
    if failure == ECONNRESET || failure == EPIPE { throw closedBeforeAnswer }
    if failure != 0 {
      throw MQTTError(.network, SystemError(action: "connect", code: failure).reason)
    }
    awaitsTCP = false
    try check(mosquitto_loop_write(handle, 1))
  }

  private func readPackets(_ socket: Int32) throws(MQTTError) {
    mayHoldMore = true
    hasWholePacket = false
    for _ in 0..<Self.packetsPerRound {
      errno = 0
      // Reads one packet, whatever number it is given, and leaves EAGAIN in errno when there was none.
      let code = mosquitto_loop_read(handle, 1)
      let isDrained = errno == EAGAIN
      try check(code)
      if isDrained {
        mayHoldMore = false
        break
      }
      hasWholePacket = true
    }
    lastHeard = monotonicNanoseconds()
    if let most = options.maximumPacketSize { try checkPacket(socket, most) }
  }

  /// Leaves a broker that is sending a larger packet than is wanted: the library would take all of it.
  ///
  /// It does not tell how large a packet is before the whole is there, so what comes without the end of one is counted. One
  /// that comes as fast as it is read is noticed at its end.
  private func checkPacket(_ socket: Int32, _ most: Int) throws(MQTTError) {
    if hasWholePacket {
      partBegan = nil
    } else if let count = bytesRead(from: socket) {
      let begin = partBegan ?? count
      partBegan = begin
      isOversized = isOversized || count - begin > most
    }
    guard isOversized else { return }
    disconnect()
    throw .oversized(most)
  }

  private func checkDeadlines() throws(MQTTError) {
    let now = monotonicNanoseconds()
    if !isConnected {
      guard now < connectDeadline else { throw noAnswer }
    } else if options.sendsPings, now - lastHeard > keepAliveNanoseconds / 2 * 3 + 2_000_000_000 {
      // The library itself waits for twice the keep-alive. A living broker answers our ping after one.
      isConnected = false
      throw MQTTError.silent
    }
  }
}

/// The result of `mosquitto_lib_init`, which must be called once, before all else.
private let libraryCode = mosquitto_lib_init()
