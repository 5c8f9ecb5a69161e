/** Calling somebody: a sound and a desktop notification, each only where the person asked for it. */

import type { Alert } from "./live/protocol";
import { aspectName, ruleName } from "./text/labels";

/** Two soft notes: heard, not hated. */
export function chime(): void {
  const audio = new AudioContext();
  [660, 880].forEach((pitch, at) => {
    const start = audio.currentTime + at * 0.16;
    const volume = audio.createGain();
    volume.gain.setValueAtTime(0.0001, start);
    volume.gain.exponentialRampToValueAtTime(0.12, start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.4);
    const note = audio.createOscillator();
    note.frequency.value = pitch;
    note.connect(volume).connect(audio.destination);
    note.start(start);
    note.stop(start + 0.45);
  });
  setTimeout(() => void audio.close(), 1000);
}

export function notify(alerts: readonly Alert[]): void {
  if (!("Notification" in window) || Notification.permission !== "granted") return;
  for (const alert of alerts.slice(0, 3)) {
    const shown = new Notification(`严重度 ${alert.severity} · ${alert.brand || "全部品牌"}`, {
      body: alert.title || [ruleName(alert.rule), aspectName(alert.aspect), `${alert.count} 条`].filter(Boolean).join(" · "),
      tag: alert.id,
    });
    shown.onclick = () => {
      window.focus();
      document.getElementById(`alert-${alert.id}`)?.focus();
      shown.close();
    };
  }
}

/** Whether notifications may be shown, after asking. */
export async function askToNotify(): Promise<boolean> {
  return "Notification" in window && (await Notification.requestPermission()) === "granted";
}
