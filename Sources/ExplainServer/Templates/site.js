// What the pages do beyond links and forms. Without it, all of it is still there, one page further.
(() => {
  "use strict";
  const $ = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const plain = event => event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
  const say = text => { $("#status").textContent = text; };

  // A request that answers with a document: no markup is ever made from a string.
  const load = (url, type) => new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("GET", url);
    request.responseType = type;
    if (type === "document") request.setRequestHeader("Accept", "text/html");
    request.onload = () => request.status === 200 && request.response ? resolve(request.response) : reject(new Error(request.status));
    request.onerror = reject;
    request.send();
  });

  // Where the service does not know its own address, the browser does.
  const guess = document.documentElement.dataset.origin;
  const here = text => guess ? text.replaceAll(guess, location.origin) : text;

  const prepare = () => {
    for (const part of all("[data-script]")) part.hidden = false;
    if (guess) for (const code of all(".copy code")) code.textContent = here(code.textContent);
  };

  // Choosing another reader, form, length or filter swaps the content and keeps the address.
  let shown = location.pathname + location.search;
  let turn = 0;
  const swap = async (url, isNew) => {
    const mine = ++turn;
    const focused = document.activeElement && document.activeElement.getAttribute("href");
    let page;
    try { page = await load(url, "document"); } catch { location.assign(url); return; }
    if (mine !== turn) return;
    hide();
    if (isNew) history.pushState(null, "", url);
    shown = location.pathname + location.search;
    document.title = page.title;
    const parts = "link[rel=canonical], link[rel=alternate], meta[name=description], meta[property]";
    all(parts, document.head).forEach(part => part.remove());
    document.head.append(...all(parts, page.head));
    const isBelow = $(".switches") && $(".switches").offsetTop > $(".text").offsetTop + 99;
    $("main").replaceWith($("main", page));
    prepare();
    const link = all("[data-swap] a").find(a => a.getAttribute("href") === focused);
    (link || $("main")).focus({ preventScroll: true });
    if (isBelow) $("main").scrollIntoView();
    say(page.title);
  };

  document.addEventListener("click", event => {
    const link = event.target.closest("[data-swap] a:not([type])");
    if (!link || !plain(event) || link.origin !== location.origin || event.defaultPrevented) return;
    event.preventDefault();
    link.focus();
    swap(link.href, true);
  });
  addEventListener("popstate", () => { if (location.pathname + location.search !== shown) swap(location.href, false); });

  // The source of a figure, beside it: on hover, on focus, and on the first tap.
  let card, owner, timer;
  const hide = () => {
    clearTimeout(timer);
    if (owner) owner.removeAttribute("aria-describedby");
    if (card) card.remove();
    card = owner = undefined;
  };
  const show = link => {
    clearTimeout(timer);
    if (owner === link) return;
    const id = link.getAttribute("href").split("/").pop().replace(/\.html$/, "");
    const note = document.getElementById("note-" + id);
    hide();
    if (!note) return;
    card = document.createElement("div");
    card.className = "source-card";
    card.id = "source-card";
    card.append(...[...note.childNodes].map(node => node.cloneNode(true)));
    document.body.append(card);
    owner = link;
    link.setAttribute("aria-describedby", "source-card");
    const at = link.getClientRects()[0];
    const room = document.documentElement.clientWidth;
    const isAbove = at.bottom + card.offsetHeight + 12 > innerHeight && at.top > card.offsetHeight + 12;
    card.style.left = scrollX + Math.max(8, Math.min(at.left, room - card.offsetWidth - 8)) + "px";
    card.style.top = scrollY + (isAbove ? at.top - card.offsetHeight - 6 : at.bottom + 6) + "px";
  };
  const fact = event => event.target.closest && event.target.closest(".explainer-fact");
  let touched = false;
  document.addEventListener("pointerdown", event => {
    touched = event.pointerType === "touch";
    if (card && !card.contains(event.target) && fact(event) !== owner) hide();
  });
  document.addEventListener("pointerover", event => {
    if (event.pointerType === "touch") return;
    if (fact(event)) show(fact(event));
    else if (card && card.contains(event.target)) clearTimeout(timer);
    else if (card && owner !== document.activeElement) { clearTimeout(timer); timer = setTimeout(hide, 250); }
  });
  document.addEventListener("focusin", event => {
    if (fact(event)) { if (!touched) show(fact(event)); } else if (card && !card.contains(event.target)) hide();
  });
  document.addEventListener("keydown", event => {
    touched = false;
    if (event.key === "Escape") hide();
  });
  document.addEventListener("click", event => {
    const link = fact(event);
    if (!link || !touched || owner === link) return;
    if (document.getElementById("note-" + link.getAttribute("href").split("/").pop())) event.preventDefault();
    show(link);
  }, true);

  // Copying: what stands in the button, or what its address answers.
  const copy = async text => {
    try { await navigator.clipboard.writeText(text); } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
  };
  document.addEventListener("click", async event => {
    const button = event.target.closest("button[data-copy], button[data-from]");
    if (!button) return;
    try {
      await copy(here(button.dataset.from ? await load(button.dataset.from, "text") : button.dataset.copy));
    } catch { say("Not copied: no answer."); return; }
    button.focus();
    button.classList.add("done");
    say(button.textContent + ": copied");
    setTimeout(() => button.classList.remove("done"), 2000);
  });

  prepare();
})();
