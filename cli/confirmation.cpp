#include "cli/confirmation.h"

#include "cli/terminal.h"

namespace accrue {

Result<Done> confirm(const Context& context, const std::string& question) {
  if (context.options().confirmation == Confirmation::given ||
      context.options().mode == RunMode::dry_run) {
    return Done{};
  }
  const std::optional<bool> answer = ask(question);
  if (answer == true) return Done{};
  return Error{.code = ErrorCode::confirmation_needed,
               .message = answer ? "not confirmed; nothing was written"
                                 : "the command asks before it acts, and nobody can answer here",
               .hint = "repeat it with --yes"};
}

}  // namespace accrue
