// Hosts – several organisations behind one edge: the name that a request is sent to says whose it is, and nothing else does (D14). Each is an
// Application of its own, with its routes, gate and sessions, so none can name what is another's.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "serve/edge.h"

namespace shangdao::serve {

// A host name as it is compared: lower case, without a dot at its end. Refusal invalid_value of `field` for what is no name.
Result<std::string> host_name(std::string_view text, const std::string& field);

class Hosts final : public Application {
public:
    // Before the edge starts; the application must outlive this. `names`: of host_name(); none: whatever name, where nobody else is served.
    // False when one of them is another's.
    bool add(std::span<const std::string> names, Application& application);

    // A name that is nobody's is answered 421; but /healthz and /readyz are the process's own, whatever it is called.
    BodyRule body_rule(const Request& head) const override;
    void serve(Request request, Reply reply) override;
    Response refusal(std::string_view code, const Request& request) const override;

private:
    Application* application_of(const Request& request) const;

    std::unordered_map<std::string, Application*> by_name_;
    Application* first_ = nullptr;
    Application* under_any_name_ = nullptr;
};

}  // namespace shangdao::serve
