#include "CSimdjson.h"

// simdjson's own assertions cost a third of its speed; its errors do not depend on them.
#ifndef NDEBUG
#define NDEBUG
#endif
#include <simdjson.h>

#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <string_view>

namespace ondemand = simdjson::ondemand;
using simdjson::error_code;
using std::string_view;
using Result = CSimdjsonResult;

struct CSimdjsonParser {
  explicit CSimdjsonParser(size_t largest) : largest(largest) {}
  ondemand::parser parser;
  std::unique_ptr<uint8_t[]> buffer;
  /// Bytes of message that `buffer` and `parser` have room for.
  size_t capacity = 0;
  const size_t largest;
};

namespace {

constexpr size_t smallestCapacity = 4096;

bool isSpace(uint8_t byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }

/// simdjson's reason as one of ours.
Result failure(error_code error) {
  switch (error) {
  case simdjson::UTF8_ERROR: return CSimdjsonResultInvalidUTF8;
  case simdjson::MEMALLOC: return CSimdjsonResultOutOfMemory;
  case simdjson::CAPACITY: return CSimdjsonResultTooLarge;
  default: return CSimdjsonResultInvalidJSON;
  }
}

// MARK: - Scalars

/// A scalar as written, without the space that may follow it.
string_view token(ondemand::value &value) {
  string_view text = value.raw_json_token();
  while (!text.empty() && isSpace(static_cast<uint8_t>(text.back()))) text.remove_suffix(1);
  return text;
}

/// How many digits `text` begins with.
size_t digits(string_view text) {
  size_t count = 0;
  while (count < text.size() && text[count] >= '0' && text[count] <= '9') count += 1;
  return count;
}

/// Whether `text` is a number by RFC 8259, whatever its size.
bool isNumber(string_view text) {
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

Result readText(ondemand::value &value, CSimdjsonText &text) {
  string_view view;
  if (error_code error = value.get_string().get(view)) return failure(error);
  text = {reinterpret_cast<const uint8_t *>(view.data()), view.size()};
  return CSimdjsonResultRead;
}

// MARK: - Values that are of no interest, which must be JSON all the same

Result skip(ondemand::value value, int depth);

Result skipObject(ondemand::value &value, int depth) {
  ondemand::object object;
  if (error_code error = value.get_object().get(object)) return failure(error);
  for (auto item : object) {
    ondemand::field field;
    if (error_code error = std::move(item).get(field)) return failure(error);
    string_view key;
    if (error_code error = field.unescaped_key().get(key)) return failure(error);
    if (Result result = skip(field.value(), depth)) return result;
  }
  return CSimdjsonResultRead;
}

Result skipArray(ondemand::value &value, int depth) {
  ondemand::array array;
  if (error_code error = value.get_array().get(array)) return failure(error);
  for (auto item : array) {
    ondemand::value element;
    if (error_code error = std::move(item).get(element)) return failure(error);
    if (Result result = skip(element, depth)) return result;
  }
  return CSimdjsonResultRead;
}

/// Goes over a value and checks it; simdjson would pass by what nobody asks for.
Result skip(ondemand::value value, int depth) {
  if (depth >= CSimdjson_deepest) return CSimdjsonResultTooDeep;
  ondemand::json_type type;
  if (error_code error = value.type().get(type)) return failure(error);
  CSimdjsonText text;
  bool isValid = false;
  switch (type) {
  case ondemand::json_type::object: return skipObject(value, depth + 1);
  case ondemand::json_type::array: return skipArray(value, depth + 1);
  case ondemand::json_type::string: return readText(value, text);
  case ondemand::json_type::number: isValid = isNumber(token(value)); break;
  case ondemand::json_type::boolean:
    isValid = token(value) == "true" || token(value) == "false";
    break;
  case ondemand::json_type::null: isValid = token(value) == "null"; break;
  default: break;
  }
  return isValid ? CSimdjsonResultRead : CSimdjsonResultInvalidJSON;
}

// MARK: - Keys

/// The key as it stands in the message, unless it has escapes to resolve.
error_code readKey(ondemand::field &field, string_view &key) {
  const char *start = field.key().raw();
  const char *end = start;
  while (*end != '"' && *end != '\\') end += 1;
  key = string_view(start, static_cast<size_t>(end - start));
  return *end == '"' ? simdjson::SUCCESS : field.unescaped_key().get(key);
}

/// Whether `key`, up to its closing quote, is the text of `literal`; there is padding to read.
template <size_t size> bool is(const char *key, const char (&literal)[size]) {
  return std::memcmp(key, literal, size - 1) == 0;
}

/// The metric that a key names as it stands in the message: the quick way for most.
CSimdjsonField metricAt(const char *key) {
  switch (*key) {
  case 'f': return is(key, "fuel\"") ? CSimdjsonFieldFuel : CSimdjsonFieldNone;
  case 'p': return is(key, "power\"") ? CSimdjsonFieldPower : CSimdjsonFieldNone;
  case 't': return is(key, "temperature\"") ? CSimdjsonFieldTemperature : CSimdjsonFieldNone;
  case 'l':
    if (is(key, "load\"")) return CSimdjsonFieldLoad;
    if (is(key, "lat\"")) return CSimdjsonFieldLatitude;
    return is(key, "lon\"") ? CSimdjsonFieldLongitude : CSimdjsonFieldNone;
  default: return CSimdjsonFieldNone;
  }
}

/// The same for a name that ends without a quote.
CSimdjsonField metric(string_view name) {
  char key[16] = {};
  if (name.size() >= sizeof key) return CSimdjsonFieldNone;
  name.copy(key, name.size());
  key[name.size()] = '"';
  return metricAt(key);
}

// MARK: - Known fields

/// Fills one message; a key that comes twice counts by its last value.
class Reader {
public:
  Reader(CSimdjsonMessage &message, bool isRecord) : message(message), isRecord(isRecord) {}

  Result fields(ondemand::object &object, int depth) {
    for (auto item : object) {
      ondemand::field field;
      if (error_code error = std::move(item).get(field)) return failure(error);
      CSimdjsonField metric = metricAt(field.key().raw());
      Result result;
      if (metric != CSimdjsonFieldNone) {
        result = number(metric, field.value(), depth);
      } else {
        string_view key;
        if (error_code error = readKey(field, key)) return failure(error);
        result = known(key, field.value(), depth);
      }
      if (result) return result;
    }
    return CSimdjsonResultRead;
  }

  /// Tags count before flat fields of the same name, wherever they stand.
  void finish() {
    if (tagIdentifier.length > 0) message.identifier = tagIdentifier;
    if (tagRegion.length > 0) message.region = tagRegion;
  }

private:
  CSimdjsonMessage &message;
  const bool isRecord;
  CSimdjsonText tagIdentifier = {nullptr, 0};
  CSimdjsonText tagRegion = {nullptr, 0};
  int timeRank = 0;

  Result known(string_view key, ondemand::value value, int depth) {
    CSimdjsonField field = metric(key);
    if (field != CSimdjsonFieldNone) return number(field, value, depth);
    if (key == "generatorID") {
      return text(CSimdjsonFieldIdentifier, value, message.identifier, depth);
    }
    if (!isRecord) return skip(value, depth);
    if (key == "region") return text(CSimdjsonFieldRegion, value, message.region, depth);
    if (key == "alarm") return text(CSimdjsonFieldAlarm, value, message.alarm, depth);
    if (int rank = rankOfTime(key); rank > 0) return time(rank, value, depth);
    if (key == "tags") return tags(value, depth);
    if (key == "payload" && depth == 1) return payload(value, depth);
    if (key == "values") return values(value, depth);
    return skip(value, depth);
  }

  Result wrong(Result result, CSimdjsonField field) {
    message.field = field;
    return result;
  }

  /// For a value of another type than `field` has: nothing if it is null, else a failure.
  Result other(CSimdjsonField field, ondemand::value &value, ondemand::json_type type, int depth) {
    if (Result result = skip(value, depth)) return result;
    if (type == ondemand::json_type::null) return CSimdjsonResultRead;
    return wrong(CSimdjsonResultWrongType, field);
  }

  Result number(CSimdjsonField field, ondemand::value value, int depth) {
    const uint8_t bit = static_cast<uint8_t>(1u << field);
    message.named |= bit;
    if (!value.get_double().get((&message.fuel)[field])) {
      message.present |= bit;
      return CSimdjsonResultRead;
    }
    message.present &= static_cast<uint8_t>(~bit);
    ondemand::json_type type;
    if (error_code error = value.type().get(type)) return failure(error);
    if (type != ondemand::json_type::number) return other(field, value, type, depth);
    if (!isNumber(token(value))) return CSimdjsonResultInvalidJSON;
    return wrong(CSimdjsonResultNotFinite, field);
  }

  Result text(CSimdjsonField field, ondemand::value &value, CSimdjsonText &text, int depth) {
    text = {nullptr, 0};
    ondemand::json_type type;
    if (error_code error = value.type().get(type)) return failure(error);
    if (type != ondemand::json_type::string) return other(field, value, type, depth);
    return readText(value, text);
  }

  /// Of several times in a record the most exact counts.
  static int rankOfTime(string_view key) {
    if (key == "timestamp") return 1;
    if (key == "time" || key == "_time") return 2;
    return key == "timestampNano" ? 3 : 0;
  }

  Result time(int rank, ondemand::value &value, int depth) {
    ondemand::json_type type;
    if (error_code error = value.type().get(type)) return failure(error);
    if (rank < timeRank || type == ondemand::json_type::null) return skip(value, depth);
    timeRank = rank;
    if (type == ondemand::json_type::string) {
      message.timeKind = CSimdjsonTimeText;
      return readText(value, message.timeText);
    }
    if (type != ondemand::json_type::number) {
      return other(CSimdjsonFieldTime, value, type, depth);
    }
    if (!isNumber(token(value))) return CSimdjsonResultInvalidJSON;
    message.timeKind = CSimdjsonTimeInteger;
    if (!value.get_int64().get(message.timeInteger)) return CSimdjsonResultRead;
    message.timeKind = CSimdjsonTimeDecimal;
    if (!value.get_double().get(message.timeDecimal)) return CSimdjsonResultRead;
    return wrong(CSimdjsonResultNotFinite, CSimdjsonFieldTime);
  }

  Result tags(ondemand::value &value, int depth) {
    ondemand::json_type type;
    if (error_code error = value.type().get(type)) return failure(error);
    if (type != ondemand::json_type::object) return other(CSimdjsonFieldTags, value, type, depth);
    ondemand::object object;
    if (error_code error = value.get_object().get(object)) return failure(error);
    for (auto item : object) {
      ondemand::field field;
      if (error_code error = std::move(item).get(field)) return failure(error);
      string_view key;
      if (error_code error = readKey(field, key)) return failure(error);
      if (Result result = tag(key, field.value(), depth + 1)) return result;
    }
    return CSimdjsonResultRead;
  }

  Result tag(string_view key, ondemand::value value, int depth) {
    if (key == "generatorID") return text(CSimdjsonFieldIdentifier, value, tagIdentifier, depth);
    if (key == "region") return text(CSimdjsonFieldRegion, value, tagRegion, depth);
    return skip(value, depth);
  }

  /// The record in its envelope; a payload of another type is a field like any unknown one.
  Result payload(ondemand::value &value, int depth) {
    ondemand::json_type type;
    if (error_code error = value.type().get(type)) return failure(error);
    if (type != ondemand::json_type::object) return skip(value, depth);
    ondemand::object object;
    if (error_code error = value.get_object().get(object)) return failure(error);
    return fields(object, depth + 1);
  }

  // MARK: A list of values, as the open-source InfluxDB source writes

  Result values(ondemand::value &value, int depth) {
    ondemand::json_type type;
    if (error_code error = value.type().get(type)) return failure(error);
    if (type != ondemand::json_type::array) return skip(value, depth);
    ondemand::array array;
    if (error_code error = value.get_array().get(array)) return failure(error);
    for (auto item : array) {
      ondemand::value element;
      if (error_code error = std::move(item).get(element)) return failure(error);
      if (error_code error = element.type().get(type)) return failure(error);
      if (type != ondemand::json_type::object) {
        if (Result result = skip(element, depth + 1)) return result;
      } else if (Result result = namedValue(element, depth + 2)) {
        return result;
      }
    }
    return CSimdjsonResultRead;
  }

  /// One `{"name": …, "type": …, "float64" or "int64" or "string": …}`, its keys in any order.
  Result namedValue(ondemand::value &element, int depth) {
    ondemand::object object;
    if (error_code error = element.get_object().get(object)) return failure(error);
    CSimdjsonText name = {nullptr, 0}, words = {nullptr, 0};
    double figure = 0;
    bool hasFigure = false;
    for (auto item : object) {
      ondemand::field field;
      if (error_code error = std::move(item).get(field)) return failure(error);
      string_view key;
      if (error_code error = readKey(field, key)) return failure(error);
      ondemand::value value = field.value();
      ondemand::json_type type;
      if (error_code error = value.type().get(type)) return failure(error);
      Result result;
      if (type == ondemand::json_type::number && (key == "float64" || key == "int64")) {
        hasFigure = !value.get_double().get(figure);
        result = hasFigure ? CSimdjsonResultRead : skip(value, depth);
      } else if (type == ondemand::json_type::string && key == "name") {
        result = readText(value, name);
      } else if (type == ondemand::json_type::string && key == "string") {
        result = readText(value, words);
      } else {
        result = skip(value, depth);
      }
      if (result) return result;
    }
    take(string_view(reinterpret_cast<const char *>(name.bytes), name.length), words,
         hasFigure ? &figure : nullptr);
    return CSimdjsonResultRead;
  }

  void take(string_view name, CSimdjsonText words, const double *figure) {
    CSimdjsonField field = metric(name);
    if (field != CSimdjsonFieldNone) {
      const uint8_t bit = static_cast<uint8_t>(1u << field);
      message.named |= bit;
      if (!figure) return;
      message.present |= bit;
      (&message.fuel)[field] = *figure;
    } else if (words.bytes && name == "generatorID") {
      message.identifier = words;
    } else if (words.bytes && name == "region") {
      message.region = words;
    } else if (words.bytes && name == "alarm") {
      message.alarm = words;
    }
  }
};

// MARK: - All fields of a flat object

/// Lists the fields of an object of scalars, and those of its `tags`.
class Lister {
public:
  Lister(CSimdjsonScalar *scalars, size_t capacity) : scalars(scalars), capacity(capacity) {}

  size_t count = 0;
  /// The field that a failure is about.
  CSimdjsonField failed = CSimdjsonFieldNone;

  Result fields(ondemand::object &object, bool areTags) {
    for (auto item : object) {
      ondemand::field field;
      if (error_code error = std::move(item).get(field)) return failure(error);
      string_view key;
      if (error_code error = readKey(field, key)) return failure(error);
      CSimdjsonField known = areTags ? tagNamed(key) : fieldNamed(key);
      ondemand::value value = field.value();
      Result result =
          known == CSimdjsonFieldTags ? tags(value) : add(key, known, value, areTags);
      if (result) return result;
    }
    return CSimdjsonResultRead;
  }

private:
  CSimdjsonScalar *const scalars;
  const size_t capacity;

  static CSimdjsonField tagNamed(string_view key) {
    if (key == "generatorID") return CSimdjsonFieldIdentifier;
    return key == "region" ? CSimdjsonFieldRegion : CSimdjsonFieldNone;
  }

  static CSimdjsonField fieldNamed(string_view key) {
    CSimdjsonField field = metric(key);
    if (field != CSimdjsonFieldNone) return field;
    if (key == "generatorID") return CSimdjsonFieldIdentifier;
    if (key == "alarm") return CSimdjsonFieldAlarm;
    if (key == "region") return CSimdjsonFieldRegion;
    if (key == "tags") return CSimdjsonFieldTags;
    if (key == "time") return CSimdjsonFieldTime;
    return key == "measurement" ? CSimdjsonFieldMeasurement : CSimdjsonFieldNone;
  }

  /// Whether a field of this kind is what it should be; null is for any.
  static bool fits(CSimdjsonField field, CSimdjsonKind kind, bool isTag) {
    if (isTag) return kind == CSimdjsonKindText;
    if (kind == CSimdjsonKindNull) return true;
    switch (field) {
    case CSimdjsonFieldTime:
    case CSimdjsonFieldNone: return true;
    case CSimdjsonFieldIdentifier:
    case CSimdjsonFieldRegion:
    case CSimdjsonFieldAlarm:
    case CSimdjsonFieldMeasurement: return kind == CSimdjsonKindText;
    default: return kind == CSimdjsonKindInteger || kind == CSimdjsonKindDecimal;
    }
  }

  Result wrong(Result result, CSimdjsonField field) {
    failed = field;
    return result;
  }

  Result tags(ondemand::value &value) {
    ondemand::json_type type;
    if (error_code error = value.type().get(type)) return failure(error);
    if (type == ondemand::json_type::null) return skip(value, 1);
    if (type != ondemand::json_type::object) {
      return wrong(CSimdjsonResultWrongType, CSimdjsonFieldTags);
    }
    ondemand::object object;
    if (error_code error = value.get_object().get(object)) return failure(error);
    return fields(object, true);
  }

  Result add(string_view key, CSimdjsonField field, ondemand::value &value, bool isTag) {
    if (count == capacity) return CSimdjsonResultTooManyFields;
    CSimdjsonScalar &scalar = scalars[count];
    scalar.key = {reinterpret_cast<const uint8_t *>(key.data()), key.size()};
    scalar.text = {nullptr, 0};
    scalar.field = field;
    scalar.isTag = isTag;
    if (Result result = read(value, scalar)) return wrong(result, field);
    if (!fits(field, scalar.kind, isTag)) {
      return wrong(CSimdjsonResultWrongType, isTag ? CSimdjsonFieldTags : field);
    }
    count += 1;
    return CSimdjsonResultRead;
  }

  static Result read(ondemand::value &value, CSimdjsonScalar &scalar) {
    ondemand::json_type type;
    if (error_code error = value.type().get(type)) return failure(error);
    switch (type) {
    case ondemand::json_type::string:
      scalar.kind = CSimdjsonKindText;
      return readText(value, scalar.text);
    case ondemand::json_type::number: return number(value, scalar);
    case ondemand::json_type::boolean: {
      string_view text = token(value);
      scalar.kind = CSimdjsonKindBoolean;
      scalar.integer = text == "true";
      return text == "true" || text == "false" ? CSimdjsonResultRead : CSimdjsonResultInvalidJSON;
    }
    case ondemand::json_type::null:
      scalar.kind = CSimdjsonKindNull;
      return token(value) == "null" ? CSimdjsonResultRead : CSimdjsonResultInvalidJSON;
    default: return CSimdjsonResultNested;
    }
  }

  static Result number(ondemand::value &value, CSimdjsonScalar &scalar) {
    scalar.kind = CSimdjsonKindInteger;
    if (!value.get_int64().get(scalar.integer)) return CSimdjsonResultRead;
    scalar.kind = CSimdjsonKindDecimal;
    if (!value.get_double().get(scalar.decimal)) return CSimdjsonResultRead;
    return isNumber(token(value)) ? CSimdjsonResultNotFinite : CSimdjsonResultInvalidJSON;
  }
};

// MARK: - Messages

/// Copies the message to where simdjson may read beyond its end. The bytes there are always zero,
/// so that nothing of an older message can close what this one left open.
Result load(CSimdjsonParser &parser, const uint8_t *bytes, size_t length) {
  if (length > parser.largest) return CSimdjsonResultTooLarge;
  if (length > parser.capacity) {
    size_t capacity = smallestCapacity;
    while (capacity < length) capacity *= 2;
    parser.capacity = 0;
    parser.buffer.reset(new (std::nothrow) uint8_t[capacity + simdjson::SIMDJSON_PADDING]);
    if (!parser.buffer) return CSimdjsonResultOutOfMemory;
    if (error_code error = parser.parser.allocate(capacity)) return failure(error);
    parser.capacity = capacity;
  }
  std::memcpy(parser.buffer.get(), bytes, length);
  std::memset(parser.buffer.get() + length, 0, simdjson::SIMDJSON_PADDING);
  return CSimdjsonResultRead;
}

/// Gives the root object of a message to `body`, and checks that nothing follows it.
template <class Body>
Result parse(CSimdjsonParser &parser, const uint8_t *bytes, size_t length, Body body) {
  size_t start = 0;
  while (start < length && isSpace(bytes[start])) start += 1;
  if (start == length || bytes[start] != '{') return CSimdjsonResultNotAnObject;
  if (Result result = load(parser, bytes + start, length - start)) return result;
  simdjson::padded_string_view view(parser.buffer.get(), length - start,
                                    parser.capacity + simdjson::SIMDJSON_PADDING);
  ondemand::document document;
  if (error_code error = parser.parser.iterate(view).get(document)) return failure(error);
  ondemand::object object;
  if (error_code error = document.get_object().get(object)) return failure(error);
  if (Result result = body(object)) return result;
  return document.current_location().error() == simdjson::OUT_OF_BOUNDS
             ? CSimdjsonResultRead
             : CSimdjsonResultInvalidJSON;
}

Result readMessage(CSimdjsonParser &parser, const uint8_t *bytes, size_t length,
                   CSimdjsonMessage &message, bool isRecord) {
  message.present = 0;
  message.named = 0;
  message.timeKind = CSimdjsonTimeAbsent;
  message.field = CSimdjsonFieldNone;
  message.timeText = message.identifier = message.region = message.alarm = {nullptr, 0};
  return parse(parser, bytes, length, [&](ondemand::object &object) {
    Reader reader(message, isRecord);
    Result result = reader.fields(object, 1);
    reader.finish();
    return result;
  });
}

Result readScalar(ondemand::value value, CSimdjsonText &text) {
  text = {nullptr, 0};
  ondemand::json_type type;
  if (error_code error = value.type().get(type)) return failure(error);
  if (type == ondemand::json_type::string) return readText(value, text);
  if (type == ondemand::json_type::number || type == ondemand::json_type::boolean) {
    string_view view = token(value);
    text = {reinterpret_cast<const uint8_t *>(view.data()), view.size()};
  }
  return skip(value, 1);
}

}  // namespace

CSimdjsonParser *CSimdjson_create(size_t largest) {
  return new (std::nothrow) CSimdjsonParser(largest);
}

void CSimdjson_destroy(CSimdjsonParser *parser) { delete parser; }

CSimdjsonResult CSimdjson_sample(CSimdjsonParser *parser, const uint8_t *bytes, size_t length,
                                 CSimdjsonMessage *message) {
  return readMessage(*parser, bytes, length, *message, false);
}

CSimdjsonResult CSimdjson_record(CSimdjsonParser *parser, const uint8_t *bytes, size_t length,
                                 CSimdjsonMessage *message) {
  return readMessage(*parser, bytes, length, *message, true);
}

CSimdjsonResult CSimdjson_text(CSimdjsonParser *parser, const uint8_t *bytes, size_t length,
                               const uint8_t *key, size_t keyLength, CSimdjsonText *text) {
  *text = {nullptr, 0};
  const string_view wanted(reinterpret_cast<const char *>(key), keyLength);
  return parse(*parser, bytes, length, [&](ondemand::object &object) {
    for (auto item : object) {
      ondemand::field field;
      if (error_code error = std::move(item).get(field)) return failure(error);
      string_view name;
      if (error_code error = field.unescaped_key().get(name)) return failure(error);
      Result result = name == wanted ? readScalar(field.value(), *text) : skip(field.value(), 1);
      if (result) return result;
    }
    return CSimdjsonResultRead;
  });
}

CSimdjsonResult CSimdjson_fields(CSimdjsonParser *parser, const uint8_t *bytes, size_t length,
                                 CSimdjsonScalar *scalars, size_t capacity, size_t *count,
                                 CSimdjsonField *failed) {
  Lister lister(scalars, capacity);
  Result result = parse(*parser, bytes, length, [&](ondemand::object &object) {
    return lister.fields(object, false);
  });
  *count = lister.count;
  *failed = lister.failed;
  return result;
}
