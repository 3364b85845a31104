internal import CMosquitto
internal import Glibc
internal import System

extension MQTTClient {
  /// What to hand to the library as the host, and an address to bind to, which picks the version of IP.
  ///
  /// The library tries the first address only when it is not to block, so where there are several we look first which one
  /// answers; with TLS always, because the library then takes a refused connection for one that is still being made. With
  /// TLS it must get the name, because it checks the certificate against it.
  func chooseTarget(
    wakingOn descriptor: Int32
  ) throws(MQTTError) -> (host: String, source: String?) {
    let limit = Int64(min(max(1, options.connectSeconds), 3600)) * 1_000_000_000
    do throws(ReachError) {
      let addresses = try resolve(
        host: options.host,
        port: options.port,
        timeoutNanoseconds: limit,
        wakingOn: descriptor,
      )
      let address =
        addresses.count == 1 && options.tls == nil
        ? addresses[0]
        : try firstReachable(
          addresses,
          timeoutNanosecondsEach: limit / Int64(addresses.count),
          wakingOn: descriptor,
        )
      if options.tls == nil { return (address.text, nil) }
      return (options.host, addresses.count == 1 ? nil : address.isIPv6 ? "::" : "0.0.0.0")
    } catch {
      throw unreached(error)
    }
  }

  private func unreached(_ error: ReachError) -> MQTTError {
    switch error {
    case .nameNotFound(let reason): MQTTError(.name, "\(options.host): \(reason)")
    case .unreachable(let reason): MQTTError(.network, reason)
    case .timedOut: MQTTError(.timedOut, "no answer within \(options.connectSeconds) s")
    case .interrupted: MQTTError(.interrupted, "interrupted")
    }
  }

  /// Hands the options to the library.
  func apply(_ options: MQTTOptions) throws(MQTTError) {
    let version = options.version == .v5 ? MQTT_PROTOCOL_V5 : MQTT_PROTOCOL_V311
    try accept(mosquitto_int_option(handle, MOSQ_OPT_PROTOCOL_VERSION, version), "version")
    try accept(mosquitto_int_option(handle, MOSQ_OPT_TCP_NODELAY, 1), "no delay")
    // So many messages of QoS 1 and 2 may be under way to us at once; MQTT 5 only.
    try accept(mosquitto_int_option(handle, MOSQ_OPT_RECEIVE_MAXIMUM, 1000), "receive maximum")
    let sendMaximum = Int32(min(max(1, options.sendMaximum), 65_535))
    try accept(mosquitto_int_option(handle, MOSQ_OPT_SEND_MAXIMUM, sendMaximum), "send maximum")
    if let password = options.password, options.userName == nil || password.bytes.contains(0) {
      throw MQTTError(.options, "a password needs a user name and may not hold a NUL")
    }
    if let name = options.userName {
      let password = options.password.map { $0.bytes.map { CChar(bitPattern: $0) } + [0] }
      try accept(mosquitto_username_pw_set(handle, name, password), "user name")
    }
    if let will = options.will {
      guard (0...2).contains(will.qos), MQTTTopicFilter(will.topic)?.hasWildcards == false else {
        throw MQTTError(.options, "a will needs a topic without wildcards and a QoS of 0 to 2")
      }
      let code = mosquitto_will_set(
        handle,
        will.topic,
        Int32(clamping: will.payload.count),
        will.payload,
        Int32(clamping: will.qos),
        true,
      )
      try accept(code, "will")
    }
    if let tls = options.tls { try apply(tls) }
    if options.version == .v5 { try setLoginProperties() }
  }

