#include "Base64.hpp"
#include "Values.hpp"

#include <string>
#include <vector>

using namespace values;

namespace {

using Kind = CSimdjsonNodeKind;

/// How a name begins and how long it is, by which most are told apart; eight bytes from its beginning may be read.
uint64_t head(string_view name) {
  if (name.empty()) return 0;
  uint64_t bits;
  std::memcpy(&bits, name.data(), sizeof bits);
  const size_t unused = 64 - 8 * std::min<size_t>(name.size(), 7);
  return (bits << unused >> unused) | static_cast<uint64_t>(name.size()) << 56;
}

/// A value of a message; those inside it follow it.
struct Node {
  CSimdjsonText key;
  /// A string unescaped, any other scalar as it is written.
  CSimdjsonText text;
  /// The place behind what is inside it.
  int32_t end;
  /// Of a text, where the document that it holds begins; `unread` before somebody asked, `none` if it holds none.
  int32_t inner;
  Kind kind;
  /// In how many texts it lies.
  uint8_t level;
  /// Whether an object has no others inside.
  bool isFlat;
};

constexpr int32_t none = -1, unread = -2;

struct Step {
  CSimdjsonStepKind kind;
  std::string name, value;
  int64_t place;
  /// That of the name.
  uint64_t head;
};

using Path = std::vector<Step>;

/// Memory for what texts hold, which stays where it is until the next message.
class Store {
public:
  /// Makes room for the texts of a message, unless there is some.
  bool open(size_t length) {
    const size_t wanted = length * 4 + spare;
    if (isOpen || wanted <= capacity) return isOpen = true;
    capacity = 0;
    bytes.reset(new (std::nothrow) uint8_t[wanted]);
    if (bytes) capacity = wanted;
    return isOpen = bytes != nullptr;
  }

  void clear() {
    used = 0;
    isOpen = false;
  }

  /// Nothing if there is no room.
  uint8_t *copy(string_view text, size_t padding) {
    if (text.size() + padding > capacity - used) return nullptr;
    std::memcpy(bytes.get() + used, text.data(), text.size());
    return keep(text.size(), padding);
  }

  /// What a text in base64 stands for; nothing if it is none, or if there is no room.
  string_view decoded(string_view text, size_t padding) {
    if (text.size() + padding > capacity - used) return string_view();
    const size_t size = base64::decode(text, bytes.get() + used);
    if (size == 0) return string_view();
    return string_view(reinterpret_cast<const char *>(keep(size, padding)), size);
  }

private:
  static constexpr size_t spare = 16384;
  std::unique_ptr<uint8_t[]> bytes;
  size_t capacity = 0, used = 0;
  bool isOpen = false;

  uint8_t *keep(size_t size, size_t padding) {
    uint8_t *start = bytes.get() + used;
    std::memset(start + size, 0, padding);
    used += size + padding;
    return start;
  }
};

}  // namespace

struct CSimdjsonTree {
  explicit CSimdjsonTree(size_t largest) : room(largest) {}

  Room room;
  /// Of the documents that texts hold.
  ondemand::parser inner;
  Store store;
  std::vector<Path> paths;
  std::unique_ptr<Node[]> nodes;
  /// Of the keys of the nodes: kept apart, so that many are looked at in no time.
  std::unique_ptr<uint64_t[]> heads;
  int32_t count = 0, capacity = 0;
  size_t length = 0;

  Result read(const uint8_t *bytes, size_t size) {
    count = 0;
    store.clear();
    length = size;
    const string_view text(reinterpret_cast<const char *>(bytes), size);
    if (!begins(text)) {
      if (size > room.largest || !beginsInBase64(text)) return CSimdjsonResultNotAnObject;
      return readText(text, 1) == none ? CSimdjsonResultNotAnObject : CSimdjsonResultRead;
    }
    if (Result result = room.load(bytes, size)) return result;
    Result result = parse(room.parser, room.view(size), 0);
    if (result) count = 0;
    return result;
  }

