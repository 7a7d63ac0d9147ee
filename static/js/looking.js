// Says every minute that a filing's page is open, and shows who else has it open. Nothing depends on it: without
// script the page is seen when it is opened, and forgotten some minutes later.
const EVERY = 60_000;
const place = document.querySelector("[data-look]");

function show(names) {
  place.hidden = names.length === 0;
  place.querySelector("[data-look-names]").textContent = names.join("、");
}

async function renew() {
  if (document.hidden) return;
  try {
    const response = await fetch(place.dataset.look, {
      method: "POST",
      headers: { "X-CSRFToken": place.dataset.token },
      redirect: "error",
    });
    if (response.ok) show((await response.json()).names);
  } catch {
    // Away from the network or signed out: the page itself says so when something is done on it.
  }
}

if (place) {
  setInterval(renew, EVERY);
  document.addEventListener("visibilitychange", renew);
}
