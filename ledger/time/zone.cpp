#include "ledger/time/zone.h"

#include <algorithm>
#include <chrono>
#include <fstream>

#include <date/tz.h>

namespace accrue {

namespace {

constexpr std::int64_t microseconds_per_day = 86'400'000'000;
constexpr Period first_kept = {1970 * 12};
constexpr Period end_kept = {2200 * 12};

bool is_utc(std::string_view name) { return name == "UTC" || name == "Etc/UTC"; }

Instant midnight_in(const date::time_zone& rules, Date date) {
  const date::local_days local{date::days{date.days}};
  const auto at = rules.to_sys(local, date::choose::earliest);
  return Instant{
      std::chrono::duration_cast<std::chrono::microseconds>(at.time_since_epoch()).count()};
}

Date utc_date(std::int64_t microseconds) {
  const std::int64_t days = microseconds / microseconds_per_day;
  return Date{static_cast<std::int32_t>(microseconds % microseconds_per_day < 0 ? days - 1 : days)};
}

/// The first line of tzdata.zi is "# version 2025b", also where the library finds no version file.
std::string version_of_tzdata_zi() {
  std::ifstream file{"/usr/share/zoneinfo/tzdata.zi"};
  constexpr std::string_view lead = "# version ";
  std::string line;
  if (!std::getline(file, line) || !line.starts_with(lead)) return "unknown";
  return line.substr(lead.size());
}

}  // namespace

Result<TimeZone> TimeZone::named(std::string_view name) {
  // `localtime` is whatever the machine is set to: no name that a book can keep.
  const auto& zones = date::get_tzdb().zones;
  const auto found = std::ranges::lower_bound(zones, name, {}, &date::time_zone::name);
  if (found == zones.end() || found->name() != name || name == "localtime") {
    return Error{.code = ErrorCode::bad_time_zone,
                 .message = "'" + std::string{name} + "' is not a time zone of the IANA database"};
  }
  return TimeZone{std::string{name}, &*found};
}

TimeZone::TimeZone(std::string name, const date::time_zone* rules)
    : name_{std::move(name)}, rules_{rules} {
  std::vector<Instant> begins;
  begins.reserve(static_cast<std::size_t>(end_kept.months - first_kept.months + 1));
  for (Period period = first_kept; period <= end_kept; period = period.next()) {
    begins.push_back(midnight(period.first_day()));
  }
  month_begins_ = std::make_shared<const std::vector<Instant>>(std::move(begins));
}

std::string TimeZone::data_version() {
  const std::string version = date::get_tzdb().version;
  return version.empty() || version == "unknown" ? version_of_tzdata_zi() : version;
}

Instant TimeZone::midnight(Date date) const {
  return is_utc(name_) ? Instant::at_midnight_utc(date) : midnight_in(*rules_, date);
}

Date TimeZone::date_of(Instant at) const {
  if (is_utc(name_)) return utc_date(at.microseconds);
  const date::sys_time<std::chrono::microseconds> utc{std::chrono::microseconds{at.microseconds}};
  const auto local = rules_->to_local(utc);
  const Date shown{date::floor<date::days>(local).time_since_epoch().count()};
  // Clocks that fall back over midnight show the day before once more; the day has begun already.
  const Date next{shown.days + 1};
  return midnight(next) <= at ? next : shown;
}

Period TimeZone::period_of(Instant at) const {
  // The month in UTC is the month here or a neighbour of it: no offset reaches a whole day.
  const Period guess = Period::of(utc_date(at.microseconds));
  if (guess <= first_kept || guess.next() >= end_kept) return Period::of(date_of(at));
  const auto begin = [&](Period period) {
    return (*month_begins_)[static_cast<std::size_t>(period.months - first_kept.months)];
  };
  if (at < begin(guess)) return guess.previous();
  return at < begin(guess.next()) ? guess : guess.next();
}

}  // namespace accrue
