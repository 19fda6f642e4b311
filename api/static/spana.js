// What JavaScript adds: copying a citation, and following a file that is being read in. Every page works without it.
(() => {
  "use strict";

  // Browsers keep the clipboard from pages that are not sent over https; the old way still works there.
  const copy = async (words) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(words);
    const field = document.createElement("textarea");
    field.value = words;
    field.style.position = "fixed";
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  };

  for (const button of document.querySelectorAll("button.copy")) {
    const words = button.innerHTML;
    button.addEventListener("click", async () => {
      await copy(button.dataset.copy);
      button.textContent = button.dataset.done;
      setTimeout(() => { button.innerHTML = words; }, 2000);
    });
  }

  const follow = async () => {
    const jobs = document.getElementById("jobb");
    if (!jobs || !("busy" in jobs.dataset)) return;
    const answer = await fetch(jobs.dataset.fetch).catch(() => null);
    if (answer && answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      jobs.replaceWith(page.getElementById("jobb"));
    }
    setTimeout(follow, 1500);
  };
  setTimeout(follow, 1500);
})();
