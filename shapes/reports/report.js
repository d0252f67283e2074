const form = document.querySelector(".filter");
const rules = [...document.querySelectorAll(".rule")];
const shown = document.querySelector("#shown");

function filter() {
  const severities = new Set(new FormData(form).getAll("severity"));
  const rule = form.elements.rule.value;
  const text = form.elements.text.value.trim().toLowerCase();
  let count = 0;
  for (const section of rules) {
    const wanted = severities.has(section.dataset.severity) && (!rule || section.id === rule);
    let left = 0;
    for (const row of wanted ? section.querySelectorAll(".item") : []) {
      row.hidden = text !== "" && !row.textContent.toLowerCase().includes(text);
      left += row.hidden ? 0 : 1;
    }
    section.hidden = !wanted || (text !== "" && left === 0);
    count += section.hidden ? 0 : 1;
  }
  shown.textContent = `แสดง ${count} จาก ${rules.length} ข้อ`;
}

if (form) {
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  filter();
}
