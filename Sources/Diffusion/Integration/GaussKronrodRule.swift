/// A Gauss-Kronrod pair on [-1, 1]: a Gauss rule, and the Kronrod rule that extends it by nodes between.
///
/// Nodes run from the outermost to 0 and are mirrored; every second node, from the second on, is a Gauss node. Another
/// pair is its numbers: nothing else changes.
/// Source: R. Piessens et al., *QUADPACK*, Springer 1983 (routines QK15 and QK21).
public struct GaussKronrodRule: Sendable {
  @usableFromInline let nodes: [Double]
  @usableFromInline let kronrodWeights: [Double]
  @usableFromInline let gaussWeights: [Double]

  /// The positive `nodes`, from the outermost inwards, and then 0, with their weights in the Kronrod rule; those of every
  /// second one in the Gauss rule. The weights of each rule add up to 2; what they integrate exactly is the caller's.
  public init(nodes: [Double], kronrodWeights: [Double], gaussWeights: [Double]) {
    precondition(
      nodes.count > 1 && nodes.last == 0 && nodes[0] < 1 && zip(nodes, nodes.dropFirst()).allSatisfy(>),
      "the nodes of a rule fall from below 1 to 0: \(nodes)")
    precondition(
      kronrodWeights.count == nodes.count && gaussWeights.count == nodes.count / 2,
      "\(kronrodWeights.count) and \(gaussWeights.count) weights for \(nodes.count) nodes, of which every second is Gauss's"
    )
    self.nodes = nodes
    self.kronrodWeights = kronrodWeights
    self.gaussWeights = gaussWeights
    let sums = (0..<count).reduce((0.0, 0.0)) { ($0.0 + node($1).kronrod, $0.1 + node($1).gauss) }
    precondition(
      abs(sums.0 - 2) < 1e-12 && abs(sums.1 - 2) < 1e-12, "the weights of a rule add up to 2, not \(sums)")
  }

  /// 15 nodes around the 7-point Gauss rule: for integrands with sharp features.
  public static let points15 = GaussKronrodRule(
    nodes: [
      0.991455371120812639206854697526329, 0.949107912342758524526189684047851,
      0.864864423359769072789712788640926, 0.741531185599394439863864773280788,
      0.586087235467691130294144838258730, 0.405845151377397166906606412076961,
      0.207784955007898467600689403773245, 0,
    ],
    kronrodWeights: [
      0.022935322010529224963732008058970, 0.063092092629978553290700663189204,
      0.104790010322250183839876322541518, 0.140653259715525918745189590510238,
      0.169004726639267902826583426598550, 0.190350578064785409913256402421014,
      0.204432940075298892414161999234649, 0.209482141084727828012999174891714,
    ],
    gaussWeights: [
      0.129484966168869693270611432679082, 0.279705391489276667901467771423780,
      0.381830050505118944950369775488975, 0.417959183673469387755102040816327,
    ])

  /// 21 nodes around the 10-point Gauss rule: for smooth integrands.
  public static let points21 = GaussKronrodRule(
    nodes: [
      0.995657163025808080735527280689003, 0.973906528517171720077964012084452,
      0.930157491355708226001207180059508, 0.865063366688984510732096688423493,
      0.780817726586416897063717578345042, 0.679409568299024406234327365114874,
      0.562757134668604683339000099272694, 0.433395394129247190799265943165784,
      0.294392862701460198131126603103866, 0.148874338981631210884826001129720, 0,
    ],
    kronrodWeights: [
      0.011694638867371874278064396062192, 0.032558162307964727478818972459390,
      0.054755896574351996031381300244580, 0.075039674810919952767043140916190,
      0.093125454583697605535065465083366, 0.109387158802297641899210590325805,
      0.123491976262065851077958109831074, 0.134709217311473325928054001771707,
      0.142775938577060080797094273138717, 0.147739104901338491374841515972068,
      0.149445554002916905664936468389821,
    ],
    gaussWeights: [
      0.066671344308688137593568809893332, 0.149451349150580593145776339657697,
      0.219086362515982043995534934228163, 0.269266719309996355091226921569469,
      0.295524224714752870173892994651338,
    ])

  /// How many nodes the Kronrod rule has.
  @inlinable var count: Int { 2 * nodes.count - 1 }

  /// The node number `index` from the left, and its weights in the two rules.
  @inlinable
  func node(_ index: Int) -> (position: Double, kronrod: Double, gauss: Double) {
    let mirrored = min(index, count - 1 - index)
    let gauss = mirrored % 2 == 1 ? gaussWeights[mirrored / 2] : 0
    let position = index < nodes.count ? -nodes[mirrored] : nodes[mirrored]
    return (position, kronrodWeights[mirrored], gauss)
  }
}
