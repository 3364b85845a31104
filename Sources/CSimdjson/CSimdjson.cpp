#include "CSimdjson.h"

// simdjson's own assertions cost a third of its speed; its errors do not depend on them.
#ifndef NDEBUG
#define NDEBUG
#endif
#include <simdjson.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <iterator>
#include <memory>
#include <new>
#include <string_view>

namespace ondemand = simdjson::ondemand;
using simdjson::error_code;
using std::string_view;
using Result = CSimdjsonResult;

namespace {

// MARK: - Names

/// The names that messages are read by, found by how a key begins.
class Names {
public:
  static constexpr size_t longest = 31;

  struct Name {
    /// The name and its closing quote, and which bits of them count.
    uint64_t words[4], masks[4];
    CSimdjsonMeaning meaning;
    uint8_t slot;
    /// In the list that was given.
    int16_t place;
    /// The next name that begins alike, or -1.
    int16_t next;

    bool matches(const char *key) const {
      if (differs(key, 0)) return false;
      for (int index = 1; index < 4 && masks[index]; index += 1) {
        if (differs(key, index)) return false;
      }
      return true;
    }

    bool differs(const char *key, int index) const {
      uint64_t word;
      std::memcpy(&word, key + index * sizeof word, sizeof word);
      return (word ^ words[index]) & masks[index];
    }
  };

  /// Whether all of them can be told apart from a message's keys.
  bool add(const CSimdjsonName *given, size_t count) {
    std::fill(std::begin(first), std::end(first), -1);
    names.reset(new (std::nothrow) Name[count]);
    if (!names || count > INT16_MAX) return false;
    for (size_t place = 0; place < count; place += 1) {
      if (given[place].length == 0 || given[place].length > longest) return false;
      if (given[place].slot >= slots(given[place].meaning)) return false;
      fill(names[place], given[place], static_cast<int16_t>(place));
    }
    return true;
  }

  /// The name that a key in the message has; `key` is followed by 32 bytes that may be read.
  const Name *at(const char *key) const {
    for (int16_t place = first[start(key)]; place >= 0; place = names[place].next) {
      if (names[place].matches(key)) return &names[place];
    }
    return nullptr;
  }

  /// The same for a name that ends without a quote.
  const Name *named(string_view text) const {
    char key[longest + 1 + sizeof(uint64_t)] = {};
    if (text.empty() || text.size() > longest) return nullptr;
    text.copy(key, text.size());
    key[text.size()] = '"';
    return at(key);
  }

private:
  int16_t first[256];
  std::unique_ptr<Name[]> names;

  /// Most names differ in one of their first two characters.
  static uint8_t start(const char *key) { return static_cast<uint8_t>(key[0] * 31 + key[1]); }

  static size_t slots(CSimdjsonMeaning meaning) {
    switch (meaning) {
    case CSimdjsonMeaningNumber:
    case CSimdjsonMeaningLooseNumber: return CSimdjson_mostNumbers;
    case CSimdjsonMeaningText:
    case CSimdjsonMeaningTag: return CSimdjson_mostTexts;
    default: return UINT8_MAX;
    }
  }

  void fill(Name &name, const CSimdjsonName &given, int16_t place) {
    char key[sizeof name.words] = {}, mask[sizeof name.masks] = {};
    std::memcpy(key, given.bytes, given.length);
    key[given.length] = '"';
    std::memset(mask, 0xFF, given.length + 1);
    std::memcpy(name.words, key, sizeof key);
    std::memcpy(name.masks, mask, sizeof mask);
    name.meaning = given.meaning;
    name.slot = given.slot;
    name.place = place;
    name.next = first[start(key)];
    first[start(key)] = place;
  }
};

}  // namespace

