import CCmark

/// GitHub-flavoured Markdown as a tree. O(bytes).
func parseMarkdown(_ text: String) -> MarkdownNode {
  let bytes = Array(text.utf8)
  let root = bytes.withUnsafeBytes {
    flowbook_markdown_parse($0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count)
  }
  guard let root else { fatalError("no memory for the Markdown tree") }
  defer { cmark_node_free(root) }
  return read(root)
}

private func read(_ node: OpaquePointer) -> MarkdownNode {
  MarkdownNode(kind: kind(node), children: children(node))
}

private func children(_ node: OpaquePointer) -> [MarkdownNode] {
  var result: [MarkdownNode] = []
  var next = cmark_node_first_child(node)
  while let child = next {
    result.append(read(child))
    next = cmark_node_next(child)
  }
  return result
}

private func kind(_ node: OpaquePointer) -> MarkdownNode.Kind {
  func string(_ pointer: UnsafePointer<CChar>?) -> String { pointer.map { String(cString: $0) } ?? "" }
  var literal: String { string(cmark_node_get_literal(node)) }

  // The two that have no name.
  let type = cmark_node_get_type(node)
  if type == CMARK_NODE_FOOTNOTE_DEFINITION { return .footnote(literal) }
  if type == CMARK_NODE_FOOTNOTE_REFERENCE { return .footnoteReference(literal) }

  switch string(cmark_node_get_type_string(node)) {
  case "document": return .document
  case "paragraph": return .paragraph
  case "block_quote": return .quote
  case "thematic_break": return .thematicBreak
  case "heading": return .heading(level: Int(cmark_node_get_heading_level(node)))
  case "list":
    let isOrdered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST
    return .list(
      start: isOrdered ? Int(cmark_node_get_list_start(node)) : nil,
      isTight: cmark_node_get_list_tight(node) != 0)
  case "item": return .item(isDone: nil)
  case "tasklist": return .item(isDone: cmark_gfm_extensions_get_tasklist_item_checked(node))
  case "code_block": return .code(info: string(cmark_node_get_fence_info(node)), literal)
  case "html_block": return .rawBlock(literal)
  case "table": return .table(alignments(node))
  case "table_header": return .row(isHeader: true)
  case "table_row": return .row(isHeader: false)
  case "table_cell": return .cell
  case "softbreak": return .softBreak
  case "linebreak": return .lineBreak
  case "code": return .codeSpan(literal)
  case "html_inline": return .rawInline(literal)
  case "emph": return .emphasis
  case "strong": return .strong
  case "strikethrough": return .strikethrough
  case "link":
    return .link(destination: string(cmark_node_get_url(node)), title: string(cmark_node_get_title(node)))
  case "image":
    return .image(source: string(cmark_node_get_url(node)), title: string(cmark_node_get_title(node)))
  default: return .text(literal)
  }
}

private func alignments(_ table: OpaquePointer) -> [MarkdownNode.Alignment] {
  let count = Int(cmark_gfm_extensions_get_table_columns(table))
  guard let letters = cmark_gfm_extensions_get_table_alignments(table) else { return [] }
  return (0..<count).map { column in
    switch letters[column] {
    case UInt8(ascii: "l"): .left
    case UInt8(ascii: "c"): .center
    case UInt8(ascii: "r"): .right
    default: .none
    }
  }
}
