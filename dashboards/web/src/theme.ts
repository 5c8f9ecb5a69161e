/** Dark or light: as the system says, until the person says otherwise. */

import { ref } from "vue";

const KEY = "tingfeng.theme";
const system = matchMedia("(prefers-color-scheme: dark)");

function current(): boolean {
  const chosen = localStorage.getItem(KEY);
  return chosen ? chosen === "dark" : system.matches;
}

export const dark = ref(current());

function apply(): void {
  document.documentElement.dataset.theme = dark.value ? "dark" : "light";
}

export function setDark(value: boolean): void {
  if (value === system.matches) localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, value ? "dark" : "light");
  dark.value = value;
  apply();
}

system.addEventListener("change", () => {
  dark.value = current();
  apply();
});
apply();

/** A colour of the style sheet, for what is drawn and not styled. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
