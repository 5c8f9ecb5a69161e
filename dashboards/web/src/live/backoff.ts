/** Milliseconds to wait before the attempt with this number (from 0), `chance` in [0, 1) spreading the herd. */
export function backoff(attempt: number, chance: number): number {
  const longest = Math.min(10_000, 500 * 2 ** Math.min(attempt, 10));
  return Math.round(longest * (0.6 + 0.4 * chance));
}