  /// Gives all places to which the rest of a path leads to `body`, until that says that it is enough.
  template <class Body> bool follow(const Path &path, size_t step, int32_t place, Body &body) {
    for (; step < path.size(); step += 1) {
      place = entered(place);
      if (place == none) return false;
      if (isToAll(path[step])) break;
      place = next(path[step], place);
      if (place == none) return false;
    }
    if (step == path.size()) return body(place);
    const bool isToElements = path[step].kind == CSimdjsonStepAll;
    if (nodes[place].kind != (isToElements ? CSimdjsonNodeArray : CSimdjsonNodeObject)) return false;
    // A text that is entered moves the nodes, and comes behind all of them.
    for (int32_t child = place + 1; child < nodes[place].end; child = nodes[child].end) {
      if (follow(path, step + 1, child, body)) return true;
    }
    return false;
  }

  /// The one place to which a path leads that has no step to all elements.
  int32_t first(const Path &path, int32_t place) {
    for (const Step &step : path) {
      if (nodes[place].kind == CSimdjsonNodeText) place = entered(place);
      if (place != none) place = next(step, place);
      if (place == none) break;
    }
    return place;
  }

private:
  /// More values than this have no message of a generator, nor a batch of them.
  static constexpr int32_t most = 1 << 16;
  static constexpr uint8_t deepestText = 3;

  /// Whether a text may be an object or an array.
  static bool begins(string_view text) {
    while (!text.empty() && isSpace(static_cast<uint8_t>(text[0]))) text.remove_prefix(1);
    return !text.empty() && (text[0] == '{' || text[0] == '[');
  }

  /// Whether a text may be an object or an array in base64, by the first byte that it stands for.
  static bool beginsInBase64(string_view text) {
    uint8_t first[3];
    return text.size() > 2 && base64::decode(text.substr(0, 2), first) == 1 &&
           (first[0] == '{' || first[0] == '[');
  }

  static bool isToAll(const Step &step) {
    return step.kind == CSimdjsonStepAll || step.kind == CSimdjsonStepAllMembers;
  }

  Result parse(ondemand::parser &parser, simdjson::padded_string_view view, uint8_t level) {
    ondemand::document document;
    if (error_code error = parser.iterate(view).get(document)) return failure(error);
    ondemand::value root;
    if (error_code error = document.get_value().get(root)) return failure(error);
    if (Result result = add(root, string_view(), 1, level)) return result;
    return document.current_location().error() == simdjson::OUT_OF_BOUNDS
               ? CSimdjsonResultRead
               : CSimdjsonResultInvalidJSON;
  }

  bool grow() {
    const int32_t wanted = capacity ? capacity * 2 : 64;
    std::unique_ptr<Node[]> larger(new (std::nothrow) Node[static_cast<size_t>(wanted)]);
    std::unique_ptr<uint64_t[]> more(new (std::nothrow) uint64_t[static_cast<size_t>(wanted)]);
    if (!larger || !more) return false;
    std::copy(nodes.get(), nodes.get() + count, larger.get());
    std::copy(heads.get(), heads.get() + count, more.get());
    nodes = std::move(larger);
    heads = std::move(more);
    capacity = wanted;
    return true;
  }

  Result add(ondemand::value &value, string_view key, int depth, uint8_t level) {
    if (depth > CSimdjson_deepest) return CSimdjsonResultTooDeep;
    if (count == most) return CSimdjsonResultTooLarge;
    if (count == capacity && !grow()) return CSimdjsonResultOutOfMemory;
    const int32_t place = count++;
    nodes[place] = {asText(key), {nullptr, 0}, count, unread, CSimdjsonNodeNull, level, true};
    heads[place] = head(key);
    Result result = CSimdjsonResultRead;
    int32_t members = 0;
    switch (typeOf(value)) {
    case ondemand::json_type::object:
      nodes[place].kind = CSimdjsonNodeObject;
      result = eachField(value, [&](ondemand::field &field) {
        string_view name;
        if (error_code error = readKey(field, name)) return failure(error);
        if (name.data() != field.key().raw() && !keep(name, level)) {
          return CSimdjsonResultTooLarge;
        }
        members += 1;
        return add(field.value(), name, depth + 1, level);
      });
      nodes[place].end = count;
      nodes[place].isFlat = count - place - 1 == members;
      return result;
    case ondemand::json_type::array:
      nodes[place].kind = CSimdjsonNodeArray;
      result = eachElement(value, [&](ondemand::value &element) {
        return add(element, string_view(), depth + 1, level);
      });
      nodes[place].end = count;
      return result;
    case ondemand::json_type::string: return text(value, nodes[place], level);
    default: return scalar(token(value), nodes[place]);
    }
  }

