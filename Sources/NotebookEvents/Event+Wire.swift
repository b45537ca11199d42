extension Event: WireCodable {
  public func write(to writer: inout WireWriter) {
    switch self {
    case .cellStarted(let index):
      writer.write(UInt8(0))
      writer.write(Int64(index))
    case .value(let text):
      writer.write(UInt8(1))
      writer.write(text)
    case .inlineValue(let position, let text):
      writer.write(UInt8(2))
      writer.write(Int64(position))
      writer.write(text)
    case .figure(let figure):
      writer.write(UInt8(3))
      figure.write(to: &writer)
    case .table(let table):
      writer.write(UInt8(4))
      table.write(to: &writer)
    case .check(let check):
      writer.write(UInt8(5))
      check.write(to: &writer)
    case .progress(let progress):
      writer.write(UInt8(6))
      writer.write(progress.fraction)
      writer.write(progress.message)
    case .warning(let text):
      writer.write(UInt8(7))
      writer.write(text)
    case .cellEnded(let seconds, let peakBytes):
      writer.write(UInt8(8))
      writer.write(seconds)
      writer.write(Int64(peakBytes))
    case .failure(let failure):
      writer.write(UInt8(9))
      failure.write(to: &writer)
    }
  }

  public init(from reader: inout WireReader) throws(WireError) {
    switch try reader.read(UInt8.self) {
    case 0: self = .cellStarted(index: Int(try reader.read(Int64.self)))
    case 1: self = .value(try reader.readString())
    case 2:
      self = .inlineValue(position: Int(try reader.read(Int64.self)), text: try reader.readString())
    case 3: self = .figure(try Figure(from: &reader))
    case 4: self = .table(try Table(from: &reader))
    case 5: self = .check(try Check(from: &reader))
    case 6: self = .progress(Progress(fraction: try reader.readDouble(), message: try reader.readString()))
    case 7: self = .warning(try reader.readString())
    case 8:
      self = .cellEnded(seconds: try reader.readDouble(), peakBytes: Int(try reader.read(Int64.self)))
    case 9: self = .failure(try Failure(from: &reader))
    case let tag: throw WireError(offset: 0, expected: "an event, not \(tag)")
    }
  }
}

extension Event.Figure: WireCodable {
  public func write(to writer: inout WireWriter) {
    writer.write(format.rawValue)
    writer.write(Int64(width))
    writer.write(Int64(height))
    writer.write(light)
    writer.write(dark)
    writer.write(poster)
    writer.write(alternativeText)
    writer.write(data)
  }
  public init(from reader: inout WireReader) throws(WireError) {
    self.init(
      format: try reader.readCase(), width: Int(try reader.read(Int64.self)),
      height: Int(try reader.read(Int64.self)), light: try reader.readBytes(),
      dark: try reader.readBytes(), poster: try reader.readBytes(),
      alternativeText: try reader.readString(), data: try reader.readString())
  }
}

extension Event.Table.Column: WireCodable {
  public func write(to writer: inout WireWriter) {
    writer.write(title)
    writer.write(isNumeric)
  }
  public init(from reader: inout WireReader) throws(WireError) {
    self.init(title: try reader.readString(), isNumeric: try reader.readBool())
  }
}

extension Event.Table: WireCodable {
  public func write(to writer: inout WireWriter) {
    writer.write(caption)
    writer.write(columns)
    writer.write(UInt64(rows.count))
    for row in rows { writer.write(row) }
  }
  public init(from reader: inout WireReader) throws(WireError) {
    let caption = try reader.readString()
    let columns = try reader.readArray(of: Column.self)
    var rows: [[String]] = []
    for _ in 0..<(try reader.read(UInt64.self)) { rows.append(try reader.readArray()) }
    self.init(caption: caption, columns: columns, rows: rows)
  }
}

extension Event.Check.Link: WireCodable {
  public func write(to writer: inout WireWriter) {
    writer.write(name)
    writer.write(verdict.rawValue)
    writer.write(sentence)
  }
  public init(from reader: inout WireReader) throws(WireError) {
    self.init(
      name: try reader.readString(), verdict: try reader.readCase(), sentence: try reader.readString())
  }
}

extension Event.Check.Fact: WireCodable {
  public func write(to writer: inout WireWriter) {
    writer.write(name)
    writer.write(value)
  }
  public init(from reader: inout WireReader) throws(WireError) {
    self.init(name: try reader.readString(), value: try reader.readString())
  }
}

extension Event.Check: WireCodable {
  public func write(to writer: inout WireWriter) {
    writer.write(label)
    writer.write(name)
    writer.write(kind)
    writer.write(verdict.rawValue)
    writer.write(expectsRefutation)
    writer.write(sentence)
    writer.write(diagnosis)
    writer.write(resolution)
    writer.write(facts)
    writer.write(links)
    writer.write(firstLine)
    writer.write(Int64(line))
    writer.write(Int64(column))
    writer.write(seconds)
  }
  public init(from reader: inout WireReader) throws(WireError) {
    self.init(
      label: try reader.readString(), name: try reader.readString(), kind: try reader.readString(),
      verdict: try reader.readCase(), expectsRefutation: try reader.readBool(),
      sentence: try reader.readString(), diagnosis: try reader.readString(),
      resolution: try reader.readDouble(), facts: try reader.readArray(), links: try reader.readArray(),
      firstLine: try reader.readString(),
      line: Int(try reader.read(Int64.self)), column: Int(try reader.read(Int64.self)),
      seconds: try reader.readDouble())
  }
}

extension Event.Failure.StackFrame: WireCodable {
  public func write(to writer: inout WireWriter) {
    writer.write(function)
    writer.write(file)
    writer.write(Int64(line))
  }
  public init(from reader: inout WireReader) throws(WireError) {
    self.init(
      function: try reader.readString(), file: try reader.readString(),
      line: Int(try reader.read(Int64.self)))
  }
}

extension Event.Failure: WireCodable {
  public func write(to writer: inout WireWriter) {
    writer.write(kind.rawValue)
    writer.write(message)
    writer.write(hint)
    writer.write(Int64(line))
    writer.write(Int64(column))
    writer.write(backtrace)
  }
  public init(from reader: inout WireReader) throws(WireError) {
    self.init(
      kind: try reader.readCase(), message: try reader.readString(), hint: try reader.readString(),
      line: Int(try reader.read(Int64.self)), column: Int(try reader.read(Int64.self)),
      backtrace: try reader.readArray())
  }
}
