#include "ledger/time/zone.h"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <iterator>
#include <optional>
#include <vector>

#include <date/tz.h>

// date/ptz.h names hh_mm_ss while both date and std::chrono are open: ambiguous in C++20.
namespace date {
template <class Duration>
using hh_mm_ss_of_date = hh_mm_ss<Duration>;
}
#define hh_mm_ss hh_mm_ss_of_date
#include <date/ptz.h>
#undef hh_mm_ss

namespace accrue {

namespace {

using Microseconds = std::chrono::microseconds;

constexpr std::int64_t microseconds_per_day = 86'400'000'000;
constexpr Period first_kept = {1970 * 12};
constexpr Period end_kept = {2200 * 12};
/// What the library knows no end of ends later than this.
constexpr date::sys_days open_end = date::sys_days{date::year{2300} / 1 / 1};

const std::string zone_files = "/usr/share/zoneinfo/";

bool is_utc(std::string_view name) { return name == "UTC" || name == "Etc/UTC"; }

Date utc_date(Instant at) {
  const std::int64_t days = at.microseconds / microseconds_per_day;
  const bool before = at.microseconds % microseconds_per_day < 0;
  return Date{static_cast<std::int32_t>(before ? days - 1 : days)};
}

/// The rule for all time after the transitions that the zone's file lists (mostly: after 2037),
/// written as a POSIX TZ text in its last line, which the library does not read.
std::optional<Posix::time_zone> rule_after_last_transition(const std::string& name) {
  std::ifstream file{zone_files + name, std::ios::binary};
  const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
  if (bytes.size() < 2 || bytes.back() != '\n') return std::nullopt;
  const std::size_t line = bytes.find_last_of('\n', bytes.size() - 2);
  if (line == std::string::npos) return std::nullopt;
  const std::string rule = bytes.substr(line + 1, bytes.size() - line - 2);
  if (rule.find(',') == std::string::npos) return std::nullopt;  // no changes: the last one stands
  return Posix::time_zone{rule};
}

/// The first line of tzdata.zi is "# version 2025b", also where the library finds no version file.
std::string version_of_tzdata_zi() {
  std::ifstream file{zone_files + "tzdata.zi"};
  constexpr std::string_view lead = "# version ";
  std::string line;
  if (!std::getline(file, line) || !line.starts_with(lead)) return "unknown";
  return line.substr(lead.size());
}

}  // namespace

struct TimeZone::Rules {
  const date::time_zone* listed;  ///< lives as long as the program
  std::optional<Posix::time_zone> afterwards;
  std::vector<Instant> month_begins;  ///< from first_kept to end_kept, both in

  Instant instant_of(Date date, Microseconds after_midnight) const {
    const date::local_time<Microseconds> local =
        date::local_days{date::days{date.days}} + after_midnight;
    const bool listed_holds =
        !afterwards || listed->get_info(local).first.end < date::sys_seconds{open_end};
    const auto at = listed_holds ? listed->to_sys(local, date::choose::earliest)
                                 : afterwards->to_sys(local, date::choose::earliest);
    return Instant{at.time_since_epoch().count()};
  }

  Instant midnight(Date date) const { return instant_of(date, Microseconds{0}); }

  /// The day that a calendar on the wall shows.
  Date shown_at(Instant at) const {
    const date::sys_time<Microseconds> utc{Microseconds{at.microseconds}};
    auto info = listed->get_info(utc);
    if (afterwards && info.end > date::sys_seconds{open_end}) info = afterwards->get_info(utc);
    const auto local = utc + info.offset;
    return Date{date::floor<date::days>(local).time_since_epoch().count()};
  }
};

Result<TimeZone> TimeZone::named(std::string_view name) {
  // `localtime` is whatever the machine is set to: no name that a book can keep.
  const auto& zones = date::get_tzdb().zones;
  const auto found = std::ranges::lower_bound(zones, name, {}, &date::time_zone::name);
  if (found == zones.end() || found->name() != name || name == "localtime") {
    return Error{.code = ErrorCode::bad_time_zone,
                 .message = "'" + std::string{name} + "' is not a time zone of the IANA database"};
  }
  Rules rules{&*found, rule_after_last_transition(found->name()), {}};
  rules.month_begins.reserve(static_cast<std::size_t>(end_kept.months - first_kept.months + 1));
  for (Period period = first_kept; period <= end_kept; period = period.next()) {
    rules.month_begins.push_back(rules.midnight(period.first_day()));
  }
  return TimeZone{std::string{name}, std::make_shared<const Rules>(std::move(rules))};
}

TimeZone::TimeZone(std::string name, std::shared_ptr<const Rules> rules)
    : name_{std::move(name)}, rules_{std::move(rules)} {}

std::string TimeZone::data_version() {
  const std::string version = date::get_tzdb().version;
  return version.empty() || version == "unknown" ? version_of_tzdata_zi() : version;
}

Instant TimeZone::midnight(Date date) const {
  return is_utc(name_) ? Instant::at_midnight_utc(date) : rules_->midnight(date);
}

Instant TimeZone::instant_of(Date date, std::int64_t microseconds_after_midnight) const {
  if (is_utc(name_)) {
    return Instant{Instant::at_midnight_utc(date).microseconds + microseconds_after_midnight};
  }
  return rules_->instant_of(date, Microseconds{microseconds_after_midnight});
}

Date TimeZone::date_of(Instant at) const {
  if (is_utc(name_)) return utc_date(at);
  const Date shown = rules_->shown_at(at);
  // Clocks that fall back over midnight show the day before once more; the day has begun already.
  const Date next{shown.days + 1};
  return midnight(next) <= at ? next : shown;
}

Period TimeZone::period_of(Instant at) const {
  // The month in UTC is the month here or a neighbour of it: no offset reaches a whole day.
  const Period guess = Period::of(utc_date(at));
  if (guess <= first_kept || guess.next() >= end_kept) return Period::of(date_of(at));
  const auto begin = [&](Period period) {
    return rules_->month_begins[static_cast<std::size_t>(period.months - first_kept.months)];
  };
  if (at < begin(guess)) return guess.previous();
  return at < begin(guess.next()) ? guess : guess.next();
}

}  // namespace accrue
