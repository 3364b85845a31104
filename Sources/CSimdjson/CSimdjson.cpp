#include "Values.hpp"

using namespace values;

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
    uint8_t slot, length;
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

    string_view text() const { return {reinterpret_cast<const char *>(words), length}; }

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

  /// As they were given.
  const Name *all() const { return names.get(); }

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
    name.length = static_cast<uint8_t>(given.length);
    name.place = place;
    name.next = first[start(key)];
    first[start(key)] = place;
  }
};

}  // namespace

struct CSimdjsonParser {
  explicit CSimdjsonParser(size_t largest) : room(largest) {}
  Room room;
  Names names;
  double numbers[CSimdjson_mostNumbers] = {};
  CSimdjsonText texts[CSimdjson_mostTexts] = {};
};

namespace {

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
  return isValid || isNoNumber(token(value)) ? CSimdjsonResultRead : CSimdjsonResultInvalidJSON;
}

// MARK: - Values of any kind

/// Reads a number as it is written; the result says whether it is JSON, the flaw whether a double holds it.
Result readNumber(ondemand::value &value, CSimdjsonScalar &scalar, Flaw &flaw) {
  scalar.kind = CSimdjsonKindInteger;
  if (!value.get_int64().get(scalar.integer)) return CSimdjsonResultRead;
  scalar.kind = CSimdjsonKindDecimal;
  if (!value.get_double().get(scalar.decimal)) return CSimdjsonResultRead;
  flaw = CSimdjsonFlawNotFinite;
  const string_view text = token(value);
  return isNumber(text) || isNoNumber(text) ? CSimdjsonResultRead : CSimdjsonResultInvalidJSON;
}

/// Reads a value whatever it is, and says what is wrong with it if it cannot be kept.
Result readAny(ondemand::value &value, CSimdjsonScalar &scalar, Flaw &flaw, int depth) {
  flaw = CSimdjsonFlawNone;
  scalar.kind = CSimdjsonKindNull;
  scalar.text = {nullptr, 0};
  const ondemand::json_type type = typeOf(value);
  switch (type) {
  case ondemand::json_type::object:
  case ondemand::json_type::array: flaw = CSimdjsonFlawNested; return skip(value, depth);
  case ondemand::json_type::string:
    scalar.kind = CSimdjsonKindText;
    return readText(value, scalar.text);
  case ondemand::json_type::number: return readNumber(value, scalar, flaw);
  default: break;
  }
  const string_view text = token(value);
  if (text == "null") return CSimdjsonResultRead;
  if (text == "true" || text == "false") {
    scalar.kind = CSimdjsonKindBoolean;
    scalar.integer = text == "true";
    return CSimdjsonResultRead;
  }
  flaw = CSimdjsonFlawNotFinite;
  return isNoNumber(text) ? CSimdjsonResultRead : CSimdjsonResultInvalidJSON;
}

/// Makes a number of a text that is one, with or without space around it.
Flaw takeNumber(string_view text, CSimdjsonScalar &scalar) {
  while (!text.empty() && isSpace(static_cast<uint8_t>(text.front()))) text.remove_prefix(1);
  while (!text.empty() && isSpace(static_cast<uint8_t>(text.back()))) text.remove_suffix(1);
  if (!isNumber(text)) return CSimdjsonFlawWrongType;
  const char *start = text.data(), *end = start + text.size();
  CSimdjsonScalar number = scalar;
  number.text = {nullptr, 0};
  number.kind = CSimdjsonKindInteger;
  auto read = std::from_chars(start, end, number.integer);
  if (read.ec != std::errc() || read.ptr != end) {
    number.kind = CSimdjsonKindDecimal;
    read = std::from_chars(start, end, number.decimal);
    if (read.ec != std::errc()) return CSimdjsonFlawNotFinite;
  }
  scalar = number;
  return CSimdjsonFlawNone;
}

