/** The state of the page, fed by the connection. The parts of the screen only read it. */

import { computed, reactive, ref, shallowRef } from "vue";
import { Connection, type State } from "./live/connection";
import type { Alert, Filter, ServerMessage } from "./live/protocol";
import { calling, merge } from "./model/alerts";
import * as boards from "./model/board";
import * as tickers from "./model/ticker";
import { keptKey, readPlace, wider, writePlace } from "./place";

const BEAT = 250;

export function useDesk(call: (alerts: Alert[]) => void) {
  const place = reactive(readPlace());
  const state = ref<State>("connecting");
  const opened = ref(false);
  const redis = ref(true);
  const keyWrong = ref(false);
  const notice = ref("");
  const alerts = shallowRef<Alert[]>([]);
  const ticker = shallowRef(tickers.EMPTY);
  const board = shallowRef(boards.EMPTY);
  const seen = reactive({ alerts: false, mentions: false, board: false });
  const brands = shallowRef<readonly string[]>([]);
  const now = ref(Date.now());
  const ahead = { ms: 0 };

  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const connection = new Connection(`${scheme}://${location.host}/ws`, { message, state: changed }, keptKey.read());

  function changed(next: State): void {
    if (next === "refused") keyWrong.value = keptKey.read() !== "";
    if (next === "open") opened.value = true;
    state.value = next;
  }

  function message(news: ServerMessage): void {
    switch (news.type) {
      case "welcome":
        ahead.ms = Date.parse(news.now) - Date.now();
        redis.value = news.live;
        break;
      case "status":
        redis.value = news.live;
        break;
      case "dropped":
        notice.value = "这个页面跟不上数据，刚刚重新连接。";
        break;
      case "snapshot":
        if (news.missed) notice.value = "断线期间的内容太多或服务已重启，页面已重新载入。";
        show(news);
        break;
      case "delta":
        add(news);
        break;
    }
  }

  function show(news: Extract<ServerMessage, { type: "snapshot" }>): void {
    seen[news.channel] = true;
    if (news.channel === "alerts") alerts.value = merge([], news.data);
    else if (news.channel === "mentions") ticker.value = tickers.opened(news.data);
    else {
      setBoard(boards.merged(boards.EMPTY, news.data));
      widen();
    }
  }

  /** Nothing came lately but much before: look further back, unless the person chose how far. */
  function widen(): void {
    const next = wider(place.minutes);
    if (place.chosen || !next || board.value.points.size || !board.value.summary.mentions) return;
    place.minutes = next;
    watchBoard();
  }

  function add(news: Extract<ServerMessage, { type: "delta" }>): void {
    if (news.channel === "alerts") {
      const urgent = calling(alerts.value, news.data, Date.now() + ahead.ms);
      alerts.value = merge(alerts.value, news.data);
      if (urgent.length) call(urgent);
    } else if (news.channel === "mentions") {
      ticker.value = tickers.arrived(ticker.value, news.data, news.skipped);
    } else setBoard(boards.merged(board.value, news.data));
  }

  function setBoard(next: boards.Board): void {
    board.value = next;
    const names = new Set([...brands.value, ...next.brands.map((share) => share.name)]);
    if (names.size !== brands.value.length) brands.value = [...names].sort((a, b) => a.localeCompare(b, "zh"));
  }

  function watch(): void {
    watchBoard();
    const filter: Filter = place.brand ? { brand: place.brand } : {};
    connection.watch("alerts", filter);
    connection.watch("mentions", place.sentiment ? { ...filter, sentiment: place.sentiment } : filter);
    writePlace(place);
  }

  function watchBoard(): void {
    connection.watch("board", { ...(place.brand ? { brand: place.brand } : {}), minutes: place.minutes });
  }

  return {
    place,
    state,
    opened,
    redis,
    keyWrong,
    notice,
    alerts,
    ticker,
    board,
    brands,
    seen,
    now,
    skipped: computed(() => ticker.value.skipped),
    start(): void {
      watch();
      connection.start();
      setInterval(() => (now.value = Date.now() + ahead.ms), 1000);
    },
    /** Let waiting mentions onto the screen, unless somebody is reading. */
    beatUnless(paused: () => boolean): void {
      setInterval(() => paused() || (ticker.value = tickers.beat(ticker.value)), BEAT);
    },
    look(change: Partial<typeof place>): void {
      if ("brand" in change || "minutes" in change) board.value = boards.EMPTY;
      Object.assign(place, change, "minutes" in change ? { chosen: true } : {});
      watch();
    },
    unlock(key: string): void {
      keptKey.write(key);
      keyWrong.value = false;
      connection.unlock(key);
    },
  };
}

export type Desk = ReturnType<typeof useDesk>;
