#include "TOMLParser.h"

#include <toml++/toml.h>

#include <string>
#include <string_view>
#include <vector>

struct toml_reading {
  toml::table root;
  std::vector<toml_item> items;
  std::string error;
  size_t line = 1;
  size_t column = 1;
};

namespace {

void append(std::vector<toml_item> &items, const toml::node &node, const toml::key *key) {
  toml_item item = {};
  if (key != nullptr) {
    item.key = key->str().data();
    item.key_length = key->str().size();
  }
  if (const auto *table = node.as_table()) {
    item.kind = toml_table;
    item.count = table->size();
    items.push_back(item);
    for (const auto &[name, entry] : *table) append(items, entry, &name);
    return;
  }
  if (const auto *list = node.as_array()) {
    item.kind = toml_list;
    item.count = list->size();
    items.push_back(item);
    for (const auto &entry : *list) append(items, entry, nullptr);
    return;
  }
  if (const auto *flag = node.as_boolean()) {
    item.kind = toml_flag;
    item.integer = flag->get() ? 1 : 0;
  } else if (const auto *integer = node.as_integer()) {
    item.kind = toml_integer;
    item.integer = integer->get();
  } else if (const auto *number = node.as_floating_point()) {
    item.kind = toml_number;
    item.number = number->get();
  } else if (const auto *text = node.as_string()) {
    item.kind = toml_text;
    item.text = text->get().data();
    item.text_length = text->get().size();
  } else {
    item.kind = toml_moment;
  }
  items.push_back(item);
}

}  // namespace

toml_reading *toml_read(const char *text, size_t length) {
  auto *reading = new toml_reading();
  try {
    reading->root = toml::parse(std::string_view(text, length));
    append(reading->items, reading->root, nullptr);
  } catch (const toml::parse_error &error) {
    reading->error = error.description();
    reading->line = error.source().begin.line;
    reading->column = error.source().begin.column;
  } catch (const std::exception &error) {
    reading->error = error.what();
  }
  return reading;
}

void toml_reading_free(toml_reading *reading) { delete reading; }

const char *toml_reading_error(const toml_reading *reading, size_t *line, size_t *column) {
  if (reading->error.empty()) return nullptr;
  *line = reading->line;
  *column = reading->column;
  return reading->error.c_str();
}

const toml_item *toml_reading_items(const toml_reading *reading, size_t *count) {
  *count = reading->items.size();
  return reading->items.data();
}
