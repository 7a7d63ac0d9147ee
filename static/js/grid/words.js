// The page's own words for what the script has to say, in the page's language.

const words = document.getElementById("words").content;
const seals = document.getElementById("seals").content;

export function say(name, values = {}) {
  const text = words.querySelector(`[data-of="${name}"]`).textContent;
  return text.replace(/\{(\w+)\}/g, (_whole, key) => values[key]);
}

export function seal(kind) {
  return seals.querySelector(`[data-of="${kind}"]`)?.firstElementChild.cloneNode(true);
}
