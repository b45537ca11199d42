/// A colour, for light and for dark pages.
public struct Color: Hashable, Sendable {
  /// 0xRRGGBB on a light and on a dark page.
  let light: UInt32
  let dark: UInt32

  /// A colour 0xRRGGBB, on a dark page another where one is given.
  public init(_ light: UInt32, dark: UInt32? = nil) {
    self.light = light
    self.dark = dark ?? light
  }

  func on(_ theme: Theme) -> UInt32 { theme.isDark ? dark : light }

  // Okabe and Ito's palette, told apart by all kinds of colour vision (Wong, Nature Methods 8, 441 (2011)). On a dark
  // page the deep ones are lighter.
  public static let blue = Color(0x0072b2, dark: 0x4aa8e0)
  public static let orange = Color(0xe69f00)
  public static let green = Color(0x009e73, dark: 0x2bc79a)
  public static let purple = Color(0xcc79a7, dark: 0xdd8fba)
  public static let sky = Color(0x56b4e9, dark: 0x8fd0f5)
  public static let vermilion = Color(0xd55e00, dark: 0xf07a2b)
  public static let yellow = Color(0xb3a200, dark: 0xf0e442)
  /// The colour of text: black, on a dark page nearly white.
  public static let foreground = Color(Theme.light.foreground, dark: Theme.dark.foreground)
  /// Between text and page: for what should step back.
  public static let gray = Color(0x7a7f87, dark: 0x8f959e)
  public static let white = Color(0xffffff)
  public static let black = Color(0x000000)

  /// The colours that series take in turn.
  static let series: [Color] = [.blue, .orange, .green, .purple, .vermilion, .sky, .yellow, .foreground]
}
