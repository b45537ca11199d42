// The page is complete without this: a switch between light and dark, and open folds in print.
(function () {
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  var button = document.createElement("button");
  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
  }
  function apply(theme) {
    if (theme) root.dataset.theme = theme;
    document.querySelectorAll("picture > source").forEach(function (source) {
      source.dataset.media = source.dataset.media || source.media;
      if (!/prefers-color-scheme/.test(source.dataset.media)) return;
      source.media = !theme ? "screen and (prefers-color-scheme: dark)" : theme === "dark" ? "screen" : "not all";
    });
    button.textContent = isDark() ? "☀ Light" : "☾ Dark";
  }
  var kept = null;
  try { kept = localStorage.getItem("flowbook-theme"); } catch (error) { /* storage is off */ }
  button.type = "button";
  button.className = "theme";
  button.onclick = function () {
    var theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("flowbook-theme", theme); } catch (error) { /* storage is off */ }
    apply(theme);
  };
  dark.addEventListener("change", function () { apply(root.dataset.theme); });
  function show() {
    document.querySelector("header").prepend(button);
    apply(root.dataset.theme || kept);
  }
  show();
  // What follows a notebook while it is written puts new parts into the page.
  document.addEventListener("flowbook-update", show);
  window.addEventListener("beforeprint", function () {
    document.querySelectorAll("details:not([open])").forEach(function (fold) {
      fold.open = true;
      fold.dataset.printed = "";
    });
  });
  window.addEventListener("afterprint", function () {
    document.querySelectorAll("details[data-printed]").forEach(function (fold) {
      fold.open = false;
      delete fold.dataset.printed;
    });
  });
})();
