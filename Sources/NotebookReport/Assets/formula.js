// One text in, one text out: "D" or "I" (display or inline) and TeX becomes "H" and HTML, or "E", the
// place of the error (UTF-16 units; nothing where it is unknown), a blank, and the message.
function renderFormula(request) {
  try {
    return "H" + katex.renderToString(request.substring(1), {
      displayMode: request.charAt(0) === "D",
      output: "htmlAndMathml",
      throwOnError: true,
      strict: "ignore",
      trust: false,
    });
  } catch (error) {
    var message = String(error.rawMessage || error.message || error).replace(/^KaTeX parse error: /, "");
    var place = typeof error.position === "number" ? error.position : "";
    return "E" + place + " " + message.replace(/ at position \d+:[\s\S]*$/, "").replace(/ at end of input:[\s\S]*$/, " at the end");
  }
}
