/** What the person chose: in the address, so that it can be sent to a colleague; the key only in this tab. */

export const RANGES: readonly (readonly [minutes: number, name: string])[] = [
  [10, "10 分钟"],
  [60, "1 小时"],
  [1440, "24 小时"],
  [10080, "7 天"],
  [43200, "30 天"],
  [525600, "1 年"],
];

export interface Place {
  brand: string;
  minutes: number;
  /** The person chose `minutes`; else the page looks for a range in which there is something to see. */
  chosen: boolean;
  sentiment: "" | "negative" | "neutral" | "positive";
}

const known = (minutes: number) => RANGES.some(([range]) => range === minutes);

export function readPlace(hash = location.hash): Place {
  const chosen = new URLSearchParams(hash.slice(1));
  const minutes = Number(chosen.get("minutes"));
  const sentiment = chosen.get("sentiment");
  return {
    brand: (chosen.get("brand") ?? "").slice(0, 100),
    minutes: known(minutes) ? minutes : 10,
    chosen: known(minutes),
    sentiment: sentiment === "negative" || sentiment === "neutral" || sentiment === "positive" ? sentiment : "",
  };
}

export function writePlace(place: Place): void {
  const chosen = new URLSearchParams();
  if (place.brand) chosen.set("brand", place.brand);
  if (place.chosen) chosen.set("minutes", String(place.minutes));
  if (place.sentiment) chosen.set("sentiment", place.sentiment);
  history.replaceState(null, "", chosen.size ? `#${chosen}` : location.pathname);
}

export const keptKey = {
  read: (): string => sessionStorage.getItem("tingfeng.key") ?? "",
  write: (key: string): void => sessionStorage.setItem("tingfeng.key", key),
};

/** A yes or no that this browser remembers. */
export function kept(name: string) {
  const key = `tingfeng.${name}`;
  return {
    read: (): boolean => localStorage.getItem(key) === "1",
    write: (value: boolean): void => localStorage.setItem(key, value ? "1" : "0"),
  };
}

/** The next longer range, if there is one. */
export function wider(minutes: number): number | undefined {
  return RANGES.find(([range]) => range > minutes)?.[0];
}