/// Takes a value that was read for what its field is to hold: a text for the number that it is, a number for the tag
/// that it is written like. One that is nothing of the kind stays as it is, and its flaw says so.
Flaw fit(CSimdjsonMeaning meaning, ondemand::value &value, CSimdjsonScalar &scalar) {
  if (scalar.kind == CSimdjsonKindNull) return CSimdjsonFlawNone;
  const bool isText = scalar.kind == CSimdjsonKindText;
  const bool isBoolean = scalar.kind == CSimdjsonKindBoolean;
  switch (meaning) {
  case CSimdjsonMeaningNumber:
  case CSimdjsonMeaningLooseNumber:
    if (isText) return takeNumber(view(scalar.text), scalar);
    return isBoolean ? CSimdjsonFlawWrongType : CSimdjsonFlawNone;
  case CSimdjsonMeaningTag:
    if (!isText && !isBoolean) {
      scalar.kind = CSimdjsonKindText;
      scalar.text = asText(token(value));
    }
    return isBoolean ? CSimdjsonFlawWrongType : CSimdjsonFlawNone;
  case CSimdjsonMeaningText: return isText ? CSimdjsonFlawNone : CSimdjsonFlawWrongType;
  case CSimdjsonMeaningTime: return isBoolean ? CSimdjsonFlawWrongType : CSimdjsonFlawNone;
  case CSimdjsonMeaningTags: return CSimdjsonFlawWrongType;
  case CSimdjsonMeaningValues:
  case CSimdjsonMeaningEnvelope: break;
  }
  return CSimdjsonFlawNone;
}

