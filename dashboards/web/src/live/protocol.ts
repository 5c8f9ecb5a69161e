/** The WebSocket's language, version 1, as `dashboards/protocol.py` speaks it. */

export const VERSION = 1;

export type Channel = "alerts" | "mentions" | "board";
export type Polarity = "negative" | "neutral" | "positive";

export interface Sample {
  mention_id: string;
  platform: string;
  text: string;
  created_at: string;
  author_name?: string;
  followers?: number;
  url?: string;
  evidence?: string;
}

export interface Alert {
  id: string;
  rule: string;
  brand: string;
  aspect: string;
  severity: number;
  count: number;
  first_seen: string;
  last_seen: string;
  opened_at: string;
  updated_at: string;
  title?: string;
  samples?: Sample[];
  max_followers?: number;
  platforms?: string[];
}

export interface Mention {
  id: string;
  platform: string;
  kind: string;
  text: string;
  created_at: string;
  author_name?: string;
  brands?: string[];
  sentiment: Polarity;
  intents?: string[];
  aspects?: { label: string; polarity: Polarity }[];
  evidence?: string;
  followers?: number;
}

/** Start of the step in seconds since 1970, then negative, neutral and positive mentions. */
export type Point = [time: number, negative: number, neutral: number, positive: number];

export interface Counts {
  mentions: number;
  negative: number;
  neutral: number;
  positive: number;
  /** null where nobody took a side */
  net: number | null;
}

export interface Share extends Counts {
  name: string;
}

export interface Summary {
  mentions: number;
  duplicates: number;
  rejected: number;
  customers: number;
  alerts: number;
  deliveries: number;
}

/** A whole board in a snapshot; in a delta only what changed. */
export interface BoardPart {
  since: number;
  until: number;
  step: number;
  points?: Point[];
  today?: Counts;
  summary?: Summary;
  aspects?: Share[];
  brands?: Share[];
}

export interface Filter {
  brand?: string;
  min_severity?: number;
  sentiment?: "" | Polarity;
  minutes?: number;
}

interface Data {
  alerts: Alert[];
  mentions: Mention[];
  board: BoardPart;
}

type InChannel<Shape> = { [Name in Channel]: Shape & { channel: Name; data: Data[Name] } }[Channel];

export type Snapshot = InChannel<{ type: "snapshot"; epoch: string; seq: number; missed: boolean }>;
export type Delta = InChannel<{ type: "delta"; seq: number; skipped: number }>;

export type ServerMessage =
  | { type: "locked" }
  | { type: "welcome"; epoch: string; now: string; live: boolean }
  | Snapshot
  | Delta
  | { type: "resumed"; channel: Channel; epoch: string; seq: number }
  | { type: "status"; live: boolean; reason: string }
  | { type: "ping"; now: string; seq: Record<Channel, number> }
  | { type: "pong"; now: string }
  | { type: "error"; code: string; message: string }
  | { type: "dropped"; reason: string };

/** The message in `text`, or null where it is of another version or no message at all. */
export function parse(text: string): ServerMessage | null {
  try {
    const message = JSON.parse(text) as { v?: number; type?: string } | null;
    return message?.v === VERSION && typeof message.type === "string" ? (message as ServerMessage) : null;
  } catch {
    return null;
  }
}
