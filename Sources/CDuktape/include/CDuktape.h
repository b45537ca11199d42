#pragma once
// A small JavaScript engine, as far as rendering formulas needs it.

#include <stdbool.h>
#include <stddef.h>

typedef struct flowbook_javascript flowbook_javascript;

/// A fresh engine, to be freed by `flowbook_javascript_free`; NULL where memory ran out.
flowbook_javascript *flowbook_javascript_new(void);
void flowbook_javascript_free(flowbook_javascript *engine);

/// Runs a script. On failure `flowbook_javascript_result` is its error.
bool flowbook_javascript_run(flowbook_javascript *engine, const char *script, size_t length);

/// Calls a global function with one text. Its result, or on failure its error, is kept.
bool flowbook_javascript_call(
    flowbook_javascript *engine, const char *function, const char *argument, size_t length);

/// The text that the last call kept; it lives until the next call. Characters beyond U+FFFF are pairs
/// of surrogates of three bytes each (CESU-8), in arguments as in results.
const char *flowbook_javascript_result(flowbook_javascript *engine, size_t *length);
