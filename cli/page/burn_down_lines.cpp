#include "cli/page/burn_down_lines.h"

#include <algorithm>

#include "accounting/report/cells.h"

namespace accrue {

namespace {

/// Whether the grant ends in the month: the day of the expiry is already outside.
bool ends_in(const FaceLine& line, const FaceMonth& month) {
  return line.expires_on && *line.expires_on > month.period.first_day() &&
         *line.expires_on <= month.period.next().first_day();
}

std::optional<Date> date_of(const std::string& text) {
  const Result<Date> date = Date::parse(text);
  return date.ok() ? std::optional{date.value()} : std::nullopt;
}

}  // namespace

std::vector<FaceLine> face_lines_of(const Report& report) {
  std::vector<FaceLine> lines;
  if (!has_columns(report, {"period", "investee", "grant", "face_currency", "face_opening",
                            "face_expired", "face_closing", "expires"})) {
    return lines;
  }
  for (const Row& row : report.rows) {
    const Result<Period> period = Period::parse(text_in(report, row, "period"));
    const Figure* const opening = figure_in(report, row, "face_opening");
    const Figure* const expired = figure_in(report, row, "face_expired");
    const Figure* const closing = figure_in(report, row, "face_closing");
    if (!period.ok() || opening == nullptr || closing == nullptr) continue;
    const std::string investee = text_in(report, row, "investee");
    const std::string grant = text_in(report, row, "grant");
    auto line = std::ranges::find_if(lines, [&](const FaceLine& other) {
      return other.investee == investee && other.grant == grant;
    });
    if (line == lines.end()) {
      lines.push_back({investee,
                       grant,
                       text_in(report, row, "face_currency"),
                       date_of(text_in(report, row, "expires")),
                       {}});
      line = lines.end() - 1;
    }
    line->months.push_back({period.value(), opening->value,
                            expired == nullptr ? Decimal{} : expired->value, *closing});
  }
  for (FaceLine& line : lines) {
    std::ranges::stable_sort(line.months, {}, &FaceMonth::period);
  }
  return lines;
}

std::vector<FacePoint> steps_of(const FaceLine& line) {
  std::vector<FacePoint> points;
  for (const FaceMonth& month : line.months) {
    if (points.empty()) points.push_back({month.period.first_day(), month.opening});
    if (ends_in(line, month)) {
      points.push_back({*line.expires_on, month.closing.value - month.expired});
      points.push_back({*line.expires_on, month.closing.value});
    } else {
      points.push_back({month.period.next().first_day(), month.closing.value});
    }
  }
  return points;
}

std::optional<FacePoint> expiry_of(const FaceLine& line) {
  for (const FaceMonth& month : line.months) {
    if (ends_in(line, month)) {
      return FacePoint{*line.expires_on, month.closing.value - month.expired};
    }
  }
  return std::nullopt;
}

}  // namespace accrue
