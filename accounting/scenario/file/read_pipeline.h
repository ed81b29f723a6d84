#pragma once

#include "accounting/scenario/file/named_files.h"
#include "accounting/scenario/scenario.h"
#include "ledger/credit/investment.h"
#include "ledger/intake/toml_fields.h"
#include "ledger/time/date.h"

namespace accrue {

/// A deal that is signed on another day than its terms say. All of its dates move by as many whole
/// months as the signing moves to another month, a day that the month does not have to its last;
/// no tranche is issued before the signing.
Investment move_signing(Investment investment, Date signed_on);

/// Reads [[deal]] into `scenario`; the terms it names are read through `files`.
void read_pipeline(const TomlTable& top, NamedFiles& files, TomlErrors& errors, Scenario& scenario);

}  // namespace accrue
