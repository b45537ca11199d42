/// Why a figure could not be drawn. Wording lives in `description`: what happened, where, what to do.
public enum PlottingError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The KaTeX fonts are in none of the folders searched.
  case fontsMissing(searched: [String])
  /// A font file does not read as TrueType.
  case unreadableFont(path: String)
  /// A label's TeX is wrong: the message, the label, and where in it (characters from its start).
  case tex(String, label: String, offset: Int)
  /// Values that a logarithmic axis cannot show.
  case notPositive(axis: String, mark: String, count: Int, example: Double)
  /// gd refused an image of this size.
  case noImage(width: Int, height: Int)
  /// gd could not write the image.
  case notEncoded(format: String)

  public var description: String {
    switch self {
    case .fontsMissing(let searched):
      "The KaTeX fonts that figures are lettered with were not found in \(searched.joined(separator: ", ")). "
        + "Install them (Debian: apt install fonts-katex), or set KATEX_FONTS to the folder with KaTeX_Main-Regular.ttf."
    case .unreadableFont(let path):
      "The font \(path) does not read as TrueType. Install it anew (Debian: apt install --reinstall fonts-katex)."
    case .tex(let message, let label, let offset):
      "The label \"\(label)\" does not read as TeX: \(message), at character \(offset + 1)."
    case .notPositive(let axis, let mark, let count, let example):
      "The \(axis) axis is logarithmic, but \(mark) has \(count) \(count == 1 ? "value" : "values") that "
        + "\(count == 1 ? "is" : "are") not positive (the first: \(example)). "
        + "Leave them out (NaN makes a gap), or use a linear axis."
    case .noImage(let width, let height):
      "gd could not make an image of \(width) x \(height) dots. Make the figure smaller."
    case .notEncoded(let format):
      "gd could not write the image as \(format)."
    }
  }
}
