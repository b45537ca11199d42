#pragma once
// GitHub's CommonMark parser, with its table, footnote, task list, strikethrough and autolink extensions, and
// with typographic quotes and dashes.

#include <stddef.h>

#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>

/// Parses UTF-8 text as GitHub-flavoured Markdown; the caller frees the tree by `cmark_node_free`.
/// NULL where memory ran out.
cmark_node *flowbook_markdown_parse(const char *text, size_t length);
