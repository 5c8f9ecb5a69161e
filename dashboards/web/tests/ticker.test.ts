import { describe, expect, it } from "vitest";
import type { Mention } from "../src/live/protocol";
import { arrived, beat, EMPTY, opened, SHOWN } from "../src/model/ticker";

const mention = (id: number): Mention => ({
  id: String(id),
  platform: "weibo",
  kind: "post",
  text: "…",
  created_at: "2026-08-01T12:00:00Z",
  sentiment: "neutral",
});
const mentions = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => mention(from + at));
const ids = (list: readonly Mention[]) => list.map((m) => m.id).join(" ");

describe("the ticker", () => {
  it("lets rows in a few at a time, newest on top", () => {
    const ticker = beat(arrived(EMPTY, mentions(0, 5), 0));
    expect(ids(ticker.shown)).toBe("2 1 0");
    expect(ids(beat(ticker).shown)).toBe("4 3 2 1 0");
  });

  it("shows a mention once", () => {
    const ticker = beat(arrived(opened([mention(1)]), [mention(1), mention(2), mention(2)].slice(0, 2), 0));
    expect(ids(ticker.shown)).toBe("2 1");
  });

  it("counts what it and the server left out", () => {
    const ticker = arrived(EMPTY, mentions(0, 100), 7);
    expect(ticker.waiting).toHaveLength(60);
    expect(ticker.skipped).toBe(47);
    expect(ticker.waiting[0]!.id).toBe("40");
  });

  it("falls behind by seconds at most, however much waits", () => {
    let ticker = arrived(EMPTY, mentions(0, 60), 0);
    let beats = 0;
    while (ticker.waiting.length) {
      ticker = beat(ticker);
      beats++;
    }
    expect(beats).toBeLessThan(16);
  });

  it("keeps a bounded number of rows", () => {
    let ticker = opened(mentions(0, SHOWN));
    for (let at = 0; at < 50; at++) ticker = beat(arrived(ticker, mentions(1000 + at * 3, 1003 + at * 3), 0));
    expect(ticker.shown).toHaveLength(SHOWN);
  });

  it("is the same object when nothing waits, so that nothing is drawn", () => {
    const ticker = opened(mentions(0, 3));
    expect(beat(ticker)).toBe(ticker);
  });
});
