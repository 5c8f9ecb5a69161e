/** Finding the words that carry the reason, so that they can be marked. Pure: gives parts, never markup. */

export interface Part {
  text: string;
  marked: boolean;
}

/** `text` in parts of which the first that equals `evidence` is marked. */
export function parts(text: string, evidence: string | undefined): Part[] {
  const at = evidence ? text.indexOf(evidence) : -1;
  if (!evidence || at < 0) return [{ text, marked: false }];
  return [
    { text: text.slice(0, at), marked: false },
    { text: evidence, marked: true },
    { text: text.slice(at + evidence.length), marked: false },
  ].filter((part) => part.text);
}

/** `url` if a person may safely follow it, else "". */
export function safeUrl(url: string | undefined): string {
  if (!url) return "";
  try {
    const { protocol, href } = new URL(url);
    return protocol === "https:" || protocol === "http:" ? href : "";
  } catch {
    return "";
  }
}
