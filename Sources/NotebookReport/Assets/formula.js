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
    if (html.indexOf("color:" + refused) < 0) return "H" + withPlainTokens(html).replace(/([;"])height:-[\d.]+em/g, "$1height:0em");
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
// In MathML, <mo> and <mi> hold text only. KaTeX puts into them what \stackrel, \mathrel and \operatorname{\hat x}
// build: such a one becomes an <mrow>. And the invisible sign of "function of", which it appends to \max, is one
// child too many for an index, as in v_{\max}, where nothing follows that the function could be of.
function withPlainTokens(html) {
  var isRow = [];
  return html.replace(/<mo>\u2061<\/mo>(?=<\/)/g, "").replace(/<(\/?)m([io])(?: [^>]*)?>/g, function (tag, slash, kind, offset, all) {
    if (slash) return isRow.pop() ? "</mrow>" : tag;
    var next = all.substr(offset + tag.length, 2);
    isRow.push(next.charAt(0) === "<" && next !== "</");
    return isRow[isRow.length - 1] ? "<mrow>" : tag;
  });
}
