// Turns one tree into another with as few changes as may be, so that what has not changed keeps its focus,
// its selection, its open folds and its place. `flowbookMorph(old, new)` empties the new tree and returns the
// nodes that were not there before.
//
// In the new tree's `main`, a comment `+7` says that what follows is piece 7 of the page, and `=7` stands for the
// nodes of that piece, which are there already and are neither sent nor parsed again.
(function () {
  // What an element looked like when it came from the server; scripts and readers change it since.
  var sources = new WeakMap();

  function plain(node) {
    if (node.nodeType !== 1) return node.nodeValue;
    var changing = "details, source, .live, .theme, [data-live]";
    if (!node.matches(changing) && !node.querySelector(changing)) return node.outerHTML;
    var copy = node.cloneNode(true);
    copy.querySelectorAll(".live, .theme").forEach(function (own) { own.remove(); });
    [copy].concat(Array.from(copy.querySelectorAll("[data-live], details, source"))).forEach(function (element) {
      element.removeAttribute("data-live");
      if (element.tagName === "DETAILS") {
        element.removeAttribute("open");
        element.removeAttribute("data-printed");
      }
      if (element.tagName === "SOURCE") {
        if (element.dataset.media) element.media = element.dataset.media;
        element.removeAttribute("data-media");
      }
    });
    return copy.outerHTML;
  }

  function source(node) {
    if (!sources.has(node)) sources.set(node, plain(node));
    return sources.get(node);
  }

  function isOwn(node) { return node.nodeType === 1 && node.matches(".live, .theme, script, .live-style"); }

  function children(node) { return Array.from(node.childNodes).filter(function (child) { return !isOwn(child); }); }

  function mark(node) { return node.nodeType === 8 ? node.nodeValue.match(/^([+=])(\d+)$/) : null; }

  // The children of a new element, with the old ones in the place of what stands for them.
  function wanted(fresh, olds) {
    var pieces = new Map();
    olds.forEach(function (node) {
      if (!node.flowbookPiece) return;
      if (!pieces.has(node.flowbookPiece)) pieces.set(node.flowbookPiece, []);
      pieces.get(node.flowbookPiece).push(node);
    });
    var piece = "";
    var found = [];
    children(fresh).forEach(function (node) {
      var sign = mark(node);
      if (!sign) {
        node.flowbookPiece = fresh.nodeName === "MAIN" ? piece : "";
        found.push(node);
      } else if (sign[1] === "+") {
        piece = sign[2];
      } else {
        found = found.concat(pieces.get(sign[2]) || []);
        pieces.delete(sign[2]);
      }
    });
    return found;
  }

  function isSame(old, node) {
    // These hold nearly everything; what they hold is compared instead.
    if (old === node) return true;
    return !(node.nodeType === 1 && node.matches(".page, main")) && source(old) === source(node);
  }

  // Whether an element may become another one, rather than be replaced by it.
  function isLike(a, b) {
    return a.nodeType === b.nodeType && a.nodeName === b.nodeName && (a.nodeType !== 1 || (a.id || "") === (b.id || ""))
      && (a.nodeType !== 1 || /^(DIV|MAIN|HEADER|FOOTER|NAV|SECTION|DETAILS|OL|UL|LI|FIGURE|PICTURE|TABLE|TBODY)$/.test(a.nodeName));
  }

  function copyAttributes(from, to) {
    Array.from(to.attributes).forEach(function (attribute) {
      var isKept = attribute.name === "data-live" || (to.nodeName === "DETAILS" && attribute.name === "open");
      if (!isKept && !from.hasAttribute(attribute.name)) to.removeAttribute(attribute.name);
    });
    Array.from(from.attributes).forEach(function (attribute) {
      if (to.nodeName === "DETAILS" && attribute.name === "open") return;
      if (to.getAttribute(attribute.name) !== attribute.value) to.setAttribute(attribute.name, attribute.value);
    });
  }

  // Pairs equal nodes at both ends and between, then similar ones in their order.
  function pairs(olds, news) {
    var partner = new Map();
    var front = 0;
    var back = 0;
    var shorter = Math.min(olds.length, news.length);
    while (front < shorter && isSame(olds[front], news[front])) {
      partner.set(news[front], { old: olds[front], same: true });
      front += 1;
    }
    while (back < shorter - front && isSame(olds[olds.length - 1 - back], news[news.length - 1 - back])) {
      partner.set(news[news.length - 1 - back], { old: olds[olds.length - 1 - back], same: true });
      back += 1;
    }
    var restOfOld = olds.slice(front, olds.length - back);
    var restOfNew = news.slice(front, news.length - back);
    restOfNew = restOfNew.filter(function (node) {
      var place = restOfOld.indexOf(node);
      if (place < 0) place = restOfOld.findIndex(function (old) { return isSame(old, node); });
      if (place < 0) return true;
      partner.set(node, { old: restOfOld[place], same: true });
      restOfOld.splice(place, 1);
      return false;
    });
    restOfNew.forEach(function (node) {
      var place = restOfOld.findIndex(function (old) { return isLike(old, node); });
      if (place < 0) return;
      partner.set(node, { old: restOfOld[place], same: false });
      restOfOld.splice(place, 1);
    });
    return partner;
  }

  function morph(old, fresh, changed) {
    var olds = children(old);
    var news = wanted(fresh, olds);
    var partner = pairs(olds, news);
    var kept = new Set(Array.from(partner.values()).map(function (pair) { return pair.old; }));
    olds.forEach(function (node) { if (!kept.has(node)) node.remove(); });
    // From the end, so that what stands right already is not moved: a moved element is loaded anew.
    var next = null;
    for (var index = news.length - 1; index >= 0; index -= 1) {
      var node = news[index];
      var pair = partner.get(node);
      var placed = pair ? pair.old : node;
      if (pair && !pair.same) {
        var text = node.matches(".page, main") ? null : source(node);
        copyAttributes(node, placed);
        morph(placed, node, changed);
        if (text) sources.set(placed, text); else sources.delete(placed);
      } else if (!pair) {
        source(placed);
        changed.push(placed);
      }
      if (pair) placed.flowbookPiece = node.flowbookPiece;
      var follower = placed.nextSibling;
      while (follower && isOwn(follower)) follower = follower.nextSibling;
      if (placed.parentNode !== old || follower !== next) old.insertBefore(placed, next);
      next = placed;
    }
    return changed;
  }

  window.flowbookMorph = function (old, fresh) { return morph(old, fresh, []); };
})();
