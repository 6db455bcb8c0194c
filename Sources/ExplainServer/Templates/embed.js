// <…-explainer audience trigger length heading src loading shadow>: a sourced explainer in anybody's page.
// The children stand until the text is there, and stay if it does not come. No markup is parsed from strings, no style is written
// inline, nothing is stored: a strict Content-Security-Policy and Trusted Types have nothing to object to.
(() => {
  "use strict";
  const TOPICS = ["quantization"];
  const script = document.currentScript && document.currentScript.src;
  const home = script ? script.replace(/\/embed(\/\w+\/embed)?\.js([?#].*)?$/, "") : "";
  const ELEMENTS = "article section h1 h2 h3 h4 h5 h6 p ul ol li dl dt dd div table thead tbody tr th td sup a data span cite code em strong";
  const ATTRIBUTES = "class lang id href rel value scope role aria-label tabindex";
  const allowed = new Set(ELEMENTS.split(" "));
  const names = ATTRIBUTES.split(" ");
  let count = 0;
  let sheet;

  // For the shadow tree: colours and type are the page's, unless it sets the properties.
  const STYLE = `:host{display:block;color:var(--explainer-color,inherit);font-family:var(--explainer-font,inherit)}
:host([hidden]){display:none}a{color:var(--explainer-link,inherit);text-underline-offset:.15em}
.explainer-table{overflow:auto}table{border-collapse:collapse}th,td{text-align:start;vertical-align:top;padding:.4em .8em .4em 0;border-bottom:1px solid var(--explainer-line,currentcolor)}
.explainer-fact{text-decoration:underline dotted}.explainer-cite{font-size:.7em;line-height:0}.explainer-label,dt{font-weight:bold}
.explainer-sources{font-size:.9em;border-top:1px solid var(--explainer-line,currentcolor)}:focus-visible{outline:2px solid;outline-offset:2px}`;

  // A copy made of known elements and attributes, with ids of its own, so that several fit on one page.
  const copy = (node, mark) => {
    if (node.nodeType === 3) return document.createTextNode(node.data);
    if (node.nodeType !== 1) return document.createTextNode("");
    const known = allowed.has(node.localName);
    const made = known ? document.createElement(node.localName) : document.createDocumentFragment();
    if (known) {
      for (const name of names) {
        let value = node.getAttribute(name);
        if (value === null) continue;
        if (name === "id") value = mark + value;
        if (name === "href") {
          if (value[0] === "#") value = "#" + mark + value.slice(1);
          else if (/^https?:$/.test(node.protocol)) value = node.href;
          else continue;
        }
        made.setAttribute(name, value);
      }
      const part = /explainer-?(\w*)/.exec(node.className);
      if (part) made.setAttribute("part", part[1] || "article");
    }
    if (!/^(script|style|template)$/.test(node.localName)) for (const child of node.childNodes) made.append(copy(child, mark));
    return made;
  };

  class Explainer extends HTMLElement {
    static observedAttributes = ["audience", "trigger", "length", "heading", "src"];
    #mark = `explainer-${++count}-`;
    #request;
    #observer;
    #isReady = false;
    #isPlanned = false;

    connectedCallback() {
      if (this.hasAttribute("shadow") && !this.shadowRoot) {
        const root = this.attachShadow({ mode: "open" });
        if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(STYLE);
        root.adoptedStyleSheets = [sheet];
        root.append(document.createElement("slot"));
        // A browser looks for the target of "#…" outside of shadow trees only.
        root.addEventListener("click", (event) => {
          const link = event.target.closest('a[href^="#"]');
          const target = link && root.getElementById(link.getAttribute("href").slice(1));
          if (!target) return;
          event.preventDefault();
          target.scrollIntoView({ block: "nearest" });
        });
      }
      if (this.getAttribute("loading") !== "lazy") return this.#start();
      this.#observer = new IntersectionObserver((entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        this.#observer.disconnect();
        this.#observer = undefined;
        this.#start();
      }, { rootMargin: "256px" });
      this.#observer.observe(this);
    }

    disconnectedCallback() {
      if (this.#observer) this.#observer.disconnect();
      if (this.#request) this.#request.abort();
      this.#observer = this.#request = undefined;
      this.#isReady = false;
    }

    attributeChangedCallback() {
      // The first ones come before it is known whether to wait for the reader.
      if (this.#isReady) this.#plan();
    }

    #start() {
      this.#isReady = true;
      this.#plan();
    }

    // Loads once for all attributes that change in one go.
    #plan() {
      if (this.#isPlanned) return;
      this.#isPlanned = true;
      queueMicrotask(() => {
        this.#isPlanned = false;
        if (this.isConnected) this.reload();
      });
    }

    /** Asks the service anew, such as after an "error" event. */
    reload() {
      if (this.#request) this.#request.abort();
      const base = (this.getAttribute("src") || home).replace(/\/$/, "");
      const query = new URLSearchParams({ format: "fragment", topic: this.localName.replace(/-explainer$/, "") });
      for (const name of ["audience", "trigger", "length"]) if (this.getAttribute(name)) query.set(name, this.getAttribute(name));
      query.set("heading", this.getAttribute("heading") || "2");
      // It parses a document without running anything, and asks for no policy, as fetch and DOMParser would.
      const request = (this.#request = new XMLHttpRequest());
      request.open("GET", `${base}/explain?${query}`);
      request.setRequestHeader("Accept", "text/html");
      request.responseType = "document";
      request.timeout = 20000;
      request.onloadend = () => {
        if (this.#request !== request) return;
        this.#request = undefined;
        this.#finish(request);
      };
      this.setAttribute("aria-busy", "true");
      this.dataset.state = "loading";
      this.dispatchEvent(new Event("loadstart"));
      request.send();
    }

    #finish(request) {
      const answer = request.response;
      const article = request.status === 200 && answer && answer.querySelector("article");
      this.removeAttribute("aria-busy");
      if (article) {
        const made = copy(article, this.#mark);
        if (this.dispatchEvent(new CustomEvent("replace", { cancelable: true, detail: { article: made } }))) {
          (this.shadowRoot || this).replaceChildren(made);
        }
        this.dataset.state = "loaded";
        this.dispatchEvent(new Event("load"));
      } else {
        const said = answer ? [...answer.querySelectorAll("main p.lead, main section p:first-of-type")].map((p) => p.textContent).join(" ") : "";
        const message = said || (request.status ? `The service answered ${request.status}.` : "The service cannot be reached.");
        if (request.status) console.warn(`${this.localName}: ${message}`);
        this.dataset.state = "error";
        this.dispatchEvent(new CustomEvent("error", { detail: { status: request.status, message } }));
      }
      this.dispatchEvent(new Event("loadend"));
    }
  }

  for (const topic of TOPICS) {
    const name = `${topic}-explainer`;
    if (/^[a-z]/.test(name) && !customElements.get(name)) customElements.define(name, class extends Explainer {});
  }
})();
