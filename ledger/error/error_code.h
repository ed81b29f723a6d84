#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace accrue {

/// How the program ends when an error of a kind is what stopped it.
enum class ExitStatus : int {
  done = 0,
  machine_failed = 1,
  usage = 2,
  input_refused = 3,
  state_forbids = 4,
  audit_found = 5,
  interrupted = 130,
};

// One row per error: code, exit status, cause (one sentence), fix (one sentence).
// The rows are the single list behind the enum, `accrue help CODE` and docs/errors.md.
#define ACCRUE_ERROR_CODES(X)                                                                      \
  /* the command line */                                                                           \
  X(usage, usage, "The command line does not have the form the command takes.",                    \
    "Read the form with `accrue COMMAND --help`.")                                                 \
  X(unknown_command, usage, "No command has this name.", "See the list with `accrue help`.")       \
  X(unknown_flag, usage, "The command takes no flag of this name.",                                \
    "See its flags with `accrue COMMAND --help`.")                                                 \
  X(unknown_topic, usage, "There is no help page of this name.", "See the list: `accrue help`.")   \
  X(bad_period, usage, "The period is not of a known form.",                                       \
    "Write 2024-06, 2024-Q2, 2024, FY2025-Q1, FY2025 or 2024-04..2024-06.")                        \
  X(bad_as_of, usage, "--as-of takes a record number or an instant.",                              \
    "Write a number from 1, or an instant such as 2024-07-01T00:00:00Z.")                          \
  X(format_conflict, usage, "The format asked for does not suit the place it goes to.",            \
    "Drop -f, or give -o a name that ends in the format.")                                         \
  X(confirmation_needed, state_forbids, "The command asks before it acts and nobody can answer.",  \
    "Repeat it with --yes.")                                                                       \
  X(reason_needed, usage, "The command keeps a reason in the book and none was given.",            \
    "Repeat it with --reason TEXT.")                                                               \
  /* the machine and the book */                                                                   \
  X(book_missing, state_forbids, "There is no book at this path.",                                 \
    "Create one with `accrue init`, or name yours with --book FILE.")                              \
  X(book_exists, state_forbids, "A file is already at this path.",                                 \
    "Name another with --book FILE.")                                                              \
  X(not_a_book, state_forbids, "The file is not an accrue book.", "Name a book with --book FILE.") \
  X(book_too_new, state_forbids, "The book was written by a later version of accrue.",             \
    "Use that version or a later one.")                                                            \
  X(book_too_old, state_forbids, "The book was written by an earlier version of accrue.",          \
    "Use that version to print it, and import its facts into a new book.")                         \
  X(book_busy, machine_failed, "Another process is writing to the book.",                          \
    "Run the command again when the other has ended.")                                             \
  X(machine_failed, machine_failed, "The machine failed: disk full, a damaged file, no permission.",  \
    "Mend what the message names; `accrue audit verify` tells whether the book is whole.")         \
  X(file_unreadable, machine_failed, "The file cannot be opened or read.",                         \
    "Check the path and the permissions.")                                                         \
  X(file_unwritable, machine_failed, "The file cannot be written.",                                \
    "Check the path, the permissions and the space left.")                                         \
  X(now_before_last, usage, "--now is earlier than the last record of the book.",                  \
    "Give an instant not before it, or leave --now out.")                                          \
  /* numbers and time */                                                                           \
  X(bad_decimal, input_refused, "The text is not a decimal number of the accepted form.",          \
    "Write digits, an optional point and a leading minus; no symbols, no thousands commas.")       \
  X(decimal_too_wide, input_refused,                                                               \
    "The number has more than 38 significant or 30 fraction digits.",                              \
    "accrue never rounds input: deliver the number with fewer digits.")                            \
  X(amount_overflow, input_refused, "The amount does not fit 64 bits of minor units.",             \
    "Check the amount and its currency.")                                                          \
  X(too_precise, input_refused, "The amount has more fraction digits than its currency.",          \
    "Write it in whole minor units; accrue never rounds input.")                                   \
  X(bad_currency, input_refused, "The text is not an ISO 4217 currency code.",                     \
    "Write the three capital letters, such as USD.")                                               \
  X(bad_date, input_refused, "The text is not a date of an accepted, unambiguous form.",           \
    "Write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SSZ.")                                                   \
  X(bad_time_zone, input_refused, "The time zone is not in the IANA database.",                    \
    "Write a name such as Asia/Shanghai or UTC.")                                                  \
  X(allocation_no_weight, input_refused, "Nothing to divide the total by: no weight above zero.",  \
    "Give at least one weight above zero.")                                                        \
  X(allocation_negative, input_refused, "A weight or a total to divide is below zero.",            \
    "Weights are zero or more.")                                                                   \
  /* terms */                                                                                      \
  X(bad_toml, input_refused, "The file is not valid TOML.", "Mend the syntax at the caret.")       \
  X(bad_schema, input_refused, "The file does not name the schema this command reads.",            \
    "Start it with schema = \"accrue.terms/1\".")                                                  \
  X(unknown_key, input_refused, "The key is not one of the schema.",                               \
    "Use the suggested key, or remove it: an unread key could change a deal in silence.")          \
  X(missing_key, input_refused, "A key that the schema needs is missing.", "Add it.")              \
  X(bad_value, input_refused, "The value is not one the key takes.",                               \
    "Use one of the values named.")                                                                \
  X(money_not_quoted, input_refused, "Money, rates and percents are quoted strings.",              \
    "Put it in quotes: a bare number would be a binary float.")                                    \
  X(face_does_not_add_up, input_refused,                                                           \
    "The parts of the deal do not add up to the total it states.",                                 \
    "Mend the tranche or the total named in the note.")                                            \
  X(duplicate_id, input_refused, "The id is already taken.", "Choose an id that is free.")         \
  X(account_taken, input_refused, "Another investee holds the account at that time.",              \
    "Mend the account, or give both matches from and to dates that do not overlap.")               \
  X(price_below_zero, input_refused, "The cash paid is more than the fair value of the stake.",    \
    "State how the shortfall is treated before the deal is added.")                                \
  X(price_above_face, input_refused, "The transaction price is above the face of the credits.",    \
    "Check the values; if it is so, set accept_price_above_face = true.")                          \
  X(unsupported_term, input_refused, "The term is known but this version does not keep it yet.",   \
    "See docs/reference.md for what is supported.")                                                \
  X(rate_missing, input_refused, "No exchange rate is known for the currency and day.",            \
    "Add one with `accrue import rates FILE`, or fixed_rate in the terms.")                        \
  X(basis_conflict, input_refused, "Two deals on one account state different bases.",              \
    "State the same basis in both.")                                                               \
  X(unknown_ref, usage, "Nothing in the book has this address.",                                   \
    "Take a ref as a report prints it, in its last column.")                                       \
  X(unknown_id, input_refused, "The book has nothing of this id.", "Use an id that the book holds.") \
  /* usage and other files in */                                                                   \
  X(missing_column, input_refused, "A column that the file needs is missing.",                     \
    "Deliver the column; columns are bound by their header names.")                                \
  X(duplicate_column, input_refused, "A column that is read stands twice in the header.",          \
    "Deliver it once.")                                                                            \
  X(wrong_dataset, input_refused, "The file is another FOCUS dataset than the command reads.",     \
    "Use the command that the hint names.")                                                             \
  X(ragged_row, input_refused, "The row has another number of fields than the header.",            \
    "Mend the quoting or the row.")                                                                \
  X(bad_quoting, input_refused, "A quoted field is not closed or is followed by text.",            \
    "Mend the quotes.")                                                                            \
  X(bad_encoding, input_refused, "The text is not UTF-8.", "Deliver the file as UTF-8.")           \
  X(bad_gzip, input_refused, "The compressed file is damaged or cut short.",                       \
    "Fetch it again.")                                                                             \
  X(null_not_allowed, input_refused, "A field that must have a value is null.",                    \
    "Deliver the value.")                                                                          \
  X(not_allowed_value, input_refused, "The value is not one FOCUS allows in the column.",          \
    "Deliver one of the allowed values.")                                                          \
  X(empty_interval, input_refused, "The end is not after the start.", "Mend the two dates.")       \
  X(charge_too_long, input_refused,                                                                \
    "A charge of more than 31 days needs a spread that the file does not state.",                  \
    "Deliver it split by month.")                                                                  \
  X(credit_rows_undecided, input_refused,                                                          \
    "The file has Credit rows of a matched account and the source says not what they mean.",       \
    "Add --credit-rows settles (our grants, applied by the provider) or --credit-rows reduces.")   \
  X(no_grant_in_currency, input_refused,                                                           \
    "The investee has no grant in the currency of the charge.",                                    \
    "Add --overage-currency CUR if it is to be cash-funded.")                                      \
  X(bad_json, input_refused, "The line is not one JSON object of the accepted form.",              \
    "Deliver one CloudEvents 1.0 object a line, with unique keys.")                                \
  X(event_conflict, input_refused,                                                                 \
    "An event of this source and id is in the book with other content.",                           \
    "Give a changed event an id of its own; what was taken stays.")                                \
  X(price_missing, input_refused, "No rate card has a price for the event's unit, item and day.",  \
    "Add the price to a rate card and give it with --rate-card FILE.")                             \
  X(already_imported, state_forbids, "A file of the same content is in the book already.",         \
    "Nothing needs to be done; nothing was changed.")                                              \
  X(empty_file, input_refused, "The file has no header.", "Deliver the whole file.")               \
  /* the state of the book */                                                                      \
  X(period_closed, state_forbids, "The period is closed.",                                         \
    "Use an open period, or reopen it with `accrue reopen PERIOD --reason TEXT`.")                 \
  X(period_not_closed, state_forbids, "The period is not the last closed one.",                    \
    "Only the last close can be taken back: see `accrue period list`.")                            \
  X(earlier_period_open, state_forbids, "An earlier period is still open.",                        \
    "Close in order, or use --through.")                                                           \
  X(exceptions_stand, state_forbids, "Exceptions of the period are neither cleared nor accepted.", \
    "Clear them, or accept them with --accept CODE --reason TEXT.")                                \
  X(estimate_for_remote, input_refused, "A grant with remote breakage takes no estimate.",         \
    "Its method changes by a recorded judgement, not by an estimate.")                             \
  X(nothing_to_report, state_forbids, "The book holds nothing for the report.",                    \
    "Import what the hint names first.")                                                           \
  /* audit */                                                                                      \
  X(approval_needed, state_forbids, "The book is under dual control: a second person must approve.", \
    "Repeat the command with --request FILE; another person runs `accrue approve FILE`.")          \
  X(own_approval, state_forbids, "Nobody approves what they prepared themselves.",                 \
    "Another person with a registered key approves it.")                                           \
  X(request_outdated, state_forbids, "The book has changed since the request was made.",           \
    "Have the request made anew, and look at it again.")                                           \
  X(bad_request, input_refused, "The file is not a request as accrue wrote it.",                   \
    "Have the request made anew with --request FILE, and approve the file as it comes.")           \
  X(bad_report, input_refused, "The file is not a report that can be derived again.",              \
    "Name a file that `accrue report NAME PERIOD -f json` wrote.")                                 \
  X(other_book, state_forbids, "The file is of another book.",                                     \
    "Name its book with --book FILE.")                                                             \
  X(audit_difference, audit_found, "The book and what is derived from it differ.",                 \
    "The differences name the records.")                                                           \
  X(not_a_sample, input_refused, "The file is not a sample as the program prints it in JSON.",     \
    "Give the file that `accrue audit sample -o FILE.json` wrote, unchanged.")                     \
  X(sample_differs, audit_found, "The book does not give the sample that the file states.",        \
    "Use the book it was drawn from, or draw it again.")                                           \
  X(finding_missing, input_refused, "An item of the sample has no finding.",                       \
    "Give every item a row; one that could not be examined is misstated in full: audited 0.")      \
  /* keys and checkpoints */                                                                       \
  X(bad_key, input_refused, "The text is not a key of the form that signed notes use.",            \
    "Make one with `accrue keygen`, and copy it whole.")                                           \
  X(bad_note, input_refused, "The file is not a signed checkpoint.",                               \
    "Name a file that `accrue audit checkpoint` wrote, byte for byte.")                            \
  X(key_unknown, state_forbids, "The book has not registered the key.",                            \
    "Register it with `accrue key register VERIFIER_KEY --person NAME`.")                          \
  X(signature_wrong, input_refused, "The signature is not one of the key that it names.",          \
    "Fetch the file again from whoever signed it; nothing in it can be believed.")                 \
  X(checkpoint_differs, state_forbids, "The checkpoint is not one of this book.",                  \
    "Run `accrue audit verify --checkpoint FILE`, which says how they differ.")                    \
  X(timestamp_refused, input_refused, "The time stamp is not one over this checkpoint.",           \
    "Make a request with `accrue audit timestamp request`, and have it stamped again.")            \
  X(audit_incomplete, audit_found, "The audit could not look at everything.",                      \
    "What was not looked at is listed: it counts as found, never as in order.")

enum class ErrorCode {
#define ACCRUE_ROW(code, exit, cause, fix) code,
  ACCRUE_ERROR_CODES(ACCRUE_ROW)
#undef ACCRUE_ROW
};

/// What `accrue help CODE` prints and what the exit status is.
struct ErrorPage {
  ErrorCode code;
  std::string_view name;
  ExitStatus exit_status;
  std::string_view cause;
  std::string_view fix;
};

std::span<const ErrorPage> error_pages();
const ErrorPage& page_of(ErrorCode code);
std::string_view name_of(ErrorCode code);
std::optional<ErrorCode> error_code_named(std::string_view name);

}  // namespace accrue