struct CSimdjsonParser {
  explicit CSimdjsonParser(size_t largest) : largest(largest) {}
  ondemand::parser parser;
  std::unique_ptr<uint8_t[], decltype(&std::free)> buffer{nullptr, &std::free};
  /// Bytes of message that `buffer` and `parser` have room for.
  size_t capacity = 0;
  const size_t largest;
  Names names;
  double numbers[CSimdjson_mostNumbers] = {};
  CSimdjsonText texts[CSimdjson_mostTexts] = {};
};

namespace {

constexpr size_t page = 4096, smallestCapacity = page;
static_assert(page >= simdjson::SIMDJSON_PADDING);

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

Result readNumber(ondemand::value &value, CSimdjsonScalar &scalar) {
  scalar.kind = CSimdjsonKindInteger;
  if (!value.get_int64().get(scalar.integer)) return CSimdjsonResultRead;
  scalar.kind = CSimdjsonKindDecimal;
  if (!value.get_double().get(scalar.decimal)) return CSimdjsonResultRead;
  return isNumber(token(value)) ? CSimdjsonResultNotFinite : CSimdjsonResultInvalidJSON;
}

// MARK: - Values that are of no interest, which must be JSON all the same

/// Goes over a value and checks it; simdjson would pass by what nobody asks for.
Result skip(ondemand::value value, int depth) {
  if (depth >= CSimdjson_deepest) return CSimdjsonResultTooDeep;
  CSimdjsonText text;
  bool isValid = false;
  switch (typeOf(value)) {
  case ondemand::json_type::object:
    return eachField(value, [&](ondemand::field &field) {
      string_view key;
      if (error_code error = field.unescaped_key().get(key)) return failure(error);
      return skip(field.value(), depth + 1);
    });
  case ondemand::json_type::array:
    return eachElement(value, [&](ondemand::value &element) { return skip(element, depth + 1); });
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

// MARK: - Known fields

/// Fills one message; a key that comes twice counts by its last value.
class Reader {
public:
  Reader(CSimdjsonParser &parser, CSimdjsonMessage &message)
      : names(parser.names), numbers(parser.numbers), texts(parser.texts), message(message) {}

  /// Of an object, or of a value that is one.
  template <class Object> Result fields(Object &object, int depth) {
    return eachField(object, [&](ondemand::field &field) {
      const Names::Name *name;
      if (error_code error = find(field, name)) return failure(error);
      return known(name, field.value(), depth);
    });
  }

private:
  const Names &names;
  double *const numbers;
  CSimdjsonText *const texts;
  CSimdjsonMessage &message;
  /// One bit for each text that a tag gave: it counts before a flat field of the same name, wherever that stands.
  uint32_t tagged = 0;
  int timeRank = -1;

  /// Nothing for a key that is not among the names.
  EACH_FIELD error_code find(ondemand::field &field, const Names::Name *&name) {
    name = names.at(field.key().raw());
    return name ? simdjson::SUCCESS : findEscaped(field, name);
  }

  error_code findEscaped(ondemand::field &field, const Names::Name *&name) {
    string_view key;
    error_code error = readKey(field, key);
    if (!error && key.data() != field.key().raw()) name = names.named(key);
    return error;
  }

  Result known(const Names::Name *name, ondemand::value value, int depth) {
    if (!name) return skip(value, depth);
    switch (name->meaning) {
    case CSimdjsonMeaningNumber:
    case CSimdjsonMeaningLooseNumber: return number(*name, value, depth);
    case CSimdjsonMeaningText:
    case CSimdjsonMeaningTag: {
      CSimdjsonText unused;
      return text(*name, value, tagged & 1u << name->slot ? unused : texts[name->slot], depth);
    }
    case CSimdjsonMeaningTime: return time(*name, value, depth);
    case CSimdjsonMeaningTags: return tags(*name, value, depth);
    case CSimdjsonMeaningEnvelope:
      return depth == 1 ? envelope(value, depth) : skip(value, depth);
    case CSimdjsonMeaningValues: return values(value, depth);
    }
    return skip(value, depth);
  }

  Result wrong(Result result, const Names::Name &name) {
    message.failed = name.place;
    return result;
  }

  /// For a value of another type than the field has: nothing if it is null, else a failure.
  Result other(const Names::Name &name, ondemand::value &value, ondemand::json_type type,
               int depth) {
    if (Result result = skip(value, depth)) return result;
    if (type == ondemand::json_type::null) return CSimdjsonResultRead;
    return wrong(CSimdjsonResultWrongType, name);
  }

  Result number(const Names::Name &name, ondemand::value value, int depth) {
    const uint32_t bit = 1u << name.slot;
    if (!value.get_double().get(numbers[name.slot])) {
      message.named |= bit;
      message.present |= bit;
      return CSimdjsonResultRead;
    }
    message.present &= ~bit;
    const ondemand::json_type type = typeOf(value);
    if (name.meaning == CSimdjsonMeaningLooseNumber && type != ondemand::json_type::null) {
      return skip(value, depth);
    }
    message.named |= bit;
    if (type != ondemand::json_type::number) return other(name, value, type, depth);
    if (!isNumber(token(value))) return CSimdjsonResultInvalidJSON;
    return wrong(CSimdjsonResultNotFinite, name);
  }

  Result text(const Names::Name &name, ondemand::value &value, CSimdjsonText &text, int depth) {
    text = {nullptr, 0};
    const ondemand::json_type type = typeOf(value);
    if (type != ondemand::json_type::string) return other(name, value, type, depth);
    return readText(value, text);
  }

  Result time(const Names::Name &name, ondemand::value &value, int depth) {
    const ondemand::json_type type = typeOf(value);
    if (name.slot < timeRank || type == ondemand::json_type::null) return skip(value, depth);
    timeRank = name.slot;
    if (type == ondemand::json_type::string) {
      message.time.kind = CSimdjsonKindText;
      return readText(value, message.time.text);
    }
    if (type != ondemand::json_type::number) return other(name, value, type, depth);
    const Result result = readNumber(value, message.time);
    return result == CSimdjsonResultNotFinite ? wrong(result, name) : result;
  }

  Result tags(const Names::Name &name, ondemand::value &value, int depth) {
    const ondemand::json_type type = typeOf(value);
    if (type != ondemand::json_type::object) return other(name, value, type, depth);
    return eachField(value, [&](ondemand::field &field) {
      const Names::Name *tag;
      if (error_code error = find(field, tag)) return failure(error);
      ondemand::value inner = field.value();
      if (!tag || tag->meaning != CSimdjsonMeaningTag) return skip(inner, depth + 1);
      CSimdjsonText words;
      if (Result result = text(*tag, inner, words, depth + 1)) return result;
      if (words.length == 0) return CSimdjsonResultRead;
      tagged |= 1u << tag->slot;
      texts[tag->slot] = words;
      return CSimdjsonResultRead;
    });
  }

  /// The record in its envelope; one of another type is a field like any unknown one.
  Result envelope(ondemand::value &value, int depth) {
    const bool isObject = typeOf(value) == ondemand::json_type::object;
    return isObject ? fields(value, depth + 1) : skip(value, depth);
  }

  // MARK: A list of values, as the open-source InfluxDB source writes

  Result values(ondemand::value &value, int depth) {
    if (typeOf(value) != ondemand::json_type::array) return skip(value, depth);
    return eachElement(value, [&](ondemand::value &element) {
      const bool isObject = typeOf(element) == ondemand::json_type::object;
      return isObject ? namedValue(element, depth + 2) : skip(element, depth + 1);
    });
  }

  /// One `{"name": …, "type": …, "float64" or "int64" or "string": …}`, its keys in any order.
  Result namedValue(ondemand::value &element, int depth) {
    CSimdjsonText name = {nullptr, 0}, words = {nullptr, 0};
    double figure = 0;
    bool hasFigure = false;
    Result result = eachField(element, [&](ondemand::field &field) {
      string_view key;
      if (error_code error = readKey(field, key)) return failure(error);
      ondemand::value value = field.value();
      const ondemand::json_type type = typeOf(value);
      if (type == ondemand::json_type::number && (key == "float64" || key == "int64")) {
        hasFigure = !value.get_double().get(figure);
        return hasFigure ? CSimdjsonResultRead : skip(value, depth);
      }
      const bool isText = type == ondemand::json_type::string;
      if (isText && key == "name") return readText(value, name);
      return isText && key == "string" ? readText(value, words) : skip(value, depth);
    });
    if (result) return result;
    take(string_view(reinterpret_cast<const char *>(name.bytes), name.length), words,
         hasFigure ? &figure : nullptr);
    return CSimdjsonResultRead;
  }

  void take(string_view key, CSimdjsonText words, const double *figure) {
    const Names::Name *name = names.named(key);
    if (!name) return;
    switch (name->meaning) {
    case CSimdjsonMeaningNumber:
    case CSimdjsonMeaningLooseNumber:
      message.named |= 1u << name->slot;
      if (!figure) return;
      message.present |= 1u << name->slot;
      numbers[name->slot] = *figure;
      return;
    case CSimdjsonMeaningText:
    case CSimdjsonMeaningTag:
      if (words.bytes && !(tagged & 1u << name->slot)) texts[name->slot] = words;
      return;
    default: return;
    }
  }
};

// MARK: - All fields of a flat object

/// Lists the fields of an object of scalars, and those of its `tags`.
class Lister {
public:
  Lister(const Names &names, CSimdjsonScalar *scalars, size_t capacity)
      : names(names), scalars(scalars), capacity(capacity) {}

  size_t count = 0;
  /// The name of the field that a failure is about, or -1.
  int failed = -1;

  /// `tags` is the name of the object if that holds the tags.
  template <class Object> Result fields(Object &object, const Names::Name *tags) {
    return eachField(object, [&](ondemand::field &field) {
      string_view key;
      if (error_code error = readKey(field, key)) return failure(error);
      const char *raw = field.key().raw();
      const Names::Name *name = key.data() == raw ? names.at(raw) : names.named(key);
      if (tags && name && name->meaning != CSimdjsonMeaningTag) name = nullptr;
      ondemand::value value = field.value();
      return name && name->meaning == CSimdjsonMeaningTags ? list(*name, value)
                                                           : add(key, name, value, tags);
    });
  }

private:
  const Names &names;
  CSimdjsonScalar *const scalars;
  const size_t capacity;

  /// Whether a field of this kind is what it should be; null is for any.
  static bool fits(const Names::Name *name, CSimdjsonKind kind) {
    if (!name || kind == CSimdjsonKindNull) return true;
    switch (name->meaning) {
    case CSimdjsonMeaningNumber:
    case CSimdjsonMeaningLooseNumber:
      return kind == CSimdjsonKindInteger || kind == CSimdjsonKindDecimal;
    case CSimdjsonMeaningText:
    case CSimdjsonMeaningTag: return kind == CSimdjsonKindText;
    default: return true;
    }
  }

  Result wrong(Result result, const Names::Name *name) {
    failed = name ? name->place : -1;
    return result;
  }

  Result list(const Names::Name &tags, ondemand::value &value) {
    const ondemand::json_type type = typeOf(value);
    if (type == ondemand::json_type::null || type == nothing) return skip(value, 1);
    if (type != ondemand::json_type::object) return wrong(CSimdjsonResultWrongType, &tags);
    return fields(value, &tags);
  }

  Result add(string_view key, const Names::Name *name, ondemand::value &value,
             const Names::Name *tags) {
    if (count == capacity) return CSimdjsonResultTooManyFields;
    CSimdjsonScalar &scalar = scalars[count];
    scalar.key = {reinterpret_cast<const uint8_t *>(key.data()), key.size()};
    scalar.text = {nullptr, 0};
    scalar.isTag = tags != nullptr;
    if (Result result = read(value, scalar)) return wrong(result, name);
    if (tags && scalar.kind != CSimdjsonKindText) return wrong(CSimdjsonResultWrongType, tags);
    if (!fits(name, scalar.kind)) {
      if (name->meaning != CSimdjsonMeaningLooseNumber) {
        return wrong(CSimdjsonResultWrongType, name);
      }
      name = nullptr;
    }
    scalar.name = name ? name->place : -1;
    count += 1;
    return CSimdjsonResultRead;
  }

  static Result read(ondemand::value &value, CSimdjsonScalar &scalar) {
    const ondemand::json_type type = typeOf(value);
    if (type == nothing) return CSimdjsonResultInvalidJSON;
    switch (type) {
    case ondemand::json_type::string:
      scalar.kind = CSimdjsonKindText;
      return readText(value, scalar.text);
    case ondemand::json_type::number: return readNumber(value, scalar);
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
    // Copied to where a page begins, a message crosses no more of them and of the cache's lines than it must.
    parser.buffer.reset(static_cast<uint8_t *>(std::aligned_alloc(page, capacity + page)));
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

Result readScalar(ondemand::value value, CSimdjsonText &text) {
  text = {nullptr, 0};
  const ondemand::json_type type = typeOf(value);
  if (type == ondemand::json_type::string) return readText(value, text);
  if (type == ondemand::json_type::number || type == ondemand::json_type::boolean) {
    string_view view = token(value);
    text = {reinterpret_cast<const uint8_t *>(view.data()), view.size()};
  }
  return skip(value, 1);
}

}  // namespace

CSimdjsonParser *CSimdjson_create(size_t largest, const CSimdjsonName *names, size_t count) {
  std::unique_ptr<CSimdjsonParser> parser(new (std::nothrow) CSimdjsonParser(largest));
  return parser && parser->names.add(names, count) ? parser.release() : nullptr;
}

void CSimdjson_destroy(CSimdjsonParser *parser) { delete parser; }

CSimdjsonResult CSimdjson_read(CSimdjsonParser *parser, const uint8_t *bytes, size_t length,
                               CSimdjsonMessage *message) {
  message->numbers = parser->numbers;
  message->texts = parser->texts;
  message->present = 0;
  message->named = 0;
  message->time.kind = CSimdjsonKindNull;
  message->time.text = {nullptr, 0};
  message->failed = -1;
  std::fill(std::begin(parser->texts), std::end(parser->texts), CSimdjsonText{nullptr, 0});
  return parse(*parser, bytes, length, [&](ondemand::object &object) {
    return Reader(*parser, *message).fields(object, 1);
  });
}

CSimdjsonResult CSimdjson_text(CSimdjsonParser *parser, const uint8_t *bytes, size_t length,
                               const uint8_t *key, size_t keyLength, CSimdjsonText *text) {
  *text = {nullptr, 0};
  const string_view wanted(reinterpret_cast<const char *>(key), keyLength);
  return parse(*parser, bytes, length, [&](ondemand::object &object) {
    return eachField(object, [&](ondemand::field &field) {
      string_view name;
      if (error_code error = field.unescaped_key().get(name)) return failure(error);
      return name == wanted ? readScalar(field.value(), *text) : skip(field.value(), 1);
    });
  });
}

CSimdjsonResult CSimdjson_fields(CSimdjsonParser *parser, const uint8_t *bytes, size_t length,
                                 CSimdjsonScalar *scalars, size_t capacity, size_t *count,
                                 int *failed) {
  Lister lister(parser->names, scalars, capacity);
  Result result = parse(*parser, bytes, length, [&](ondemand::object &object) {
    return lister.fields(object, nullptr);
  });
  *count = lister.count;
  *failed = lister.failed;
  return result;
}