  /// Copies what a parser unescaped if the parser is to be used again for another text.
  bool keep(string_view &text, uint8_t level) {
    if (level == 0) return true;
    const uint8_t *copy = store.copy(text, sizeof(uint64_t));
    if (copy) text = string_view(reinterpret_cast<const char *>(copy), text.size());
    return copy != nullptr;
  }

  Result text(ondemand::value &value, Node &node, uint8_t level) {
    node.kind = CSimdjsonNodeText;
    const char *start = value.raw_json_token().data() + 1;
    const char *end = start;
    while (*end != '"' && *end != '\\') end += 1;
    string_view text(start, static_cast<size_t>(end - start));
    if (*end == '\\') {
      if (error_code error = value.get_string().get(text)) return failure(error);
      if (!keep(text, level)) return CSimdjsonResultTooLarge;
    }
    node.text = asText(text);
    return CSimdjsonResultRead;
  }

  static Result scalar(string_view token, Node &node) {
    node.text = asText(token);
    if (isNumber(token)) {
      node.kind = CSimdjsonNodeNumber;
    } else if (token == "true" || token == "false") {
      node.kind = CSimdjsonNodeBoolean;
    } else if (isNoNumber(token)) {
      node.kind = CSimdjsonNodeNoNumber;
    } else if (token != "null") {
      return CSimdjsonResultInvalidJSON;
    }
    return CSimdjsonResultRead;
  }

  // MARK: Steps

  /// The document that a text holds, or the value itself; `none` for a text that holds none.
  int32_t entered(int32_t place) {
    if (nodes[place].kind != CSimdjsonNodeText) return place;
    if (nodes[place].inner == unread) {
      const int32_t inner = readText(view(nodes[place].text), nodes[place].level + 1);
      nodes[place].inner = inner;
    }
    return nodes[place].inner;
  }

  /// Where the document begins that a text holds, as it is or in base64; `none` if it holds none.
  int32_t readText(string_view text, uint8_t level) {
    constexpr size_t padding = simdjson::SIMDJSON_PADDING;
    if (level > deepestText || !store.open(length)) return none;
    if (begins(text)) {
      const uint8_t *copy = store.copy(text, padding);
      text = string_view(reinterpret_cast<const char *>(copy), copy ? text.size() : 0);
    } else {
      text = beginsInBase64(text) ? store.decoded(text, padding) : string_view();
    }
    if (text.empty()) return none;
    const int32_t start = count;
    const simdjson::padded_string_view padded(text.data(), text.size(), text.size() + padding);
    if (parse(inner, padded, level) == CSimdjsonResultRead) return start;
    count = start;
    return none;
  }

  int32_t next(const Step &step, int32_t place) const {
    switch (step.kind) {
    case CSimdjsonStepMember: return member(step, place);
    case CSimdjsonStepElement: return element(step.place, place);
    case CSimdjsonStepElementWhere: return element(step, place);
    case CSimdjsonStepAll:
    case CSimdjsonStepAllMembers: break;
    }
    return none;
  }

  /// Of two with one name the last counts.
  int32_t member(const Step &step, int32_t place) const {
    if (nodes[place].kind != CSimdjsonNodeObject) return none;
    int32_t found = none;
    const int32_t end = nodes[place].end;
    if (nodes[place].isFlat) {
      for (int32_t child = place + 1; child < end; child += 1) {
        if (heads[child] == step.head && isNamed(child, step)) found = child;
      }
      return found;
    }
    for (int32_t child = place + 1; child < end; child = nodes[child].end) {
      if (heads[child] == step.head && isNamed(child, step)) found = child;
    }
    return found;
  }

  bool isNamed(int32_t place, const Step &step) const {
    return step.name.size() <= 7 || view(nodes[place].key) == step.name;
  }

