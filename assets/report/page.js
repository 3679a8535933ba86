// The page reads well without this: it only turns the two pictures at the top into a slider.
document.documentElement.classList.add("live");
for (const range of document.querySelectorAll(".layers input")) {
  const canvas = range.closest(".layers");
  const scrape = () => canvas.style.setProperty("--cut", range.value + "%");
  range.addEventListener("input", scrape);
  scrape();
}
