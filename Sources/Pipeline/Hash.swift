/// The same number for the same bytes, on every machine and in every version: FNV-1a, of 64 bits.
func hash(of bytes: Span<UInt8>) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for place in bytes.indices { hash = (hash ^ UInt64(bytes[place])) &* 0x100_0000_01b3 }
  return hash
}
