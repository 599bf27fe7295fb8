const slides = [...document.querySelectorAll(".slide")];
const onward = ["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"];
const back = ["ArrowLeft", "ArrowUp", "PageUp"];

function here() {
  const near = slides.map((each) => Math.abs(each.getBoundingClientRect().top));
  return near.indexOf(Math.min(...near));
}

let shown = here();

function show(number) {
  shown = Math.max(0, Math.min(slides.length - 1, number));
  slides[shown].scrollIntoView({ behavior: "instant" });
  slides[shown].focus({ preventScroll: true });
  history.replaceState(null, "", `#s${shown + 1}`);
  document.body.classList.toggle("started", shown > 0);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (onward.includes(event.key)) show(shown + 1);
  else if (back.includes(event.key)) show(shown - 1);
  else if (event.key === "Home") show(0);
  else if (event.key === "End") show(slides.length - 1);
  else if (event.key === "n" || event.key === "N") { document.body.classList.toggle("with-notes"); show(shown); }
  else if (event.key === "p" || event.key === "P") window.print();
  else return;
  event.preventDefault();
});
document.addEventListener("scrollend", () => { shown = here(); });
window.addEventListener("resize", () => show(shown));
