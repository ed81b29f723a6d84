#include "cli/demo_files.h"

#include <array>
#include <cstdint>
#include <random>

#include "ledger/number/decimal.h"
#include "ledger/time/date.h"

namespace accrue {

namespace {

constexpr std::string_view moonshot_terms = R"(# Illustrative. The shape is that of a stake reported in the press: 800 million for 36 percent,
# 300 million of it in cloud credits. Every figure of its usage is invented.
schema = "accrue.terms/1"

[investment]
id                  = "moonshot"
investee            = "Moonshot"
signed              = 2026-01-15
stake               = "36%"
influence           = "significant"
cash                = "500_000_000 USD"
fair_value_of_stake = "800_000_000 USD"
credits             = "300_000_000 USD"

[matching]
billing_accounts = ["100200300"]
from             = 2026-01-15

[[tranche]]
id      = "moonshot-T1"
face    = "150_000_000 USD"
issued  = 2026-01-15
expires = 2028-01-15

[[tranche]]
id      = "moonshot-T2"
face    = "150_000_000 USD"
issued  = 2026-04-01
expires = 2028-07-01
)";

constexpr std::string_view lumen_terms = R"(# Illustrative: 4 percent of the credits are expected never to be drawn.
schema = "accrue.terms/1"

[investment]
id                  = "lumen"
investee            = "Lumen"
signed              = 2026-01-10
stake               = "12.5%"
influence           = "none"
cash                = "75_000_000 USD"
fair_value_of_stake = "120_000_000 USD"

[matching]
billing_accounts = ["0420077"]
from             = 2026-01-10

[[tranche]]
id        = "lumen-T1"
face      = "45_000_000 USD"
issued    = 2026-01-10
expires   = 2027-07-10
breakage  = { method = "proportional", expected = "4%" }
)";

constexpr std::string_view orrery_terms = R"(# Illustrative: a tranche for GPUs only that expires in May, and one for everything.
schema = "accrue.terms/1"

[investment]
id                  = "orrery"
investee            = "Orrery"
signed              = 2026-01-20
stake               = "8%"
influence           = "none"
cash                = "4_000_000 USD"
fair_value_of_stake = "10_000_000 USD"

[matching]
billing_accounts = ["ba-orrery"]
from             = 2026-01-20

[[tranche]]
id       = "orrery-gpu"
face     = "2_400_000 USD"
issued   = 2026-01-20
expires  = 2026-05-01
services = ["GPU *"]

[[tranche]]
id      = "orrery-any"
face    = "3_600_000 USD"
issued  = 2026-01-20
expires = 2028-01-20
)";

constexpr std::string_view segment_csv =
    "segment,basis,period,currency,revenue,source,published_growth_pct\n"
    "Cloud,as reported,2025-Q1,USD,1020000000,invented,\n"
    "Cloud,as reported,2025-Q2,USD,1050000000,invented,\n"
    "Cloud,as reported,2026-Q1,USD,1129500000,invented,10.7\n"
    "Cloud,as reported,2026-Q2,USD,1170000000,invented,11.4\n";

constexpr std::string_view base_csv =
    "investee,segment,period,currency,revenue,source\n"
    "Moonshot,Cloud,2025-Q1,USD,1200000,invented\n"
    "Moonshot,Cloud,2025-Q2,USD,2100000,invented\n"
    "Lumen,Cloud,2025-Q1,USD,500000,invented\n"
    "Lumen,Cloud,2025-Q2,USD,900000,invented\n"
    "Orrery,Cloud,2025-Q1,USD,0,invented\n"
    "Orrery,Cloud,2025-Q2,USD,0,invented\n";

struct Service {
  std::string_view category;
  std::string_view name;
  std::string_view sku;
  std::string_view unit;
  std::int64_t price_e4;  ///< units of 10^-4 USD
};

