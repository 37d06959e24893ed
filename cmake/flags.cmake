# Warnings are errors; release keeps assertions and the hardening of docs/architecture.md.
add_library(shangdao_flags INTERFACE)
target_compile_options(shangdao_flags INTERFACE
    -Wall -Wextra -Wconversion -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough -Wformat=2 -Wno-missing-designated-field-initializers
    -Werror -Werror=format-security
    -fstack-protector-strong -fstack-clash-protection -fcf-protection=full -ftrivial-auto-var-init=zero
    -fno-delete-null-pointer-checks -fno-strict-overflow -fPIE
    $<$<COMPILE_LANGUAGE:CXX>:SHELL:-Xclang -fno-pch-timestamp>)
target_compile_definitions(shangdao_flags INTERFACE _GLIBCXX_ASSERTIONS FMT_ENFORCE_COMPILE_STRING=0)
if(SHANGDAO_SANITIZE)
    target_compile_options(shangdao_flags INTERFACE -fsanitize=address,undefined,fuzzer-no-link -fno-omit-frame-pointer -fno-sanitize-recover=all)
    target_link_options(shangdao_flags INTERFACE -fsanitize=address,undefined)
else()
    target_compile_definitions(shangdao_flags INTERFACE $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=3>)
endif()
target_link_options(shangdao_flags INTERFACE -fuse-ld=lld-19 -pie -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code)
target_link_libraries(shangdao_flags INTERFACE Threads::Threads)
