#include "CCmark.h"

#include <pthread.h>

// cmark-gfm keeps which characters are special to extensions, such as ~, for the whole process, and forgets them at the end
// of a text: in the middle of another thread's, were texts not read one at a time.
static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;

static cmark_node *parse(const char *text, size_t length);

cmark_node *flowbook_markdown_parse(const char *text, size_t length) {
  pthread_mutex_lock(&one_at_a_time);
  cmark_node *root = parse(text, length);
  pthread_mutex_unlock(&one_at_a_time);
  return root;
}

static cmark_node *parse(const char *text, size_t length) {
  static const char *const extensions[] = {"table", "strikethrough", "autolink", "tasklist"};
  cmark_gfm_core_extensions_ensure_registered();
  cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES | CMARK_OPT_SMART | CMARK_OPT_UNSAFE);
  if (!parser) return NULL;
  for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
    cmark_syntax_extension *extension = cmark_find_syntax_extension(extensions[i]);
    if (extension) cmark_parser_attach_syntax_extension(parser, extension);
  }
  cmark_parser_feed(parser, text, length);
  cmark_node *root = cmark_parser_finish(parser);
  cmark_parser_free(parser);
  return root;
}
