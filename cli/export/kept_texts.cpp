#include "cli/export/kept_texts.h"

#include <algorithm>
#include <string>

namespace accrue {

namespace {

Member kept(const std::string& folder, std::int64_t record, const std::string& file,
            const std::string& text) {
  return {folder + "/record-" + std::to_string(record) + '-' + file_safe(file), text};
}

}  // namespace

std::vector<Member> kept_texts(const BookState& state) {
  std::vector<Member> members;
  for (const HeldInvestment& held : state.investments) {
    members.push_back(kept("terms", held.record, held.file, held.terms_text));
  }
  for (const HeldRateCard& held : state.rate_cards) {
    members.push_back(kept("rate-cards", held.record, held.card.id + ".toml", held.text));
  }
  std::vector<MapFile> maps;  // every delivery keeps its own: of equal ones the first is told
  for (const HeldDelivery& held : state.deliveries) {
    const std::optional<MapFile>& map = held.terms.map;
    if (!map || std::find(maps.begin(), maps.end(), *map) != maps.end()) continue;
    maps.push_back(*map);
    members.push_back(kept("maps", held.record, held.terms.map->name, held.terms.map->text));
  }
  return members;
}

}  // namespace accrue
