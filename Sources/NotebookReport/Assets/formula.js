// One text in, one text out: "D" or "I" (display or inline) and TeX becomes "H" and HTML, or "E", the
// place of the error (UTF-16 units; nothing where it is unknown), a blank, and the message.
function renderFormula(request) {
  // KaTeX writes commands that it does not trust (\href, \includegraphics) in this colour instead of failing.
  var refused = "#c0ffe1";
  try {
    var html = katex.renderToString(request.substring(1), {
      displayMode: request.charAt(0) === "D",
      output: "htmlAndMathml",
      throwOnError: true,
      errorColor: refused,
      strict: "ignore",
      // Derivations carry a mark at each step, whose colour is the page's.
      trust: function (context) {
        return context.command === "\\htmlClass" && /^mark-(verified|refuted|inconclusive)$/.test(context.class);
      },
    });
    if (html.indexOf("color:" + refused) < 0) return "H" + withPlainOperators(html).replace(/([;"])height:-[\d.]+em/g, "$1height:0em");
    return "E a command that links or loads has no place in a formula";
  } catch (error) {
    var message = String(error.rawMessage || error.message || error).replace(/^KaTeX parse error: /, "");
    var place = typeof error.position === "number" ? error.position : "";
    message = message.replace(/ at position \d+:[\s\S]*$/, "").replace(/ at end of input:[\s\S]*$/, " at the end");
    return "E" + place + " " + message;
  }
}

// The heights replaced above are of struts below the line; CSS knows no negative ones, and browsers take them as 0.
//
// KaTeX puts what \stackrel and \mathrel build into an <mo>, which in MathML holds text only; such a one becomes
// an <mrow>.
function withPlainOperators(html) {
  var isRow = [];
  return html.replace(/<mo(?: [^>]*)?>|<\/mo>/g, function (tag, offset) {
    if (tag === "</mo>") return isRow.pop() ? "</mrow>" : tag;
    var next = html.substr(offset + tag.length, 2);
    isRow.push(next.charAt(0) === "<" && next !== "</");
    return isRow[isRow.length - 1] ? "<mrow>" : tag;
  });
}
