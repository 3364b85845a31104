// Base64 by RFC 4648, with the letters of its sections 4 and 5, and padding or none.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace base64 {

/// What a letter stands for; -1 if it is none.
inline int bits(char letter) {
  if (letter >= 'A' && letter <= 'Z') return letter - 'A';
  if (letter >= 'a' && letter <= 'z') return letter - 'a' + 26;
  if (letter >= '0' && letter <= '9') return letter - '0' + 52;
  if (letter == '+' || letter == '-') return 62;
  return letter == '/' || letter == '_' ? 63 : -1;
}

/// Writes what a text stands for, which is shorter than the text; how many bytes that are, 0 if it is no base64.
inline size_t decode(std::string_view text, uint8_t *bytes) {
  for (int padding = 0; padding < 2 && !text.empty() && text.back() == '='; padding += 1) {
    text.remove_suffix(1);
  }
  if (text.size() % 4 == 1) return 0;
  size_t count = 0;
  uint32_t held = 0;
  int width = 0;
  for (char letter : text) {
    const int six = bits(letter);
    if (six < 0) return 0;
    held = held << 6 | static_cast<uint32_t>(six);
    width += 6;
    if (width < 8) continue;
    width -= 8;
    bytes[count++] = static_cast<uint8_t>(held >> width);
  }
  return count;
}

}  // namespace base64