constexpr Service train{"AI and Machine Learning", "GPU Training", "gpu-h20-hour", "Hours", 22'000};
constexpr Service serve{"AI and Machine Learning", "GPU Inference", "gpu-a10-hour", "Hours", 9'000};
constexpr Service storage{"Storage", "Object Storage", "oss-gb-hour", "GB-Hours", 1};
constexpr Service network{"Networking", "Egress", "net-egress-gb", "GB", 500};

/// Usage that repeats every hour: a quantity that grows by month and scatters by a tenth.
struct Meter {
  std::string_view account;
  std::string_view account_name;
  std::string_view sub_account;
  std::string_view region;
  const Service* service;
  std::int64_t quantity_e3;  ///< units of 10^-3, in the first month
  bool grows;
};

constexpr std::array<std::string_view, 2> region_ids{"ap-east-1", "us-west-2"};
/// Percent of the first month, January to June.
constexpr std::array<std::int64_t, 6> growth_percent{100, 112, 125, 140, 155, 170};

std::vector<Meter> investee_meters() {
  std::vector<Meter> meters;
  for (const std::string_view region : region_ids) {
    const std::int64_t share = region == region_ids[0] ? 3 : 2;  // fifths
    for (const std::string_view project : {"train", "serve"}) {
      meters.push_back({"100200300", "Moonshot", project, region, &train, share * 340'000, true});
      meters.push_back({"100200300", "Moonshot", project, region, &serve, share * 240'000, true});
      meters.push_back({"100200300", "Moonshot", project, region, &storage, share * 600'000'000, true});
      meters.push_back({"100200300", "Moonshot", project, region, &network, share * 800'000, true});
    }
    meters.push_back({"0420077", "Lumen Labs", "", region, &train, share * 260'000, false});
    meters.push_back({"0420077", "Lumen Labs", "", region, &storage, share * 600'000'000, false});
    meters.push_back({"0420077", "Lumen Labs", "", region, &network, share * 960'000, false});
    meters.push_back({"ba-orrery", "Orrery, Inc.", "", region, &serve, share * 152'000, false});
    meters.push_back({"ba-orrery", "Orrery, Inc.", "", region, &storage, share * 1'200'000'000, false});
    meters.push_back({"ba-orrery", "Orrery, Inc.", "", region, &network, share * 1'440'000, false});
  }
  return meters;
}

std::string scaled(std::int64_t value, int digits) {
  return Decimal::from_scaled(value, digits).to_string();
}

constexpr std::string_view header =
    "BillingAccountId,BillingAccountName,SubAccountId,BillingCurrency,BillingPeriodStart,"
    "BillingPeriodEnd,ChargePeriodStart,ChargePeriodEnd,ChargeCategory,ChargeClass,"
    "ChargeFrequency,ServiceCategory,ServiceName,SkuId,RegionId,PricingQuantity,PricingUnit,"
    "ListUnitPrice,ListCost,ContractedCost,EffectiveCost,BilledCost,InvoiceIssuerName\n";

class UsageWriter {
 public:
  explicit UsageWriter(Period month)
      : month_{month}, random_{static_cast<std::uint64_t>(month.months)} {
    const Instant begin = Instant::at_midnight_utc(month.first_day());
    const Instant end = Instant::at_midnight_utc(month.next().first_day());
    billing_period_ = begin.to_string() + "," + end.to_string();
  }

  std::string write() {
    text_ = header;
    std::vector<Meter> meters = investee_meters();
    std::vector<std::string> others;
    for (int i = 1; i <= 20; ++i) others.push_back("cust-" + std::to_string(100 + i));
    for (std::size_t i = 0; i < others.size(); ++i) {
      const std::array<const Service*, 4> services{&train, &serve, &storage, &network};
      const Service* service = services[i % services.size()];
      meters.push_back({others[i], others[i], "", region_ids[i % 2], service,
                        257'000'000'000 / service->price_e4, false});
    }
    const std::int64_t hours =
        24LL * (month_.next().first_day().days - month_.first_day().days);
    for (std::int64_t hour = 0; hour < hours; ++hour) {
      for (const Meter& meter : meters) write_hour(meter, hour);
    }
    if (month_ == Period::of(2026, 5)) write_late_rows();
    return std::move(text_);
  }

 private:
  void write_hour(const Meter& meter, std::int64_t hour) {
    std::int64_t quantity = meter.quantity_e3;
    if (meter.grows) {
      quantity = quantity * growth_percent[static_cast<std::size_t>(month_.month() - 1)] / 100;
    }
    quantity = quantity * static_cast<std::int64_t>(900 + random_() % 201) / 1000;
    const Instant start = hour_of(month_, hour);
    write_row(meter, start, Instant{start.microseconds + hour_microseconds}, "", quantity);
  }

  /// What the provider finds out later about March, delivered in May: usage it had missed, and
  /// usage it takes back.
  void write_late_rows() {
    const Period march = Period::of(2026, 3);
    const Meter meter = investee_meters().front();
    for (const std::int64_t quantity : {21'914'259LL, -568'411LL}) {
      const Instant start = hour_of(march, quantity > 0 ? 317 : 318);
      write_row(meter, start, Instant{start.microseconds + hour_microseconds}, "Correction",
                quantity);
    }
  }

  static constexpr std::int64_t hour_microseconds = 3'600'000'000;

  static Instant hour_of(Period month, std::int64_t hour) {
    return {Instant::at_midnight_utc(month.first_day()).microseconds + hour * hour_microseconds};
  }

  void write_row(const Meter& meter, Instant start, Instant end, std::string_view charge_class,
                 std::int64_t quantity_e3) {
    const Service& service = *meter.service;
    const std::string cost = scaled(quantity_e3 * service.price_e4, 7);
    const auto field = [&](std::string_view text) {
      text_ += text;
      text_ += ',';
    };
    const auto quoted = [&](std::string_view text) {
      text_ += '"';
      text_ += text;
      text_ += "\",";
    };
    field(meter.account);
    quoted(meter.account_name);
    field(meter.sub_account);
    field("USD");
    field(billing_period_);
    field(start.to_string());
    field(end.to_string());
    field("Usage");
    field(charge_class);
    field("Usage-Based");
    field(service.category);
    field(service.name);
    field(service.sku);
    field(meter.region);
    field(scaled(quantity_e3, 3));
    field(service.unit);
    field(scaled(service.price_e4, 4));
    for (int i = 0; i < 4; ++i) field(cost);
    text_ += "Aurora Cloud\n";
  }

  Period month_;
  std::mt19937_64 random_;
  std::string billing_period_;
  std::string text_;
};

}  // namespace

std::vector<DemoFile> demo_terms_and_revenue() {
  return {{"moonshot.toml", std::string{moonshot_terms}},
          {"lumen.toml", std::string{lumen_terms}},
          {"orrery.toml", std::string{orrery_terms}},
          {"segment.csv", std::string{segment_csv}},
          {"base.csv", std::string{base_csv}}};
}

std::string demo_usage(Period month) { return UsageWriter{month}.write(); }

}  // namespace accrue
