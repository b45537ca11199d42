import SwiftSyntax

/// Something that a cell declares at its top level, as far as later cells are concerned.
struct Declaration: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case variable
    case function
    /// With the keyword of a scoped import.
    case type(keyword: String)
    case `operator`
    case extensionMember
    case conformance
  }

  var kind: Kind
  /// What later cells write to mention it; for extensions, the extended type.
  var name: String
  /// What a redeclaration of the same thing repeats: labels and parameter types of a function, the
  /// member of an extension, the protocol of a conformance.
  var signature: String
  var line: Int

  /// The keyword of `import <keyword> Module.name`; nil where nothing can be imported by name.
  var importKeyword: String? {
    switch kind {
    case .variable: "var"
    case .function: "func"
    case .type(let keyword): keyword
    case .operator, .extensionMember, .conformance: nil
    }
  }

  /// Whether its effects reach later cells without being mentioned by name.
  var isAmbient: Bool { importKeyword == nil }

  static func all(in declaration: DeclSyntax, line: Int) -> [Declaration] {
    func type(_ name: TokenSyntax, _ keyword: String) -> [Declaration] {
      [Declaration(kind: .type(keyword: keyword), name: bare(name), signature: "", line: line)]
    }
    switch declaration.as(DeclSyntaxEnum.self) {
    case .variableDecl(let node):
      let keyword = node.bindingSpecifier.text
      return node.bindings.flatMap { names(in: $0.pattern) }.map {
        Declaration(kind: .variable, name: $0, signature: keyword, line: line)
      }
    case .functionDecl(let node):
      return [
        Declaration(kind: .function, name: bare(node.name), signature: signature(node.signature), line: line)
      ]
    case .structDecl(let node): return type(node.name, "struct")
    case .classDecl(let node): return type(node.name, "class")
    case .actorDecl(let node): return type(node.name, "class")
    case .enumDecl(let node): return type(node.name, "enum")
    case .protocolDecl(let node): return type(node.name, "protocol")
    case .typeAliasDecl(let node): return type(node.name, "typealias")
    case .operatorDecl(let node):
      return [
        Declaration(
          kind: .operator, name: bare(node.name), signature: node.fixitySpecifier.text, line: line)
      ]
    case .precedenceGroupDecl(let node):
      return [
        Declaration(kind: .operator, name: bare(node.name), signature: "precedencegroup", line: line)
      ]
    case .extensionDecl(let node): return members(of: node, line: line)
    default: return []
    }
  }

  private static func members(of node: ExtensionDeclSyntax, line: Int) -> [Declaration] {
    let type = node.extendedType.trimmedDescription
    let limits = node.genericWhereClause?.trimmedDescription ?? ""
    let conformances = (node.inheritanceClause?.inheritedTypes ?? []).map {
      let name = $0.type.trimmedDescription.replacing("@retroactive ", with: "")
      return Declaration(kind: .conformance, name: type, signature: name, line: line)
    }
    let members = node.memberBlock.members.flatMap { member -> [Declaration] in
      let decl = member.decl
      let inner: [String] =
        if let function = decl.as(FunctionDeclSyntax.self) {
          [bare(function.name) + signature(function.signature)]
        } else if let variable = decl.as(VariableDeclSyntax.self) {
          variable.bindings.flatMap { names(in: $0.pattern) }
        } else if let initializer = decl.as(InitializerDeclSyntax.self) {
          ["init" + signature(initializer.signature)]
        } else if let named = decl.asProtocol((any NamedDeclSyntax).self) {
          [bare(named.name)]
        } else {
          []
        }
      return inner.map {
        Declaration(kind: .extensionMember, name: type, signature: "\($0) \(limits)", line: line)
      }
    }
    let all = conformances + members
    // An extension of which nothing is repeatable (subscripts only) still reaches later cells.
    return all.isEmpty ? [Declaration(kind: .extensionMember, name: type, signature: "", line: line)] : all
  }

  private static func signature(_ node: FunctionSignatureSyntax) -> String {
    let parameters = node.parameterClause.parameters.map {
      "\(bare($0.firstName)):\($0.type.trimmedDescription)"
    }
    return "(\(parameters.joined(separator: ",")))"
  }

  private static func names(in pattern: PatternSyntax) -> [String] {
    if let identifier = pattern.as(IdentifierPatternSyntax.self) { return [bare(identifier.identifier)] }
    if let tuple = pattern.as(TuplePatternSyntax.self) {
      return tuple.elements.flatMap { names(in: $0.pattern) }
    }
    return []
  }

  private static func bare(_ token: TokenSyntax) -> String { token.text.filter { $0 != "`" } }
}
