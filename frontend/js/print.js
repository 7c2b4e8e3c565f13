// On paper an empty day or time is a blank to write in, not what a browser shows in its place ("--:--").
const DAYS = "input:is([type=date], [type=time], [type=month], [type=datetime-local])";

export function blanks() {
  window.addEventListener("beforeprint", () => {
    for (const control of document.querySelectorAll(DAYS))
      control.toggleAttribute("data-blank", !control.value);
  });
}
