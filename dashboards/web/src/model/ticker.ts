/** The mention ticker: takes what comes, shows what a person can follow, and says what it left out. Pure. */

import type { Mention } from "../live/protocol";

export const SHOWN = 120;
/** Rows that may appear at one beat of the page (four a second). */
export const PER_BEAT = 3;
const WAITING = 60;

export interface Ticker {
  /** Newest first. */
  shown: readonly Mention[];
  /** Oldest first. */
  waiting: readonly Mention[];
  /** Left out since the page was opened. */
  skipped: number;
}

export const EMPTY: Ticker = { shown: [], waiting: [], skipped: 0 };

/** What the server had to show; newest first. */
export function opened(mentions: readonly Mention[]): Ticker {
  return { shown: mentions.slice(0, SHOWN), waiting: [], skipped: 0 };
}

export function arrived(ticker: Ticker, mentions: readonly Mention[], skipped: number): Ticker {
  const known = new Set([...ticker.shown, ...ticker.waiting].map((mention) => mention.id));
  const waiting = [...ticker.waiting, ...mentions.filter((mention) => !known.has(mention.id))];
  const over = Math.max(0, waiting.length - WAITING);
  return { ...ticker, waiting: waiting.slice(over), skipped: ticker.skipped + skipped + over };
}

/** One beat later. */
export function beat(ticker: Ticker, most = PER_BEAT): Ticker {
  if (!ticker.waiting.length) return ticker;
  // A full queue is emptied faster, so that the page is never more than a few seconds behind.
  const count = Math.max(most, Math.ceil(ticker.waiting.length / 8));
  const next = ticker.waiting.slice(0, count);
  return {
    ...ticker,
    shown: [...next.reverse(), ...ticker.shown].slice(0, SHOWN),
    waiting: ticker.waiting.slice(count),
  };
}
