/** Numbers and times as a Chinese reader expects them. Pure. */

/** 12 345 → "12,345"; from a hundred thousand on "12.3 万", "1.2 亿". */
export function count(value: number): string {
  if (value < 100_000) return Math.round(value).toLocaleString("en-US");
  return compact(value);
}

/** 12 345 → "1.2 万": for followers, where size matters and the last digit does not. */
export function compact(value: number): string {
  if (value >= 1e8) return `${trimmed(value / 1e8)} 亿`;
  if (value >= 1e4) return `${trimmed(value / 1e4)} 万`;
  return Math.round(value).toString();
}

function trimmed(value: number): string {
  return (value >= 100 ? Math.floor(value) : Math.floor(value * 10) / 10).toString();
}

/** 0.1234 → "+12%". */
export function signed(ratio: number): string {
  const percent = Math.round(ratio * 100);
  return percent > 0 ? `+${percent}%` : percent < 0 ? `−${-percent}%` : "0%";
}

export function percent(part: number, whole: number): string {
  if (!whole) return "0%";
  const share = (part / whole) * 100;
  return share > 0 && share < 1 ? "<1%" : `${Math.round(share)}%`;
}

/** How long ago `time` was at `now` (both in milliseconds). A clock that runs ahead says "刚刚". */
export function ago(time: number, now: number): string {
  const seconds = Math.floor((now - time) / 1000);
  if (Number.isNaN(seconds)) return "";
  if (seconds < 5) return "刚刚";
  if (seconds < 60) return `${seconds} 秒前`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} 分钟前`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} 小时前`;
  return moment(time, now);
}

/** "8月1日 12:30", with the year where it is another one. */
export function moment(time: number, now: number): string {
  const date = new Date(time);
  const day = `${date.getMonth() + 1}月${date.getDate()}日`;
  if (date.getFullYear() !== new Date(now).getFullYear()) return `${date.getFullYear()}年${day}`;
  return `${day} ${clock(time)}`;
}

/** "12:30" */
export function clock(time: number): string {
  const date = new Date(time);
  return `${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

function pad(value: number): string {
  return value.toString().padStart(2, "0");
}
