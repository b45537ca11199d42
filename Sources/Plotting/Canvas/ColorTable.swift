/// A hash table from colours to numbers, with open addressing.
struct ColorTable {
  struct Entry {
    var color: UInt32
    var value: Int
  }

  private var slots: [Int32]
  private(set) var entries: [Entry] = []
  var count: Int { entries.count }

  init() { slots = [Int32](repeating: -1, count: 1 << 12) }

  @inline(__always)
  private func slot(_ color: UInt32) -> Int {
    var place = Int((color &* 0x9e37_79b1) >> 8) & (slots.count - 1)
    while slots[place] >= 0, entries[Int(slots[place])].color != color {
      place = (place + 1) & (slots.count - 1)
    }
    return place
  }

  /// Counts an image's dots; stops where there are more than `limit` colours.
  mutating func count(_ canvas: Canvas, limit: Int = .max) {
    for y in 0..<canvas.height {
      let row = canvas.rows[y]!
      var x = 0
      while x < canvas.width {
        let color = UInt32(bitPattern: row[x])
        var end = x + 1
        while end < canvas.width, UInt32(bitPattern: row[end]) == color { end += 1 }
        add(color, end - x)
        x = end
      }
      if count > limit { return }
    }
  }

  mutating func add(_ color: UInt32, _ amount: Int) {
    let place = slot(color)
    if slots[place] >= 0 {
      entries[Int(slots[place])].value += amount
      return
    }
    slots[place] = Int32(entries.count)
    entries.append(Entry(color: color, value: amount))
    if 2 * entries.count > slots.count { grow() }
  }

  mutating func set(_ color: UInt32, _ value: Int) {
    let place = slot(color)
    if slots[place] >= 0 { entries[Int(slots[place])].value = value } else { add(color, value) }
  }

  /// The number of a colour, if it has one.
  @inline(__always)
  func value(_ color: UInt32) -> Int? {
    let place = slot(color)
    return slots[place] >= 0 ? entries[Int(slots[place])].value : nil
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for (index, entry) in entries.enumerated() { slots[slot(entry.color)] = Int32(index) }
  }
}
