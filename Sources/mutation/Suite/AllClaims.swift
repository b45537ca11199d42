/// Every claim, in a world.
func allClaims(_ w: World) -> [Claim] {
  posteriorClaims(w) + evolutionClaims(w) + gaussianClaims(w) + scheduleClaims(w) + processClaims(w)
    + conditionalMeanClaims(w) + meanClaims(w) + lawClaims(w)
}
