// Tells the page around the frame how high the text is: as WordPress asks for it, and plainly for everybody else.
(() => {
  "use strict";
  if (parent === window) return;
  const secret = new URLSearchParams(location.hash.replace(/^#\??/, "")).get("secret");
  let told = 0;
  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (!height || height === told) return;
    told = height;
    if (secret) parent.postMessage({ message: "height", value: height, secret }, "*");
    parent.postMessage({ type: "explainer-height", height }, "*");
  };
  new ResizeObserver(tell).observe(document.documentElement);
  addEventListener("load", tell);
  // A page that began to listen late asks for it.
  addEventListener("message", (event) => {
    if (event.source !== parent || !event.data || event.data.type !== "explainer-height") return;
    told = 0;
    tell();
  });
  // WordPress lets no frame open a page, but opens one of the same host when told to.
  if (secret) {
    addEventListener("click", (event) => {
      const link = event.target.closest("a[target]");
      if (link) parent.postMessage({ message: "link", value: link.href, secret }, "*");
    });
  }
})();
