// What KaTeX wants and Duktape (ECMAScript 5) has not. KaTeX then finds no `module` and defines itself.
if (!Array.prototype.fill) {
  Array.prototype.fill = function (value, start, end) {
    var last = end === undefined ? this.length : end;
    for (var i = start || 0; i < last; i++) this[i] = value;
    return this;
  };
}
if (typeof console === "undefined") {
  console = { warn: function () {}, error: function () {}, log: function () {} };
}
