import { describe, expect, it } from "vitest";
import { backoff } from "../src/live/backoff";
import { parse } from "../src/live/protocol";
import { Session } from "../src/live/session";

const welcome = { type: "welcome", epoch: "e1", now: "", live: true } as const;
const said = (messages: string[]) => messages.map((message) => JSON.parse(message) as Record<string, unknown>);

describe("a session", () => {
  it("says nothing of itself without a key, and its key first with one", () => {
    expect(new Session().greet()).toEqual([]);
    expect(said(new Session("k").greet())).toEqual([{ v: 1, type: "hello", key: "k" }]);
  });

  it("subscribes once the server is ready", () => {
    const session = new Session();
    expect(session.watch("alerts", { brand: "云雀" })).toEqual([]);
    expect(said(session.hear(welcome))).toEqual([
      { v: 1, type: "subscribe", channel: "alerts", filter: { brand: "云雀" } },
    ]);
  });

  it("goes on where it was after the socket broke", () => {
    const session = new Session();
    session.watch("alerts", {});
    session.hear(welcome);
    session.hear({ type: "snapshot", channel: "alerts", epoch: "e1", seq: 3, missed: false, data: [] });
    session.hear({ type: "delta", channel: "alerts", seq: 5, skipped: 0, data: [] });
    session.lost();
    expect(said(session.hear(welcome))[0]).toMatchObject({ epoch: "e1", after: 5 });
  });

  it("counts as seen what its filter kept away", () => {
    const session = new Session();
    session.watch("alerts", {});
    session.hear(welcome);
    session.hear({ type: "snapshot", channel: "alerts", epoch: "e1", seq: 3, missed: false, data: [] });
    session.hear({ type: "ping", now: "", seq: { alerts: 90, mentions: 1, board: 1 } });
    session.lost();
    expect(said(session.hear(welcome))[0]).toMatchObject({ after: 90 });
  });

  it("starts anew with another filter", () => {
    const session = new Session();
    session.watch("alerts", {});
    session.hear(welcome);
    session.hear({ type: "snapshot", channel: "alerts", epoch: "e1", seq: 3, missed: false, data: [] });
    expect(said(session.watch("alerts", { brand: "云雀" }))).toEqual([
      { v: 1, type: "subscribe", channel: "alerts", filter: { brand: "云雀" } },
    ]);
  });
});

describe("messages", () => {
  it("are read where they are of this version", () => {
    expect(parse('{"v":1,"type":"pong","now":""}')).toMatchObject({ type: "pong" });
    expect(parse('{"v":2,"type":"pong"}')).toBeNull();
    expect(parse("null")).toBeNull();
    expect(parse("{")).toBeNull();
  });
});

describe("coming back", () => {
  it("waits longer each time, ten seconds at most, and not all at once", () => {
    expect([0, 1, 2, 3, 4, 5, 99].map((attempt) => backoff(attempt, 1))).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
    expect(backoff(5, 0)).toBe(6000);
  });
});
