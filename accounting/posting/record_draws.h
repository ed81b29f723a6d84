#pragma once

#include <cstdint>

#include "ledger/credit/draw.h"
#include "ledger/store/store.h"

namespace accrue {

/// What a record drew when it came, net: all draws as of the record less those as of the one before
/// it. What it took from draws that stood before is in it, below zero.
DrawTotals draws_of_record(const Store& store, std::int64_t record);

}  // namespace accrue
