#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "accounting/posting/books.h"
#include "accounting/posting/thresholds.h"
#include "accounting/report/make_report.h"
#include "accounting/report/presentation.h"
#include "cli/audit_commands.h"
#include "cli/scenario_commands.h"
#include "cli/audit_program_commands.h"
#include "cli/command_line.h"
#include "cli/export_commands.h"
#include "cli/provenance.h"
#include "cli/saved_forecast_commands.h"
#include "ledger/error/error.h"
#include "ledger/intake/usage.h"

namespace accrue {

enum class Format { table, csv, json, xlsx, html };
enum class ColorChoice { automatic, always, never };
enum class Paging { automatic, never };
enum class Loudness { normal, quiet };
enum class Confirmation { ask, given };

/// What was said for every command. Nothing here has been looked up in the environment.
struct GlobalOptions {
  std::optional<std::string> book;
  std::optional<Format> format;
  std::optional<std::string> output;
  std::optional<std::string> as_of;
  OriginView by = OriginView::as_reported;
  RunMode mode = RunMode::write;
  std::optional<std::string> author;
  std::string reason;
  std::optional<Instant> now;
  Confirmation confirmation = Confirmation::ask;
  Loudness loudness = Loudness::normal;
  ColorChoice color = ColorChoice::automatic;
  Paging paging = Paging::automatic;
  std::chrono::milliseconds patience = Store::usual_patience;  ///< with another writer
  /// Where to write what a second person must approve; then nothing is recorded.
  std::optional<std::string> request;
  Filters filters;  ///< what of the words shapes the answer
};

// A period is kept as text: how it is read depends on the book's fiscal calendar.

struct InitCommand {
  std::string currency = {};
  std::string time_zone = {};
  int fiscal_start_month = 1;
  std::optional<Period> start = {};
  std::optional<std::string> name = {};
  std::optional<Decimal> materiality_percent = {};
  bool has_dual_control = false;
};
struct StatusCommand {
  std::int64_t expiring_within_days = usual_expiry_days;
};
struct DoctorCommand {};
struct InvestmentCheckCommand {
  std::string file = {};
};
struct InvestmentAddCommand {
  std::string file = {};
};
struct InvestmentDraftCommand {
  std::string file = {};
  std::optional<std::string> contract = {};
  std::optional<std::string> investee = {};
};
struct InvestmentListCommand {};
enum class ShowWhat { deal, terms };
struct InvestmentShowCommand {
  std::string id = {};
  ShowWhat what = ShowWhat::deal;
};
struct GrantListCommand {};
struct EstimateCommand {
  std::string grant = {};
  std::optional<std::string> value = {};  ///< left out: what the forecast leaves at the expiry
  std::optional<std::string> from = {};
  std::optional<std::string> forecast = {};  ///< the name of a saved one: the evidence
};
struct ImportUsageCommand {
  std::vector<std::string> files = {};
  std::optional<std::string> source = {};
  std::optional<Basis> basis = {};
  std::optional<CreditRows> credit_rows = {};
  std::optional<OnError> on_error = {};
  std::optional<SlashDates> slash_dates = {};
  std::optional<std::string> map = {};  ///< the path of a map
  std::vector<std::string> overage_currencies = {};
  DeliveryMode mode = DeliveryMode::append;
  std::vector<Period> billing_periods = {};  ///< named with the command
  CatchUpClass catch_up = CatchUpClass::new_information;
};
/// "-" is standard input.
struct ImportEventsCommand {
  std::string file = "-";
  std::optional<std::string> rate_card = {};
  std::optional<std::string> dead_letters = {};
  std::int64_t group_count = 10'000;
  std::chrono::milliseconds group_time{1000};
  CatchUpClass catch_up = CatchUpClass::new_information;
  std::vector<std::string> overage_currencies = {};  ///< sorted
};
enum class TableFile { segment, base, rates };
struct ImportTableCommand {
  TableFile what;
  std::string file = {};
};
struct ImportBillingPeriodsCommand {
  std::string file = {};
};
struct ImportListCommand {
  std::optional<RecordKind> kind = {};
  std::optional<std::string> source = {};
  std::optional<std::string> period = {};
};
struct ImportShowCommand {
  std::int64_t record = 0;
};
struct DrawdownListCommand {
  DrawdownFilter filter = {};
  std::optional<std::string> period = {};
  std::optional<std::string> origin = {};
};
struct EntryListCommand {
  std::optional<std::string> period = {};
};
struct EntryShowCommand {
  std::int64_t number = 0;
};
struct ExceptionsCommand {
  std::optional<std::string> period = {};
};
enum class CloseReach { one, through };
struct CloseCommand {
  std::string period = {};
  CloseReach reach = CloseReach::one;
  std::vector<std::string> accepted_codes = {};
  std::optional<std::string> key_file = {};  ///< what signs a checkpoint of each close
  ForecastChoice forecast = usual_draw_forecast;
};
struct ReopenCommand {
  std::string period = {};
};
struct PeriodListCommand {};
struct PeriodCheckCommand {
  std::string period = {};
};
struct AnswersCommand {
  std::string period = {};
  GrowthOptions growth = {};
};
/// How a report is to be shown, where that is not how the book keeps it.
struct PresentationWords {
  std::optional<std::string> compare = {};  ///< a period
  std::optional<Currency> currency = {};
  Unit unit = Unit::one;
};
struct ReportCommand {
  ReportKind kind;
  std::string period = {};
  ReportOptions options = {};
  PresentationWords presentation = {};
};
/// All reports of a period at once; the path is a folder, or a file .xlsx or .html.
struct ReportPackCommand {
  std::string period = {};
  std::string path = {};
  ReportOptions options = {};
  PresentationWords presentation = {};
};
struct DemoCommand {
  std::optional<std::string> folder;
};
/// `text` is the page, ready to print.
struct HelpCommand {
  std::string text;
};
struct VersionCommand {};

/// Copied, moved and destroyed by functions of its own: each source that reads words would else
/// compile those of every command again.
struct Command :
    std::variant<InitCommand, StatusCommand, DoctorCommand, InvestmentCheckCommand,
        InvestmentAddCommand, InvestmentDraftCommand, InvestmentListCommand, InvestmentShowCommand,
        GrantListCommand, EstimateCommand, ImportUsageCommand, ImportEventsCommand,
        ImportTableCommand, ImportBillingPeriodsCommand, ImportListCommand, ImportShowCommand,
        DrawdownListCommand, EntryListCommand, EntryShowCommand, ExceptionsCommand, CloseCommand,
        ReopenCommand, PeriodListCommand, PeriodCheckCommand, AnswersCommand, ReportCommand,
        ReportPackCommand, AuditVerifyCommand, AuditReplayCommand, AuditLogCommand, ExportCommand,
        AuditPackCommand, ExplainCommand, AuditVouchCommand, AuditProveRecordCommand,
        AuditProveGrowthCommand, AuditCheckpointCommand, AuditCheckpointsCommand,
        TimestampRequestCommand, TimestampAttachCommand, KeygenCommand, KeyRegisterCommand,
        KeyListCommand, AuditSampleCommand, AuditSampleEvaluateCommand, AuditCompletenessCommand,
        AuditCutoffCommand, AuditJournalTestsCommand, AuditLookbackCommand, AuditReperformCommand,
        AuditApprovalsCommand, ApproveCommand, ScenarioSaveCommand, ScenarioListCommand,
        ScenarioShowCommand, ScenarioCheckCommand, ScenarioRunCommand, ScenarioCompareCommand,
        ScenarioSensitivityCommand, ScenarioSolveCommand, ScenarioGridCommand,
        ScenarioBacktestCommand, ScenarioMonteCarloCommand, DemoCommand, HelpCommand,
        VersionCommand> {
  using variant::variant;
  Command(const Command& other);
  Command(Command&& other) noexcept;
  Command& operator=(const Command& other);
  Command& operator=(Command&& other) noexcept;
  ~Command();
};

/// The name of a word among the filters of an answer: "--by-origin" is "by_origin", PERIOD "period".
std::string filter_name(std::string_view word);

struct Invocation {
  GlobalOptions global;
  Command command;
};

/// What the words of a command line ask for.
///
/// Errors: those of parse_words; bad_value turned to usage (a word that is none of those a flag
///         takes, with the nearest); format_conflict; reason_needed; unknown_topic; bad_period.
Result<Invocation> read_options(const ParsedLine& line);

}  // namespace accrue
