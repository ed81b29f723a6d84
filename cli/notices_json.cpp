#include "cli/notices_json.h"

namespace accrue {

using Json = nlohmann::ordered_json;

Json notices_json(const std::vector<Notice>& notices) {
  Json list = Json::array();
  for (const Notice& notice : notices) {
    const int digits = notice.face.currency.minor_digits();
    list.push_back(
        {{"code", notice.code},
         {"grant", notice.grant},
         {"investee", notice.investee},
         {"percent", notice.percent ? Json(*notice.percent) : Json{}},
         {"drawn", notice.drawn.value.to_string(digits)},
         {"face", notice.face.value.to_string(digits)},
         {"left", notice.left().to_string(digits)},
         {"currency", notice.face.currency.code()},
         {"expires", notice.expires_on ? Json(notice.expires_on->to_string()) : Json{}},
         {"message", notice.message}});
  }
  return list;
}

}  // namespace accrue
