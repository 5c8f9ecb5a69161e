/** The board as the page keeps it: deltas in, whole series out. Pure. */

import type { BoardPart, Counts, Point, Share, Summary } from "../live/protocol";

export interface Board {
  since: number;
  until: number;
  step: number;
  points: ReadonlyMap<number, Point>;
  today: Counts;
  summary: Summary;
  aspects: readonly Share[];
  brands: readonly Share[];
}

const NOTHING: Counts = { mentions: 0, negative: 0, neutral: 0, positive: 0, net: null };

export const EMPTY: Board = {
  since: 0,
  until: 0,
  step: 10,
  points: new Map(),
  today: NOTHING,
  summary: { mentions: 0, duplicates: 0, rejected: 0, customers: 0, alerts: 0, deliveries: 0 },
  aspects: [],
  brands: [],
};

/** `board` with `part`; a snapshot starts from `EMPTY`. */
export function merged(board: Board, part: BoardPart): Board {
  const points = new Map([...board.points].filter(([time]) => time >= part.since));
  for (const point of part.points ?? []) points.set(point[0], point);
  return {
    since: part.since,
    until: part.until,
    step: part.step,
    points,
    today: part.today ?? board.today,
    summary: part.summary ?? board.summary,
    aspects: part.aspects ?? board.aspects,
    brands: part.brands ?? board.brands,
  };
}

export interface Series {
  times: number[];
  negative: number[];
  neutral: number[];
  positive: number[];
  /** Net sentiment of each step with its neighbours, null where nobody took a side. */
  net: (number | null)[];
}

/** Steps on either side over which net sentiment is taken: one step alone jumps about. */
const SMOOTH = 3;

/** Every step from `since` to `until`; where nothing came, zero. */
export function series(board: Board): Series {
  const out: Series = { times: [], negative: [], neutral: [], positive: [], net: [] };
  if (!board.step || board.until - board.since > 5000 * board.step) return out;
  for (let time = board.since; time < board.until; time += board.step) {
    const point = board.points.get(time);
    out.times.push(time * 1000);
    out.negative.push(point?.[1] ?? 0);
    out.neutral.push(point?.[2] ?? 0);
    out.positive.push(point?.[3] ?? 0);
  }
  out.net = out.times.map((_, at) => net(around(out.negative, at), around(out.positive, at)));
  return out;
}

function around(values: readonly number[], at: number): number {
  return values.slice(Math.max(0, at - SMOOTH), at + SMOOTH + 1).reduce((sum, value) => sum + value, 0);
}

function net(negative: number, positive: number): number | null {
  return negative + positive ? (positive - negative) / (negative + positive) : null;
}

/** Mentions a minute over the last whole steps that make up about a minute. */
export function rate(board: Board): number {
  const steps = Math.max(1, Math.round(60 / board.step));
  let sum = 0;
  for (let back = 2; back < steps + 2; back++) {
    const point = board.points.get(board.until - back * board.step);
    if (point) sum += point[1] + point[2] + point[3];
  }
  return (sum * 60) / (steps * board.step);
}
