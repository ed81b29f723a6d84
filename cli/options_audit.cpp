#include "cli/read_words.h"

namespace accrue {

namespace {

const CommandReader readers[] = {
    {"audit verify", plain<AuditVerifyCommand>},
    {"audit replay",
     [](Words l) -> Result<Command> { return Command{AuditReplayCommand{l.text("--into")}}; }},
};

}  // namespace

std::span<const CommandReader> audit_readers() { return readers; }

}  // namespace accrue
