/** The alerts of the page. Pure. */

import type { Alert } from "../live/protocol";

export type Order = "newest" | "gravest";

export const KEPT = 300;
/** From this severity on an alert is worth a sound. */
export const GRAVE = 7;
/** An alert that was opened longer ago than this comes from history, not from now. */
const RECENT = 5 * 60_000;

/** `known` with `news`; of two states of one alert the one with the greater count is newer. */
export function merge(known: readonly Alert[], news: readonly Alert[]): Alert[] {
  const byId = new Map(known.map((alert) => [alert.id, alert]));
  for (const alert of news) {
    const old = byId.get(alert.id);
    if (!old || newer(alert, old)) byId.set(alert.id, alert);
  }
  return ordered([...byId.values()], "newest").slice(0, KEPT);
}

function newer(alert: Alert, old: Alert): boolean {
  return alert.count !== old.count ? alert.count > old.count : alert.updated_at >= old.updated_at;
}

export function ordered(alerts: readonly Alert[], order: Order): Alert[] {
  const late = (a: Alert, b: Alert) => Date.parse(b.updated_at) - Date.parse(a.updated_at);
  return [...alerts].sort(order === "newest" ? late : (a, b) => b.severity - a.severity || late(a, b));
}

/** Those of `news` that somebody should be called for: grave, just opened, or just grown grave. */
export function calling(known: readonly Alert[], news: readonly Alert[], now: number): Alert[] {
  const before = new Map(known.map((alert) => [alert.id, alert.severity]));
  return news.filter(
    (alert) =>
      alert.severity >= GRAVE &&
      (before.get(alert.id) ?? 0) < GRAVE &&
      now - Date.parse(alert.updated_at) < RECENT,
  );
}
