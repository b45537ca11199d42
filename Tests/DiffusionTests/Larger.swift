/// The larger of two numbers, NaN where one of them is: `max` may keep the other, and then a comparison of values that are
/// not numbers would find no difference.
func larger(_ a: Double, _ b: Double) -> Double { a > b || a.isNaN ? a : b }
