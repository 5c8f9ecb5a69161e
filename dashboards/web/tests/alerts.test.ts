import { describe, expect, it } from "vitest";
import type { Alert } from "../src/live/protocol";
import { calling, KEPT, merge, ordered } from "../src/model/alerts";

const NOON = Date.parse("2026-08-01T12:00:00Z");

function alert(id: string, fields: Partial<Alert> = {}): Alert {
  const time = new Date(NOON).toISOString();
  return {
    id,
    rule: "negative_feedback",
    brand: "云雀",
    aspect: "quality",
    severity: 5,
    count: 1,
    first_seen: time,
    last_seen: time,
    opened_at: time,
    updated_at: time,
    ...fields,
  };
}

const later = (seconds: number) => new Date(NOON + seconds * 1000).toISOString();

describe("the alert list", () => {
  it("takes the state with the greater count, whichever comes last", () => {
    const grown = merge([alert("a", { count: 5 })], [alert("a", { count: 3 })]);
    expect(grown.map((a) => a.count)).toEqual([5]);
    expect(merge(grown, [alert("a", { count: 6 })]).map((a) => a.count)).toEqual([6]);
  });

  it("shows those that changed last first", () => {
    const list = merge([alert("old")], [alert("new", { updated_at: later(1) })]);
    expect(list.map((a) => a.id)).toEqual(["new", "old"]);
  });

  it("can show the gravest first", () => {
    const list = [alert("mild", { updated_at: later(9) }), alert("grave", { severity: 9 })];
    expect(ordered(list, "gravest").map((a) => a.id)).toEqual(["grave", "mild"]);
  });

  it("orders times of different precision as times", () => {
    const list = [alert("b", { updated_at: "2026-08-01T12:00:00.5Z" }), alert("a", { updated_at: "2026-08-01T12:00:00Z" })];
    expect(ordered(list, "newest").map((a) => a.id)).toEqual(["b", "a"]);
  });

  it("keeps a bounded number", () => {
    const many = Array.from({ length: KEPT + 50 }, (_, at) => alert(`a${at}`, { updated_at: later(at) }));
    const kept = merge([], many);
    expect(kept).toHaveLength(KEPT);
    expect(kept[0]!.id).toBe(`a${KEPT + 49}`);
  });
});

describe("calling somebody", () => {
  it("calls for a grave alert that has just come", () => {
    expect(calling([], [alert("a", { severity: 7 })], NOON + 1000)).toHaveLength(1);
  });

  it("does not call again while it grows", () => {
    expect(calling([alert("a", { severity: 7 })], [alert("a", { severity: 8, count: 9 })], NOON)).toEqual([]);
  });

  it("calls when a mild alert turns grave", () => {
    expect(calling([alert("a", { severity: 4 })], [alert("a", { severity: 8, count: 9 })], NOON)).toHaveLength(1);
  });

  it("does not call for mild ones or for history", () => {
    expect(calling([], [alert("a")], NOON)).toEqual([]);
    expect(calling([], [alert("a", { severity: 9 })], NOON + 3_600_000)).toEqual([]);
  });
});
