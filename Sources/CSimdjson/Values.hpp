// What the readers of messages have in common: simdjson, and values as its on-demand front end gives them.
#pragma once

#include "CSimdjson.h"

// simdjson's own assertions cost a third of its speed; its errors do not depend on them.
#ifndef NDEBUG
#define NDEBUG
#endif
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <memory>
#include <new>
#include <string_view>
#include <strings.h>

namespace ondemand = simdjson::ondemand;
using simdjson::error_code;
using std::string_view;
using Result = CSimdjsonResult;
using Flaw = CSimdjsonFlaw;

namespace values {

constexpr size_t page = 4096, smallestCapacity = page;
static_assert(page >= simdjson::SIMDJSON_PADDING);

inline bool isSpace(uint8_t byte) {
  return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
}

/// simdjson's reason as one of ours.
inline Result failure(error_code error) {
  switch (error) {
  case simdjson::UTF8_ERROR: return CSimdjsonResultInvalidUTF8;
  case simdjson::MEMALLOC: return CSimdjsonResultOutOfMemory;
  case simdjson::CAPACITY: return CSimdjsonResultTooLarge;
  default: return CSimdjsonResultInvalidJSON;
  }
}

// MARK: - Objects and arrays

// Asked for each field of a message: a call of its own would cost a tenth of the time that reading takes.
#define EACH_FIELD [[gnu::always_inline]] inline

/// What a value is, told by its first character; `nothing` if no value of JSON begins so.
constexpr ondemand::json_type nothing{};

EACH_FIELD ondemand::json_type typeOf(ondemand::value &value) {
  ondemand::json_type type;
  return value.type().get(type) ? nothing : type;
}

/// Gives each field of an object to `body`, until one fails.
template <class Body> EACH_FIELD Result eachField(ondemand::object &object, Body &&body) {
  for (auto item : object) {
    ondemand::field field;
    if (error_code error = std::move(item).get(field)) return failure(error);
    if (Result result = body(field)) return result;
  }
  return CSimdjsonResultRead;
}

template <class Body> EACH_FIELD Result eachField(ondemand::value &value, Body &&body) {
  ondemand::object object;
  if (error_code error = value.get_object().get(object)) return failure(error);
  return eachField(object, body);
}

/// Gives each element of an array to `body`, until one fails.
template <class Body> EACH_FIELD Result eachElement(ondemand::value &value, Body &&body) {
  ondemand::array array;
  if (error_code error = value.get_array().get(array)) return failure(error);
  for (auto item : array) {
    ondemand::value element;
    if (error_code error = std::move(item).get(element)) return failure(error);
    if (Result result = body(element)) return result;
  }
  return CSimdjsonResultRead;
}

// MARK: - Scalars

/// A scalar as written, without the space that may follow it.
inline string_view token(ondemand::value &value) {
  string_view text = value.raw_json_token();
  while (!text.empty() && isSpace(static_cast<uint8_t>(text.back()))) text.remove_suffix(1);
  return text;
}

/// How many digits `text` begins with.
inline size_t digits(string_view text) {
  size_t count = 0;
  while (count < text.size() && text[count] >= '0' && text[count] <= '9') count += 1;
  return count;
}

/// Whether `text` is a number by RFC 8259, whatever its size.
inline bool isNumber(string_view text) {
  if (!text.empty() && text[0] == '-') text.remove_prefix(1);
  size_t whole = digits(text);
  if (whole == 0 || (whole > 1 && text[0] == '0')) return false;
  text.remove_prefix(whole);
  if (!text.empty() && text[0] == '.') {
    text.remove_prefix(1);
    size_t fraction = digits(text);
    if (fraction == 0) return false;
    text.remove_prefix(fraction);
  }
  if (!text.empty() && (text[0] == 'e' || text[0] == 'E')) {
    text.remove_prefix(1);
    if (!text.empty() && (text[0] == '+' || text[0] == '-')) text.remove_prefix(1);
    size_t exponent = digits(text);
    if (exponent == 0) return false;
    text.remove_prefix(exponent);
  }
  return text.empty();
}

inline Result readText(ondemand::value &value, CSimdjsonText &text) {
  string_view view;
  if (error_code error = value.get_string().get(view)) return failure(error);
  text = {reinterpret_cast<const uint8_t *>(view.data()), view.size()};
  return CSimdjsonResultRead;
}

/// Whether `text` is what programs write for a number that is none, such as `nan` or `-Infinity`. JSON has no word
/// for it, but nothing around it is in doubt.
inline bool isNoNumber(string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  for (string_view word : {"nan", "inf", "infinity"}) {
    if (text.size() == word.size() && !strncasecmp(text.data(), word.data(), word.size())) {
      return true;
    }
  }
  return false;
}

inline string_view view(CSimdjsonText text) {
  return {reinterpret_cast<const char *>(text.bytes), text.length};
}

inline CSimdjsonText asText(string_view view) {
  return {reinterpret_cast<const uint8_t *>(view.data()), view.size()};
}

// MARK: - Keys

/// The key as it stands in the message, unless it has escapes to resolve.
inline error_code readKey(ondemand::field &field, string_view &key) {
  const char *start = field.key().raw();
  const char *end = start;
  while (*end != '"' && *end != '\\') end += 1;
  key = string_view(start, static_cast<size_t>(end - start));
  return *end == '"' ? simdjson::SUCCESS : field.unescaped_key().get(key);
}

// MARK: - Messages

/// Where a message is copied to, so that simdjson may read beyond its end, and the parser that has room for as much.
struct Room {
  explicit Room(size_t largest) : largest(largest) {}
  ondemand::parser parser;
  std::unique_ptr<uint8_t[], decltype(&std::free)> buffer{nullptr, &std::free};
  /// Bytes of message that `buffer` and `parser` have room for.
  size_t capacity = 0;
  const size_t largest;

  /// Copies a message. The bytes behind it are always zero, so that nothing of an older message can close what this one
  /// left open.
  Result load(const uint8_t *bytes, size_t length) {
    if (length > largest) return CSimdjsonResultTooLarge;
    if (length > capacity) {
      size_t wanted = smallestCapacity;
      while (wanted < length) wanted *= 2;
      capacity = 0;
      // Copied to where a page begins, a message crosses no more of them and of the cache's lines than it must.
      buffer.reset(static_cast<uint8_t *>(std::aligned_alloc(page, wanted + page)));
      if (!buffer) return CSimdjsonResultOutOfMemory;
      if (error_code error = parser.allocate(wanted)) return failure(error);
      capacity = wanted;
    }
    std::memcpy(buffer.get(), bytes, length);
    std::memset(buffer.get() + length, 0, simdjson::SIMDJSON_PADDING);
    return CSimdjsonResultRead;
  }

  /// The message that was loaded.
  simdjson::padded_string_view view(size_t length) const {
    return simdjson::padded_string_view(buffer.get(), length,
                                        capacity + simdjson::SIMDJSON_PADDING);
  }
};

}  // namespace values
