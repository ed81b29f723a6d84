#include "cli/demo.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "cli/demo_files.h"
#include "cli/files.h"
#include "cli/run.h"
#include "cli/terminal.h"

namespace accrue {

namespace {

namespace fs = std::filesystem;

constexpr Period first_month = Period{2026 * 12};
constexpr int month_count = 6;  // the last one stays open

/// What a step of the story shows of its command's answer.
enum class Show { answer, nothing };

/// The sample story: the same commands a person types, run one after the other. Recorded times
/// are fixed, so that the book comes out the same everywhere.
class Story {
 public:
  Story(std::string folder, const Context& context)
      : folder_{std::move(folder)}, loudness_{context.options().loudness} {}

  Result<ExitStatus> tell() {
    ACCRUE_TRY_DONE(make_folder());
    say("A sample book of an invented cloud company, Aurora Cloud. Every figure is illustrative.\n\n");
    const bool told = write_terms() && record_deals() && record_months() && print_reports() &&
                      write_reports() && answer();
    return told ? ExitStatus::done : failed_;
  }

 private:
  Result<Done> make_folder() const {
    std::error_code failure;
    if (fs::exists(folder_, failure) && !fs::is_empty(folder_, failure)) {
      return Error{.code = ErrorCode::book_exists,
                   .message = "'" + folder_ + "' holds something already",
                   .hint = "name a new folder: accrue demo DIR"};
    }
    fs::create_directories(folder_ + "/usage", failure);
    fs::create_directories(folder_ + "/reports", failure);
    if (!failure) return Done{};
    return Error{.code = ErrorCode::file_unwritable,
                 .message = "'" + folder_ + "' cannot be made: " + failure.message()};
  }

  bool write_terms() {
    for (const DemoFile& file : demo_terms_and_revenue()) {
      if (!write(file.name, file.text)) return false;
    }
    return true;
  }

  bool record_deals() {
    bool ok = run({"init", "--currency", "USD", "--start", first_month.to_string(), "--name",
                   "Aurora Cloud, demo"},
                  Show::nothing);
    for (const char* deal : {"moonshot", "lumen", "orrery"}) {
      ok = ok && run({"investment", "add", path(std::string{deal} + ".toml")}, Show::nothing);
    }
    ok = ok && run({"import", "segment", path("segment.csv")}, Show::nothing);
    return ok && run({"import", "base", path("base.csv")}, Show::nothing);
  }

  bool record_months() {
    Period month = first_month;
    for (int i = 0; i < month_count; ++i, month = month.next()) {
      const std::string file = "usage/focus-" + month.to_string() + ".csv";
      if (!write(file, demo_usage(month))) return false;
      if (!run({"import", "usage", path(file)}, Show::nothing)) return false;
      if (i + 1 < month_count && !run({"close", month.to_string()}, Show::nothing)) return false;
    }
    return true;
  }

  bool print_reports() {
    return run({"report", "rollforward", whole_range()}, Show::answer) &&
           run({"report", "period", "2026-Q2"}, Show::answer) &&
           run({"report", "growth", "2026-Q2"}, Show::answer);
  }

  bool write_reports() {
    for (const char* name : {"period", "rollforward", "growth", "trial-balance", "journal"}) {
      for (const char* format : {"csv", "json"}) {
        const std::string file = path("reports/" + std::string{name} + "." + format);
        const std::string period = name == std::string_view{"growth"} ? "2026-Q2" : whole_range();
        if (!run({"report", name, period, "-o", file}, Show::nothing)) return false;
      }
    }
    for (const char* ending : {".xlsx", ".html"}) {
      const std::string file = path("reports/2026-Q2" + std::string{ending});
      if (!run({"report", "pack", "2026-Q2", "-o", file}, Show::nothing)) return false;
    }
    return true;
  }

  bool answer() {
    if (!run({"report", "answers", "2026-Q2"}, Show::answer)) return false;
    say("\nFive months are closed, " + last_month().to_string() +
        " is open. The terms, the usage and the reports as CSV and JSON are in " + folder_ +
        "/,\nall reports of the quarter in " + path("reports/2026-Q2.html") + " (open it in a browser) and " +
        path("reports/2026-Q2.xlsx") + ".\nNext:  accrue --book " + book() + " period check " + last_month().to_string() +
        "\n       accrue --book " + book() + " audit verify\n");
    return true;
  }

  /// Where the answer of a command goes that the story does not show.
  static constexpr const char* unshown = "unshown.json";

  static Period last_month() { return Period{first_month.months + month_count - 1}; }
  static std::string whole_range() {
    return first_month.to_string() + ".." + last_month().to_string();
  }
  std::string path(const std::string& name) const { return folder_ + "/" + name; }
  std::string book() const { return path("demo.accrue"); }

  bool write(const std::string& name, const std::string& text) {
    const Result<Done> written = write_file(path(name), text);
    if (written.ok()) return true;
    failed_ = ExitStatus::machine_failed;
    write_text(Stream::err, written.error().message + "\n");
    return false;
  }

  /// Prints the command as a person would type it, then runs it.
  bool run(std::vector<std::string> words, Show show) {
    std::string line = "$ accrue";
    for (const std::string& word : words) {
      line += word.find(' ') == std::string::npos ? " " + word : " \"" + word + "\"";
    }
    say((show == Show::answer ? "\n" : "") + line + "\n");
    // The first day after the sample's last month, a minute a command.
    now_.microseconds += 60'000'000;
    words.insert(words.end(), {"--book", book(), "--author", "demo", "--now", now_.to_string(),
                               "--no-pager", "--quiet"});
    const bool writes_file = std::find(words.begin(), words.end(), "-o") != words.end();
    if (show == Show::nothing && !writes_file) {
      words.insert(words.end(), {"-o", path(unshown)});
    }
    failed_ = run_program(words);
    std::error_code none;
    fs::remove(path(unshown), none);
    return failed_ == ExitStatus::done;
  }

  void say(const std::string& text) const {
    if (loudness_ == Loudness::normal) write_text(Stream::out, text);
  }

  std::string folder_;
  Loudness loudness_;
  Instant now_ = Instant::at_midnight_utc(Date::of(2026, 7, 1));
  ExitStatus failed_ = ExitStatus::done;
};

}  // namespace

Result<ExitStatus> run(const Context& context, const DemoCommand& command) {
  return Story{command.folder.value_or("accrue-demo"), context}.tell();
}

}  // namespace accrue