  int32_t element(int64_t wanted, int32_t place) const {
    if (nodes[place].kind != CSimdjsonNodeArray) return none;
    const int32_t end = nodes[place].end;
    if (wanted < 0) {
      for (int32_t child = place + 1; child < end; child = nodes[child].end) wanted += 1;
    }
    if (wanted < 0) return none;
    for (int32_t child = place + 1; child < end; child = nodes[child].end) {
      if (wanted-- == 0) return child;
    }
    return none;
  }

  int32_t element(const Step &step, int32_t place) const {
    if (nodes[place].kind != CSimdjsonNodeArray) return none;
    for (int32_t child = place + 1; child < nodes[place].end; child = nodes[child].end) {
      const int32_t name = member(step, child);
      if (name != none && view(nodes[name].text) == step.value) return child;
    }
    return none;
  }
};

CSimdjsonTree *CSimdjson_createTree(size_t largest) {
  return new (std::nothrow) CSimdjsonTree(largest);
}

void CSimdjson_destroyTree(CSimdjsonTree *tree) { delete tree; }

int32_t CSimdjson_addPath(CSimdjsonTree *tree, const CSimdjsonStep *steps, size_t count) {
  try {
    Path path;
    for (size_t index = 0; index < count; index += 1) {
      const CSimdjsonStep &step = steps[index];
      std::string name(view(step.name));
      const size_t length = name.size();
      name.resize(length + sizeof(uint64_t));
      const uint64_t start = head(string_view(name.data(), length));
      name.resize(length);
      path.push_back({step.kind, name, std::string(view(step.value)), step.place, start});
    }
    tree->paths.push_back(std::move(path));
    return static_cast<int32_t>(tree->paths.size() - 1);
  } catch (const std::bad_alloc &) {
    return none;
  }
}

CSimdjsonResult CSimdjson_readTree(CSimdjsonTree *tree, const uint8_t *bytes, size_t length) {
  return tree->read(bytes, length);
}

size_t CSimdjson_find(CSimdjsonTree *tree, int32_t path, int32_t from, int32_t *places,
                      size_t most) {
  if (path < 0 || static_cast<size_t>(path) >= tree->paths.size() || from < 0 ||
      from >= tree->count || most == 0) {
    return 0;
  }
  const Path &steps = tree->paths[static_cast<size_t>(path)];
  if (most == 1) {
    places[0] = tree->first(steps, from);
    return places[0] != none;
  }
  size_t found = 0;
  auto take = [&](int32_t place) {
    places[found++] = place;
    return found == most;
  };
  tree->follow(steps, 0, from, take);
  return found;
}

void CSimdjson_node(const CSimdjsonTree *tree, int32_t place, CSimdjsonNode *value) {
  const Node &node = tree->nodes[place];
  value->kind = node.kind;
  value->text = node.text;
  if (node.kind == CSimdjsonNodeBoolean) value->integer = node.text.length == 4;
  if (node.kind != CSimdjsonNodeNumber) return;
  const string_view text = view(node.text);
  const char *start = text.data(), *end = start + text.size();
  auto read = std::from_chars(start, end, value->integer);
  value->isInteger = read.ec == std::errc() && read.ptr == end;
  if (value->isInteger) return;
  read = std::from_chars(start, end, value->decimal);
  if (read.ec != std::errc()) value->kind = CSimdjsonNodeNoNumber;
}

size_t CSimdjson_children(const CSimdjsonTree *tree, int32_t place, int32_t *places, size_t most) {
  if (place < 0 || place >= tree->count) return 0;
  const Node &node = tree->nodes[place];
  if (node.kind != CSimdjsonNodeObject && node.kind != CSimdjsonNodeArray) return 0;
  size_t found = 0;
  for (int32_t child = place + 1; child < node.end && found < most; child = tree->nodes[child].end) {
    places[found++] = child;
  }
  return found;
}

CSimdjsonText CSimdjson_key(const CSimdjsonTree *tree, int32_t place) {
  return tree->nodes[place].key;
}

bool CSimdjson_number(const uint8_t *bytes, size_t length, double *number) {
  const char *start = reinterpret_cast<const char *>(bytes), *end = start + length;
  const auto read = std::from_chars(start, end, *number);
  return read.ec == std::errc() && read.ptr == end;
}
