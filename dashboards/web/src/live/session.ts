/** What one page remembers of its conversation with the server, whatever happens to the socket. No I/O. */

import { type Channel, type Filter, type ServerMessage, VERSION } from "./protocol";

interface Place {
  filter: Filter;
  epoch: string;
  seq: number;
}

export class Session {
  private readonly places = new Map<Channel, Place>();
  private open = false;

  constructor(public key = "") {}

  /** The socket is open: who I am, if the server may want to know. */
  greet(): string[] {
    return this.key ? [say("hello", { key: this.key })] : [];
  }

  /** The socket is gone. */
  lost(): void {
    this.open = false;
  }

  /** Look at `channel`; what to send now, if the server is listening. */
  watch(channel: Channel, filter: Filter): string[] {
    this.places.set(channel, { filter, epoch: "", seq: -1 });
    return this.open ? [this.subscribe(channel)] : [];
  }

  /** Take note of what the server said; what to answer. */
  hear(message: ServerMessage): string[] {
    switch (message.type) {
      case "welcome":
        this.open = true;
        return [...this.places.keys()].map((channel) => this.subscribe(channel));
      case "snapshot":
      case "resumed":
        this.note(message.channel, message.seq, message.epoch);
        return [];
      case "delta":
        this.note(message.channel, message.seq);
        return [];
      case "ping":
        // What was filtered out counts as seen: a page that comes back need not ask for it.
        for (const [channel, place] of this.places) if (place.epoch) this.note(channel, message.seq[channel]);
        return [];
      default:
        return [];
    }
  }

  private note(channel: Channel, seq: number, epoch?: string): void {
    const place = this.places.get(channel);
    if (!place) return;
    place.seq = seq;
    if (epoch !== undefined) place.epoch = epoch;
  }

  private subscribe(channel: Channel): string {
    const { filter, epoch, seq } = this.places.get(channel)!;
    return say("subscribe", epoch ? { channel, filter, epoch, after: seq } : { channel, filter });
  }
}

function say(type: string, fields: object): string {
  return JSON.stringify({ v: VERSION, type, ...fields });
}
