// Follows the server: puts what has changed into the page, shows what each cell does, and stops and
// restarts cells. The reader's place, open folds and theme stay as they are.
(function () {
  "use strict";
  var socket = null;
  var pieces = {};
  var live = null;
  var received = 0;
  var attempts = 0;

  // MARK: The bar

  function element(tag, classes, parent) {
    var made = document.createElement(tag);
    made.className = "live " + classes;
    if (parent) parent.appendChild(made);
    return made;
  }
  var bar = element("aside", "live-bar", document.body);
  bar.setAttribute("aria-label", "Live preview");
  var problems = element("ul", "live-problems", bar);
  var line = element("div", "live-line", bar);
  var dot = element("span", "live-dot", line);
  dot.setAttribute("aria-hidden", "true");
  var status = element("a", "live-status", line);
  status.setAttribute("role", "status");
  var clock = element("span", "live-clock", line);
  var meter = element("progress", "live-meter", line);
  meter.max = 1;
  meter.setAttribute("aria-label", "The cell's own progress");
  var memory = element("span", "live-memory", line);
  function button(words, title, command) {
    var made = element("button", "live-button", line);
    made.type = "button";
    made.textContent = words;
    made.title = title;
    made.dataset.command = command;
    made.onclick = function () { if (socket && socket.readyState === 1) socket.send(command); };
    return made;
  }
  var stop = button("■ Stop", "Interrupt the running cell; what ran before it stays", "stop");
  var run = button("▶ Run", "Go on with the first cell that has not run", "run");
  button("↻ Restart", "Forget everything and run all cells anew", "restart");

  function count(number, noun) { return number + " " + noun + (number === 1 ? "" : "s"); }

  function seconds(value) {
    return value < 60 ? value.toFixed(value < 10 ? 1 : 0) + " s" : Math.floor(value / 60) + " min " + Math.floor(value % 60) + " s";
  }

  function set(node, text) { if (node.textContent !== text) node.textContent = text; }

  // The sentence of the bar, the cell that it is about, and its colour.
  function summary() {
    if (!socket || socket.readyState !== 1) return ["The server has ended. The page stays, and follows again when it is back.", null, "away"];
    if (!live) return ["Connecting", null, "busy"];
    function those(state) { return live.cells.filter(function (cell) { return cell.state === state; }); }
    var running = those("running")[0];
    if (running) return [running.name + " of " + live.cells.length + " runs (line " + running.line + ")", running, "busy"];
    if (live.activity === "running") {
      var compiling = those("compiling")[0];
      return compiling ? [compiling.name + " is compiled (line " + compiling.line + ")", compiling, "busy"] : ["Starting", null, "busy"];
    }
    var errors = live.problems.filter(function (problem) { return problem.severity === "error"; });
    if (errors.length) return ["The text cannot be shown; the page is as it was before", null, "wrong"];
    var failed = those("failed")[0];
    var stale = those("stale").length;
    if (failed) return [failed.name + " failed (line " + failed.line + ")" + (stale ? "; " + count(stale, "cell") + " below it not run" : ""), failed, "wrong"];
    if (stale) return [count(stale, "cell") + " not run", those("stale")[0], "wrong"];
    return ["Up to date", null, "good"];
  }

  function show() {
    var told = summary();
    set(status, told[0]);
    if (told[1] && document.getElementById(told[1].anchor)) status.setAttribute("href", "#" + told[1].anchor);
    else status.removeAttribute("href");
    bar.dataset.state = told[2];
    var isThere = socket && socket.readyState === 1;
    // The index runs nothing.
    bar.hidden = isThere && /\/$/.test(location.pathname);
    bar.querySelectorAll("button").forEach(function (button) { button.disabled = !isThere; });
    stop.hidden = !live || live.activity !== "running";
    run.hidden = !live || live.activity === "running" || !live.cells.some(function (cell) {
      return cell.state === "failed" || cell.state === "stale" || cell.state === "waiting";
    });
    set(memory, live && live.snapshots ? count(live.snapshots, "snapshot") + ", " + Math.round(live.snapshotBytes / 1e6) + " MB" : "");
    showProblems();
    showCells();
    tick();
  }

  function showProblems() {
    var wanted = live ? live.problems : [];
    var words = wanted.map(function (problem) { return problem.place + ": " + problem.message + problem.hint; }).join("\n");
    if (problems.dataset.words === words) return;
    problems.dataset.words = words;
    problems.replaceChildren();
    wanted.forEach(function (problem) {
      var item = element("li", "live-problem", problems);
      item.dataset.severity = problem.severity;
      var place = element("code", "", item);
      place.textContent = problem.place;
      item.append(" " + problem.message + (problem.hint ? "; " + problem.hint : ""));
    });
  }

  // MARK: Cells

  var words = { waiting: "waiting", compiling: "compiling", running: "running", failed: "failed", stale: "stale" };

  function showCells() {
    var known = new Set();
    (live ? live.cells : []).forEach(function (cell) {
      var box = document.getElementById(cell.anchor);
      if (!box || !box.classList.contains("cell")) return;
      known.add(box);
      if (box.dataset.live !== cell.state) box.dataset.live = cell.state;
      var label = box.querySelector(":scope > .live-state") || element("span", "live-state", box);
      if (box.lastElementChild !== label) box.appendChild(label);
      var text = words[cell.state] || "done";
      if (cell.state === "done" && cell.seconds >= 0.05) text += " in " + seconds(cell.seconds);
      if (cell.state === "running") text += " " + seconds(cell.seconds + (performance.now() - received) / 1000) + told(cell);
      if (cell.state === "stale") text = "stale: not run since the error above";
      set(label, text);
    });
    document.querySelectorAll(".cell[data-live]").forEach(function (box) {
      if (known.has(box)) return;
      delete box.dataset.live;
      box.querySelectorAll(":scope > .live-state").forEach(function (label) { label.remove(); });
    });
  }

  function told(cell) {
    var share = cell.fraction === undefined ? "" : ", " + Math.round(cell.fraction * 100) + " %";
    return share + (cell.message ? ", " + cell.message : "");
  }

  function tick() {
    var running = live && live.cells.find(function (cell) { return cell.state === "running"; });
    var isAway = !socket || socket.readyState !== 1;
    set(clock, running && !isAway ? seconds(running.seconds + (performance.now() - received) / 1000) + told(running) : "");
    meter.hidden = !running || running.fraction === undefined;
    if (!meter.hidden) meter.value = running.fraction;
  }
  setInterval(function () {
    if (!live || live.activity !== "running" || document.hidden) return;
    tick();
    showCells();
  }, 200);

  // MARK: The page

  // The first element that is to be seen, and how far from the top: it stays there.
  function anchor() {
    if (window.scrollY < 1) return null;
    var main = document.querySelector("main");
    var found = Array.from(main ? main.children : []).find(function (child) { return child.getBoundingClientRect().bottom > 0; });
    return found ? { node: found, top: found.getBoundingClientRect().top } : null;
  }

  // The new body, without what is on the page already; all of it where elements do not end in their pieces.
  function parse(numbers) {
    var placed = new Set(Array.from(document.querySelectorAll("main > *")).map(function (node) { return node.flowbookPiece; }));
    function body(write) { return new DOMParser().parseFromString("<body>" + numbers.map(write).join(""), "text/html").body; }
    var fresh = body(function (number) {
      return placed.has(String(number)) ? "<!--=" + number + "-->" : "<!--+" + number + "-->" + pieces[number];
    });
    var comments = document.createTreeWalker(fresh, NodeFilter.SHOW_COMMENT);
    while (comments.nextNode()) {
      var isMark = /^[+=]\d+$/.test(comments.currentNode.nodeValue);
      if (isMark && !comments.currentNode.parentNode.matches("body, .page, main")) return body(function (number) { return pieces[number]; });
    }
    return fresh;
  }

  function put(page) {
    Object.keys(page.texts).forEach(function (number) { pieces[number] = page.texts[number]; });
    var held = {};
    page.body.concat([page.style]).forEach(function (number) { held[number] = pieces[number]; });
    pieces = held;
    var sheet = document.querySelector("head > style");
    if (sheet.textContent.trim() !== pieces[page.style].trim()) sheet.textContent = pieces[page.style];
    document.title = page.title;
    document.documentElement.lang = page.language;
    var fresh = parse(page.body);
    fresh.prepend(document.querySelector(".skip").cloneNode(true));
    var place = anchor();
    var changed = window.flowbookMorph(document.body, fresh);
    document.dispatchEvent(new Event("flowbook-update"));
    if (place && place.node.isConnected) {
      var moved = place.node.getBoundingClientRect().top - place.top;
      if (Math.abs(moved) >= 1) window.scrollBy({ top: moved, behavior: "instant" });
    }
    changed.forEach(function (node) {
      if (node.nodeType !== 1 || !node.closest("main")) return;
      node.classList.add("live-new");
      setTimeout(function () { node.classList.remove("live-new"); if (!node.className) node.removeAttribute("class"); }, 1200);
    });
  }

  // MARK: The connection

  function connect() {
    pieces = {};
    socket = new WebSocket(location.origin.replace(/^http/, "ws") + location.pathname);
    socket.onopen = function () { attempts = 0; show(); };
    socket.onmessage = function (event) {
      var message = JSON.parse(event.data);
      if (message.live) {
        live = message.live;
        received = performance.now();
      }
      if (message.page) put(message.page);
      show();
      document.documentElement.dataset.version = message.page ? message.page.version : document.documentElement.dataset.version || 0;
    };
    socket.onclose = function () {
      show();
      attempts += 1;
      setTimeout(connect, Math.min(250 * attempts, 2000));
    };
  }
  document.addEventListener("change", function (event) {
    if (event.target.matches(".live-beside") && event.target.value) location.href = event.target.value;
  });
  connect();
})();
