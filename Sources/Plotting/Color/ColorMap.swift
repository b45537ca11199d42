/// The colours of a field: values from 0 to 1 become colours, by linear interpolation between nodes.
public struct ColorMap: Hashable, Sendable {
  let name: String
  let light: [UInt32]
  let dark: [UInt32]
  /// Values on both sides of a centre: 0.5 is the centre's colour.
  let isDiverging: Bool

  init(_ name: String, _ light: [UInt32], dark: [UInt32]? = nil, isDiverging: Bool = false) {
    self.name = name
    self.light = light
    self.dark = dark ?? light
    self.isDiverging = isDiverging
  }

  /// 256 colours from the lowest to the highest value.
  func table(on theme: Theme) -> [UInt32] {
    let nodes = theme.isDark ? dark : light
    return (0..<256).map { step in
      let position = Double(step) / 255 * Double(nodes.count - 1)
      let index = min(Int(position), nodes.count - 2)
      return blend(nodes[index + 1], over: nodes[index], UInt32(((position - Double(index)) * 256).rounded()))
    }
  }

  /// The colours for lines and points, without the end that the page would swallow: the dark one on a dark page, the
  /// pale one on a light page. A diverging map is whole.
  func thinTable(on theme: Theme) -> [UInt32] {
    let whole = table(on: theme)
    if isDiverging { return whole }
    let (start, end) = theme.isDark ? (0.2, 1.0) : (0, 0.93)
    return (0..<256).map { whole[Int(((start + (end - start) * Double($0) / 255) * 255).rounded())] }
  }

  /// The colour of a share from 0 to 1.
  func color(_ share: Double) -> Color {
    func pick(_ theme: Theme) -> UInt32 { thinTable(on: theme)[Int((min(max(share, 0), 1) * 255).rounded())] }
    return Color(pick(.light), dark: pick(.dark))
  }
}

extension ColorMap {
  /// Perceptually uniform, for every kind of colour vision and in grey (Smith and van der Walt, 2015; CC0).
  public static let viridis = ColorMap(
    "viridis",
    [
      0x440154, 0x46075a, 0x470d60, 0x471365, 0x48186b, 0x481e6f, 0x482374, 0x482878, 0x472d7c, 0x46327f,
      0x453782, 0x433c84, 0x424186, 0x404688, 0x3e4a89, 0x3c4f8a, 0x3a538b, 0x38578c, 0x365c8d, 0x34608d,
      0x32648e, 0x31688e, 0x2f6c8e, 0x2d708e, 0x2c748e, 0x2a778e, 0x297b8e, 0x277f8e, 0x26838e, 0x24878e,
      0x238a8d, 0x218e8d, 0x20928c, 0x1f968b, 0x1f9a8a, 0x1f9d89, 0x1fa187, 0x21a586, 0x23a984, 0x26ac81,
      0x2ab07f, 0x2fb47c, 0x35b779, 0x3bbb75, 0x42be71, 0x4ac26d, 0x52c569, 0x5ac864, 0x63cb5f, 0x6cce59,
      0x76d054, 0x80d34d, 0x8ad547, 0x94d841, 0x9fda3a, 0xa9dc33, 0xb4dd2c, 0xbfdf25, 0xcae01f, 0xd4e21a,
      0xdfe318, 0xe9e41a, 0xf3e61e, 0xfde725,
    ])

  /// Like viridis, made to look the same to the colour-blind (Nunez, Anderton and Renslow, PLOS ONE 13(7), 2018).
  public static let cividis = ColorMap(
    "cividis",
    [
      0x00224e, 0x002451, 0x002554, 0x002758, 0x00285b, 0x002a5f, 0x002b62, 0x002c66, 0x002e6a, 0x002f6d,
      0x003070, 0x003171, 0x053371, 0x0c3470, 0x123570, 0x17376f, 0x1b386f, 0x1e3a6f, 0x223b6e, 0x253d6e,
      0x283e6e, 0x2a3f6d, 0x2d416d, 0x30426d, 0x32446d, 0x34456c, 0x37466c, 0x39486c, 0x3b496c, 0x3d4b6c,
      0x3f4c6c, 0x414d6c, 0x444f6c, 0x46506c, 0x48516c, 0x49536c, 0x4b546c, 0x4d566c, 0x4f576c, 0x51586d,
      0x535a6d, 0x555b6d, 0x575d6d, 0x585e6d, 0x5a5f6e, 0x5c616e, 0x5e626e, 0x60646f, 0x61656f, 0x636670,
      0x656870, 0x676970, 0x686b71, 0x6a6c71, 0x6c6e72, 0x6e6f73, 0x6f7073, 0x717274, 0x737375, 0x747575,
      0x767676, 0x787877, 0x797977, 0x7b7b78, 0x7d7c78, 0x7f7e78, 0x817f78, 0x838179, 0x858279, 0x868479,
      0x888578, 0x8a8778, 0x8c8878, 0x8e8a78, 0x908b78, 0x928d78, 0x948e77, 0x969077, 0x989177, 0x9a9376,
      0x9c9476, 0x9e9676, 0xa09775, 0xa29975, 0xa49b74, 0xa69c74, 0xa89e73, 0xaa9f73, 0xaca172, 0xaea371,
      0xb0a471, 0xb2a670, 0xb4a86f, 0xb6a96e, 0xb8ab6e, 0xbbad6d, 0xbdae6c, 0xbfb06b, 0xc1b26a, 0xc3b369,
      0xc5b568, 0xc7b767, 0xc9b865, 0xcbba64, 0xcebc63, 0xd0be62, 0xd2bf60, 0xd4c15f, 0xd6c35d, 0xd8c55c,
      0xdbc75a, 0xddc858, 0xdfca57, 0xe1cc55, 0xe3ce53, 0xe6d051, 0xe8d24f, 0xead34d, 0xecd54a, 0xefd748,
      0xf1d945, 0xf3db42, 0xf6dd3f, 0xf8df3c, 0xfbe138, 0xfde334, 0xfee535, 0xfee838,
    ])

  /// Blue below, red above a pale centre (Moreland, Diverging Color Maps for Scientific Visualization, 2009).
  public static let diverging = ColorMap(
    "blue-red",
    [
      0x3b4cc0, 0x445acc, 0x4d68d7, 0x5775e1, 0x6282ea, 0x6c8ef1, 0x779af7, 0x82a5fb, 0x8db0fe, 0x98b9ff,
      0xa3c2fe, 0xaec9fc, 0xb8d0f9, 0xc2d5f4, 0xccd9ee, 0xd5dbe6, 0xdddddd, 0xe5d8d1, 0xecd3c5, 0xf1ccb9,
      0xf4c4ad, 0xf7bba0, 0xf7b194, 0xf7a687, 0xf49a7b, 0xf18d6f, 0xec7f63, 0xe57058, 0xde604d, 0xd55042,
      0xcb3e38, 0xc0282f, 0xb40426,
    ], isDiverging: true)

  /// From the page's own background to blue: for densities that particles are drawn over.
  public static let blues = ColorMap(
    "blues", [0xffffff, 0xe3eef7, 0xc3dbee, 0x97c3e2, 0x63a4d1, 0x3784be, 0x15639f, 0x0a4377],
    dark: [0x17181c, 0x172533, 0x18354e, 0x19486e, 0x1d6195, 0x2f80bd, 0x5fa5d9, 0xa3cdf0])
}
