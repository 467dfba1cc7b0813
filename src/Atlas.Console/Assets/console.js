// What is live: a page that has changed is asked for again, and the parts that differ take the place of those that are shown. The server alone renders.
(() => {
  "use strict";
  const news = document.getElementById("news");
  const say = text => { if (news) news.textContent = text; };

  // Asked again until it answers: a silo that is being replaced is back in a moment.
  let busy = false, again = false;
  async function refresh() {
    if (busy) { again = true; return; }
    busy = true;
    let done = false;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      if (answer.redirected) { say("You are signed out. Load the page again to sign in."); done = true; return; }
      if (!answer.ok) { done = answer.status < 500 && answer.status !== 429; return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const fresh of page.querySelectorAll("[data-part]")) replace(fresh);
      done = true;
    } catch { /* The silo is away. */ } finally {
      busy = false;
      if (again) { again = false; refresh(); } else if (!done) setTimeout(refresh, 2000);
    }
  }

  // What a reader has opened, and where the focus is, stays.
  function replace(fresh) {
    const shown = document.getElementById(fresh.id);
    const focus = document.activeElement;
    if (!shown || shown.outerHTML === fresh.outerHTML || shown.contains(focus) && focus.matches("input, textarea, select")) return;
    const all = "a[href], button, summary, [tabindex]";
    const at = shown.contains(focus) ? [...shown.querySelectorAll(all)].indexOf(focus) : -1;
    const open = [...shown.querySelectorAll("details")].map(one => one.open);
    const now = document.importNode(fresh, true);
    [...now.querySelectorAll("details")].forEach((one, place) => { if (open[place]) one.open = true; });
    shown.replaceWith(now);
    if (at >= 0) now.querySelectorAll(all)[at]?.focus({ preventScroll: true });
    say("Updated just now");
  }

  const address = document.body.dataset.live;
  if (address) {
    const watch = () => {
      const stream = new EventSource(address);
      // Also the first one: the page may have changed between its making and this.
      stream.addEventListener("playbook", refresh);
      stream.addEventListener("session", refresh);
      stream.addEventListener("over", () => { stream.close(); refresh(); });
      // A refusal ends the stream for good, and a silo that is being replaced may refuse.
      stream.onerror = () => { if (stream.readyState === EventSource.CLOSED) setTimeout(watch, 2000); };
    };
    watch();
  }

  // A key for each button of a review that names one.
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, textarea, select")) return;
    const target = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    if (target.matches("textarea, input")) target.focus(); else target.click();
  });
})();