  /// Tells the broker with each login by MQTT 5 to keep the session for ever, which ends with the connection otherwise, and
  /// to send no larger packets than are wanted.
  private func setLoginProperties() throws(MQTTError) {
    var properties: OpaquePointer?
    defer { mosquitto_property_free_all(&properties) }
    func add(_ property: mqtt5_property, _ value: UInt32) throws(MQTTError) {
      let code = mosquitto_property_add_int32(&properties, Int32(property.rawValue), value)
      try accept(code, "properties of the login")
    }
    if !options.isCleanSession { try add(MQTT_PROP_SESSION_EXPIRY_INTERVAL, .max) }
    if let most = options.maximumPacketSize {
      try add(MQTT_PROP_MAXIMUM_PACKET_SIZE, UInt32(clamping: most))
    }
    guard properties != nil else { return }
    // The library takes properties of a login only where it blocks. It keeps them when it refuses the keep-alive.
    let code = mosquitto_connect_bind_v5(handle, "", 1, 1, nil, properties)
    guard code == MOSQ_ERR_INVAL.rawValue else { throw lostConnection(code: code) }
  }

  private func apply(_ tls: MQTTOptions.TLS) throws(MQTTError) {
    do throws(SystemError) {
      for file in [tls.caFile, tls.certificateFile, tls.keyFile] {
        if let file { try checkReadable(file) }
      }
      if let folder = tls.caDirectory { try checkReadable(folder, acceptsFolder: true) }
    } catch {
      throw MQTTError(.options, "\(error)")
    }
    guard (tls.certificateFile == nil) == (tls.keyFile == nil) else {
      throw MQTTError(.options, "a client certificate and its key go together")
    }
    let usesSystem = tls.caFile == nil && tls.caDirectory == nil
    if usesSystem {
      try accept(mosquitto_int_option(handle, MOSQ_OPT_TLS_USE_OS_CERTS, 1), "certificates")
    }
    // The library wants a file or a folder even where it takes those of the system.
    let folder = usesSystem ? "/etc/ssl/certs" : tls.caDirectory
    let code = mosquitto_tls_set(
      handle,
      tls.caFile,
      folder,
      tls.certificateFile,
      tls.keyFile,
      giveKeyPassphrase,
    )
    try accept(code, "TLS")
    if tls.isInsecure {
      try accept(mosquitto_tls_opts_set(handle, 0, nil, nil), "TLS")
      try accept(mosquitto_tls_insecure_set(handle, true), "TLS")
    }
  }

  private func accept(_ code: Int32, _ what: String) throws(MQTTError) {
    guard code != MOSQ_ERR_SUCCESS.rawValue else { return }
    throw MQTTError(.options, "the MQTT library does not accept the \(what) (error \(code))")
  }

  /// Turns a failing code into the error with the best reason at hand; nothing else does.
  func check(_ code: Int32) throws(MQTTError) {
    if code == MOSQ_ERR_SUCCESS.rawValue, mosquitto_socket(handle) >= 0 { return }
    throw lostConnection(code: code)
  }

  /// The reason why there is no connection, given the code of the call that noticed.
  func lostConnection(code: Int32) -> MQTTError {
    let systemCode = errno
    let wasConnected = isConnected
    isConnected = false
    if let refusalCode {
      return MQTTError(.refused(code: refusalCode), connectRefusal(code: refusalCode))
    }
    let lost = Int32(MOSQ_ERR_CONN_LOST.rawValue)
    let cause = disconnectCode ?? (code == MOSQ_ERR_SUCCESS.rawValue ? lost : code)
    return error(for: cause, systemCode: systemCode, isConnected: wasConnected)
  }
}

/// Gives OpenSSL the passphrase of the key; none is an error there, while without this it would ask at the terminal.
private func giveKeyPassphrase(
  _ buffer: UnsafeMutablePointer<CChar>?,
  _ size: Int32,
  _ isForWriting: Int32,
  _ handle: UnsafeMutableRawPointer?,
) -> Int32 {
  // The library passes its own handle as the context.
  guard
    let buffer, let handle, let context = mosquitto_userdata(OpaquePointer(handle)),
    let passphrase = Unmanaged<MQTTClient>.fromOpaque(context).takeUnretainedValue()
      .options.tls?.keyPassphrase?.bytes,
    passphrase.count < Int(size)
  else { return 0 }
  for (index, byte) in passphrase.enumerated() { buffer[index] = CChar(bitPattern: byte) }
  buffer[passphrase.count] = 0
  return Int32(passphrase.count)
}
