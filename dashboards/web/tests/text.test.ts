import { describe, expect, it } from "vitest";
import { parts, safeUrl } from "../src/text/evidence";
import { ago, compact, count, percent, signed } from "../src/text/format";
import { aspectName, intentName, platformName } from "../src/text/labels";

describe("evidence", () => {
  it("is marked where it stands", () => {
    expect(parts("用了三天就漏水，差评", "三天就漏水")).toEqual([
      { text: "用了", marked: false },
      { text: "三天就漏水", marked: true },
      { text: "，差评", marked: false },
    ]);
  });

  it("leaves the text whole where it is not found or empty", () => {
    expect(parts("好", "坏")).toEqual([{ text: "好", marked: false }]);
    expect(parts("好", "")).toEqual([{ text: "好", marked: false }]);
  });

  it("never turns text into markup", () => {
    const hostile = '<img src=x onerror="alert(1)">';
    expect(parts(hostile, "onerror").map((part) => part.text).join("")).toBe(hostile);
  });
});

describe("links", () => {
  it("are followed over http only", () => {
    expect(safeUrl("https://weibo.com/1")).toBe("https://weibo.com/1");
    expect(safeUrl("javascript:alert(1)")).toBe("");
    expect(safeUrl("data:text/html,x")).toBe("");
    expect(safeUrl("//weibo.com")).toBe("");
    expect(safeUrl(undefined)).toBe("");
  });
});

describe("numbers", () => {
  it.each([
    [0, "0"],
    [12_345, "12,345"],
    [123_456, "12.3 万"],
    [120_000_000, "1.2 亿"],
  ])("%d is %s", (value, text) => expect(count(value)).toBe(text));

  it("of followers are short", () => {
    expect(compact(9_999)).toBe("9999");
    expect(compact(12_345)).toBe("1.2 万");
    expect(compact(1_234_567)).toBe("123 万");
  });

  it("of sentiment carry their sign", () => {
    expect([0.124, 0, -0.5].map(signed)).toEqual(["+12%", "0%", "−50%"]);
  });

  it("as shares never pretend to be nothing", () => {
    expect(percent(1, 1000)).toBe("<1%");
    expect(percent(0, 0)).toBe("0%");
  });
});

describe("times", () => {
  const now = new Date(2026, 7, 2, 12, 0, 0).getTime();
  it.each([
    [-5, "刚刚"],
    [4, "刚刚"],
    [30, "30 秒前"],
    [150, "2 分钟前"],
    [7300, "2 小时前"],
    [86_400, "8月1日 12:00"],
    [86_400 * 400, "2025年6月28日"],
  ])("%d seconds ago is %s", (seconds, text) => expect(ago(now - seconds * 1000, now)).toBe(text));
});

describe("labels", () => {
  it("are Chinese, and codes without a name stay as they are", () => {
    expect([aspectName("quality"), intentName("churn"), platformName("xhs")]).toEqual(["质量", "流失", "小红书"]);
    expect(platformName("toString")).toBe("toString");
  });
});
