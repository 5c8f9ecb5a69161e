/** Keeps one WebSocket open: connects, listens, notices silence, comes back. */

import { backoff } from "./backoff";
import { type Channel, type Filter, parse, type ServerMessage } from "./protocol";
import { Session } from "./session";

export type State = "connecting" | "open" | "waiting" | "refused";

/** The server says something every 15 seconds; after this long without a word the line is dead. */
const SILENCE = 40_000;
const UNAUTHORISED = 4401;

export interface Ears {
  message(message: ServerMessage): void;
  state(state: State, attempt: number): void;
}

export class Connection {
  private readonly session: Session;
  private socket: WebSocket | null = null;
  private attempt = 0;
  private retry = 0;
  private silence = 0;

  constructor(
    private readonly url: string,
    private readonly ears: Ears,
    key: string,
  ) {
    this.session = new Session(key);
  }

  start(): void {
    window.addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => document.hidden || this.now());
    this.connect();
  }

  watch(channel: Channel, filter: Filter): void {
    this.send(this.session.watch(channel, filter));
  }

  /** Try again with this key. */
  unlock(key: string): void {
    this.session.key = key;
    this.attempt = 0;
    this.connect();
  }

  /** Do not wait for the next attempt. */
  private now(): void {
    if (this.retry) this.connect();
  }

  private connect(): void {
    clearTimeout(this.retry);
    this.retry = 0;
    this.ears.state("connecting", this.attempt);
    const socket = new WebSocket(this.url);
    this.socket = socket;
    socket.onopen = () => this.send(this.session.greet());
    socket.onmessage = (event) => this.socket === socket && this.hear(String(event.data));
    socket.onclose = (event) => this.socket === socket && this.closed(event.code);
    this.listen();
  }

  private hear(text: string): void {
    this.listen();
    const message = parse(text);
    if (!message) return;
    if (message.type === "locked" && !this.session.key) {
      const { socket } = this;
      this.closed(UNAUTHORISED);
      socket?.close();
      return;
    }
    if (message.type === "welcome") {
      this.attempt = 0;
      this.ears.state("open", 0);
    }
    this.send(this.session.hear(message));
    this.ears.message(message);
  }

  private closed(code: number): void {
    clearTimeout(this.silence);
    this.socket = null;
    this.session.lost();
    if (code === UNAUTHORISED) {
      this.ears.state("refused", this.attempt);
      return;
    }
    this.ears.state("waiting", this.attempt);
    this.retry = window.setTimeout(() => this.connect(), backoff(this.attempt++, Math.random()));
  }

  private listen(): void {
    clearTimeout(this.silence);
    this.silence = window.setTimeout(() => {
      const socket = this.socket;
      this.closed(0);
      socket?.close();
    }, SILENCE);
  }

  private send(messages: string[]): void {
    if (this.socket?.readyState === WebSocket.OPEN) for (const message of messages) this.socket.send(message);
  }
}
