#include "CDuktape.h"

#include <duktape.h>

// The engine's value stack holds one value between calls: the kept result. Every call into Duktape is
// protected, so that none of its errors reaches the fatal handler.

flowbook_javascript *flowbook_javascript_new(void) {
  return (flowbook_javascript *)duk_create_heap_default();
}

void flowbook_javascript_free(flowbook_javascript *engine) { duk_destroy_heap((duk_context *)engine); }

static bool keep(duk_context *context, duk_int_t status) {
  duk_safe_to_string(context, -1);
  return status == 0;
}

bool flowbook_javascript_run(flowbook_javascript *engine, const char *script, size_t length) {
  duk_context *context = (duk_context *)engine;
  duk_set_top(context, 0);
  return keep(context, duk_peval_lstring(context, script, length));
}

bool flowbook_javascript_call(
    flowbook_javascript *engine, const char *function, const char *argument, size_t length) {
  duk_context *context = (duk_context *)engine;
  duk_set_top(context, 0);
  duk_push_global_object(context);
  duk_push_string(context, function);
  duk_push_lstring(context, argument, length);
  return keep(context, duk_pcall_prop(context, 0, 1));
}

const char *flowbook_javascript_result(flowbook_javascript *engine, size_t *length) {
  return duk_safe_to_lstring((duk_context *)engine, -1, length);
}
