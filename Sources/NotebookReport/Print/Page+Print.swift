extension Page {
  /// The page for a program that prints it: with the size of the paper and page numbers.
  public func html(printedOn paper: Paper) -> String {
    let sheet = String(decoding: PackageResources.paper_css, as: UTF8.self)
    return html(with: "<style>\n@page { size: \(paper.cssName); }\n\(sheet)</style>\n")
  }
}
