// What is live: a page that has changed is asked for again, and the parts that differ take the place of those that are shown. The server alone renders.
(() => {
  "use strict";
  const news = document.getElementById("news");
  const say = text => { if (news) news.textContent = text; };

  let busy = false, again = false;
  async function refresh() {
    if (busy) { again = true; return; }
    busy = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const fresh of page.querySelectorAll("[data-part]")) {
        const shown = document.getElementById(fresh.id);
        if (!shown || shown.outerHTML === fresh.outerHTML || shown.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) continue;
        const open = [...shown.querySelectorAll("details")].map(one => one.open);
        shown.replaceWith(document.importNode(fresh, true));
        [...document.getElementById(fresh.id).querySelectorAll("details")].forEach((one, at) => { if (open[at]) one.open = true; });
        say("Updated just now");
      }
    } catch { /* The silo is away; the next event asks again. */ } finally {
      busy = false;
      if (again) { again = false; refresh(); }
    }
  }

  const address = document.body.dataset.live;
  if (address) {
    let first = true, lost = false;
    const watch = () => {
      const stream = new EventSource(address);
      const moved = () => { if (!first || lost) refresh(); first = false; lost = false; };
      stream.addEventListener("playbook", moved);
      stream.addEventListener("session", moved);
      stream.onerror = () => {
        lost = true;
        // A refusal ends the stream for good, and a silo that is being replaced may refuse.
        if (stream.readyState === EventSource.CLOSED) setTimeout(watch, 2000);
      };
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