/// Counts a field that is lost.
void lose(CSimdjsonLost &lost, string_view key, bool isNamed, Flaw flaw) {
  lost.count += 1;
  if (lost.count > 1 && (lost.isNamed || !isNamed)) return;
  lost.key = asText(key);
  lost.flaw = flaw;
  lost.isNamed = isNamed;
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
      return name && isNumber(*name) ? number(*name, field.value(), depth)
                                     : known(name, field.value(), depth);
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

  static bool isNumber(const Names::Name &name) {
    return name.meaning == CSimdjsonMeaningNumber || name.meaning == CSimdjsonMeaningLooseNumber;
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

  EACH_FIELD Result number(const Names::Name &name, ondemand::value value, int depth) {
    const uint32_t bit = 1u << name.slot;
    if (value.get_double().get(numbers[name.slot])) return oddNumber(name, value, depth);
    message.named |= bit;
    message.present |= bit;
    return CSimdjsonResultRead;
  }

  // Apart from what nearly all values are read by, so that it costs them nothing.
  [[gnu::noinline]] Result oddNumber(const Names::Name &name, ondemand::value &value, int depth) {
    const uint32_t bit = 1u << name.slot;
    message.present &= ~bit;
    CSimdjsonScalar scalar;
    Flaw flaw;
    if (Result result = readOdd(name, value, scalar, flaw, depth)) return result;
    if (flaw && name.meaning == CSimdjsonMeaningLooseNumber) return CSimdjsonResultRead;
    message.named |= bit;
    if (scalar.kind == CSimdjsonKindNull) return CSimdjsonResultRead;
    message.present |= bit;
    const bool isInteger = scalar.kind == CSimdjsonKindInteger;
    numbers[name.slot] = isInteger ? static_cast<double>(scalar.integer) : scalar.decimal;
    return CSimdjsonResultRead;
  }

  Result text(const Names::Name &name, ondemand::value &value, CSimdjsonText &text, int depth) {
    text = {nullptr, 0};
    if (typeOf(value) == ondemand::json_type::string) return readText(value, text);
    CSimdjsonScalar scalar;
    Flaw flaw;
    Result result = readOdd(name, value, scalar, flaw, depth);
    text = scalar.text;
    return result;
  }

  /// Reads any value as what its field is to hold: null without a text if it cannot be, and then the field is lost,
  /// unless to others its name may mean something else.
  Result readOdd(const Names::Name &name, ondemand::value &value, CSimdjsonScalar &scalar,
                 Flaw &flaw, int depth) {
    if (Result result = readAny(value, scalar, flaw, depth)) return result;
    if (!flaw) flaw = fit(name.meaning, value, scalar);
    if (!flaw) return CSimdjsonResultRead;
    scalar.kind = CSimdjsonKindNull;
    scalar.text = {nullptr, 0};
    if (name.meaning != CSimdjsonMeaningLooseNumber) lose(message.lost, name.text(), true, flaw);
    return CSimdjsonResultRead;
  }

  Result time(const Names::Name &name, ondemand::value &value, int depth) {
    if (name.slot < timeRank) return skip(value, depth);
    CSimdjsonScalar scalar;
    Flaw flaw;
    if (Result result = readOdd(name, value, scalar, flaw, depth)) return result;
    if (scalar.kind == CSimdjsonKindNull) return CSimdjsonResultRead;
    timeRank = name.slot;
    message.time = scalar;
    return CSimdjsonResultRead;
  }

  Result tags(const Names::Name &name, ondemand::value &value, int depth) {
    if (typeOf(value) != ondemand::json_type::object) {
      CSimdjsonScalar scalar;
      Flaw flaw;
      return readOdd(name, value, scalar, flaw, depth);
    }
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

/// Lists the fields of an object, and those of its `tags`, as far as they are scalars.
class Lister {
public:
  Lister(const Names &names, CSimdjsonScalar *scalars, size_t most, CSimdjsonLost &lost)
      : names(names), scalars(scalars), most(most), lost(lost) {}

  size_t count = 0;

  /// `isTags` says whether the object is one of tags.
  template <class Object> Result fields(Object &object, bool isTags) {
    return eachField(object, [&](ondemand::field &field) {
      string_view key;
      if (error_code error = readKey(field, key)) return failure(error);
      const char *raw = field.key().raw();
      const Names::Name *name = key.data() == raw ? names.at(raw) : names.named(key);
      if (isTags && name && name->meaning != CSimdjsonMeaningTag) name = nullptr;
      ondemand::value value = field.value();
      return name && name->meaning == CSimdjsonMeaningTags ? tags(*name, value)
                                                           : add(key, name, value, isTags);
    });
  }

private:
  const Names &names;
  CSimdjsonScalar *const scalars;
  const size_t most;
  CSimdjsonLost &lost;

  Result tags(const Names::Name &name, ondemand::value &value) {
    if (typeOf(value) == ondemand::json_type::object) return fields(value, true);
    CSimdjsonScalar scalar = {};
    Flaw flaw;
    if (Result result = readAny(value, scalar, flaw, 1)) return result;
    if (!flaw) flaw = fit(name.meaning, value, scalar);
    if (flaw) lose(lost, name.text(), true, flaw);
    return CSimdjsonResultRead;
  }

  Result add(string_view key, const Names::Name *name, ondemand::value &value, bool isTag) {
    CSimdjsonScalar scalar = {};
    Flaw flaw;
    if (Result result = readAny(value, scalar, flaw, isTag ? 2 : 1)) return result;
    const Flaw misfit = name && !flaw ? fit(name->meaning, value, scalar) : CSimdjsonFlawNone;
    if ((flaw || misfit) && name && name->meaning == CSimdjsonMeaningLooseNumber) {
      // To others that name may mean something else, but it is no longer the number that stood before.
      forget(*name);
      name = nullptr;
    } else if (misfit) {
      flaw = misfit;
    }
    if (flaw) {
      scalar.kind = CSimdjsonKindNull;
      scalar.text = {nullptr, 0};
    }
    CSimdjsonScalar *place = flaw && !name ? nullptr : room(name, isTag);
    if (!place && !flaw) flaw = CSimdjsonFlawTooMany;
    if (flaw) lose(lost, key, name != nullptr, flaw);
    if (!place) return CSimdjsonResultRead;
    scalar.key = asText(key);
    scalar.name = name ? name->place : -1;
    scalar.isTag = isTag;
    *place = scalar;
    return CSimdjsonResultRead;
  }

  /// Makes null of all that has stood for the number of a name.
  void forget(const Names::Name &name) {
    for (size_t place = 0; place < count; place += 1) {
      CSimdjsonScalar &scalar = scalars[place];
      if (scalar.name < 0) continue;
      const Names::Name &other = names.all()[scalar.name];
      if (other.meaning == name.meaning && other.slot == name.slot) {
        scalar.kind = CSimdjsonKindNull;
      }
    }
  }

  /// Where a field is put: beyond the first `most` only one that has a name finds room, in place of the last of its
  /// kind.
  CSimdjsonScalar *room(const Names::Name *name, bool isTag) {
    if (count < most) return &scalars[count++];
    if (!name) return nullptr;
    for (size_t place = count; place-- > 0;) {
      if (scalars[place].name == name->place && scalars[place].isTag == isTag) {
        return &scalars[place];
      }
    }
    return &scalars[count++];
  }
};

// MARK: - Messages

/// Gives the root object of a message to `body`, and checks that nothing follows it.
template <class Body>
Result parse(CSimdjsonParser &parser, const uint8_t *bytes, size_t length, Body body) {
  size_t start = 0;
  while (start < length && isSpace(bytes[start])) start += 1;
  if (start == length || bytes[start] != '{') return CSimdjsonResultNotAnObject;
  if (Result result = parser.room.load(bytes + start, length - start)) return result;
  ondemand::document document;
  const simdjson::padded_string_view view = parser.room.view(length - start);
  if (error_code error = parser.room.parser.iterate(view).get(document)) return failure(error);
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
  message->lost = {};
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
                                 CSimdjsonScalar *scalars, size_t most, size_t *count,
                                 CSimdjsonLost *lost) {
  *lost = {};
  Lister lister(parser->names, scalars, most, *lost);
  Result result = parse(*parser, bytes, length, [&](ondemand::object &object) {
    return lister.fields(object, false);
  });
  *count = lister.count;
  return result;
}
