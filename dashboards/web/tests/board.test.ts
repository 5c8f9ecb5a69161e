import { describe, expect, it } from "vitest";
import { EMPTY, merged, rate, series } from "../src/model/board";

const frame = { since: 100, until: 150, step: 10 };

describe("the board", () => {
  it("fills the steps in which nothing came", () => {
    const drawn = series(merged(EMPTY, { ...frame, points: [[120, 1, 2, 3]] }));
    expect(drawn.times).toEqual([100_000, 110_000, 120_000, 130_000, 140_000]);
    expect(drawn.negative).toEqual([0, 0, 1, 0, 0]);
    expect(drawn.positive).toEqual([0, 0, 3, 0, 0]);
  });

  it("moves on: new points replace, old ones leave", () => {
    const first = merged(EMPTY, { ...frame, points: [[100, 1, 0, 0], [140, 1, 0, 0]] });
    const next = merged(first, { since: 110, until: 160, step: 10, points: [[140, 2, 0, 0], [150, 0, 0, 1]] });
    expect([...next.points.keys()].sort()).toEqual([140, 150]);
    expect(next.points.get(140)).toEqual([140, 2, 0, 0]);
  });

  it("keeps what a delta does not speak of", () => {
    const today = { mentions: 9, negative: 1, neutral: 3, positive: 5, net: 0.66 };
    const next = merged(merged(EMPTY, { ...frame, today }), { ...frame, points: [] });
    expect(next.today).toBe(today);
  });

  it("takes net sentiment over neighbouring steps, and none where nobody took a side", () => {
    const drawn = series(merged(EMPTY, { since: 0, until: 200, step: 10, points: [[0, 1, 0, 3], [150, 0, 9, 0]] }));
    expect(drawn.net[0]).toBe(0.5);
    expect(drawn.net[3]).toBe(0.5);
    expect(drawn.net[4]).toBeNull();
    expect(drawn.net[15]).toBeNull();
  });

  it("counts mentions a minute over whole steps only", () => {
    const points = [0, 10, 20, 30, 40, 50, 60].map((time) => [time, 1, 1, 0] as [number, number, number, number]);
    expect(rate(merged(EMPTY, { since: 0, until: 70, step: 10, points }))).toBe(12);
  });

  it("draws nothing for a frame that makes no sense", () => {
    expect(series(EMPTY).times).toEqual([]);
    expect(series({ ...EMPTY, since: 0, until: 1e12 }).times).toEqual([]);
  });
});
