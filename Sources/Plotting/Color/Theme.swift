/// The page that a figure stands on.
public struct Theme: Hashable, Sendable {
  public let isDark: Bool
  /// The figure's background, 0xRRGGBB, opaque so that a figure can be read wherever it is put; a page of the same
  /// colour shows no edge.
  public let background: UInt32
  /// Text and frame.
  public let foreground: UInt32
  let frame: UInt32
  let grid: UInt32
  let secondary: UInt32

  /// Black on white, also for print.
  public static let light = Theme(
    isDark: false, background: 0xffffff, foreground: 0x1b1d21, frame: 0x44484f, grid: 0xe9ebee,
    secondary: 0x555a62)
  public static let dark = Theme(
    isDark: true, background: 0x17181c, foreground: 0xe4e6ea, frame: 0x9aa0a8, grid: 0x292c33,
    secondary: 0xa9afb8)
}
