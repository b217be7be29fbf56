/** When a break is due, and a message of the browser that says so. */

/** Working days (Monday is 0) and the minutes of such a day at which a break is due. */
export type Times = { readonly days: readonly number[]; readonly minutes: readonly number[] };

/** A break that was due longer ago than this is left out: the machine slept, or nobody was here. */
const LATE_MIN = 10;
const DAY_MIN = 24 * 60;

/** Return the weekday as the settings count it. */
export function weekday(at: Date): number {
  return (at.getDay() + 6) % 7;
}

function minuteOf(at: Date): number {
  return at.getHours() * 60 + at.getMinutes();
}

/** Return the key of the break that is due now, so that each is told once; null when none is. */
export function dueNow({ days, minutes }: Times, now: Date): string | null {
  if (!days.includes(weekday(now))) return null;
  const minute = minuteOf(now);
  const due = minutes.filter((one) => one <= minute && minute - one < LATE_MIN).pop();
  return due === undefined ? null : `${now.getFullYear()}-${now.getMonth() + 1}-${now.getDate()} ${due}`;
}

/** Return when the next break is due; null when there is none in a week. */
export function nextDue({ days, minutes }: Times, now: Date): Date | null {
  const sorted = [...minutes].sort((a, b) => a - b);
  for (let ahead = 0; ahead <= 7; ahead += 1) {
    const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + ahead);
    if (!days.includes(weekday(day))) continue;
    const minute = sorted.find((one) => ahead > 0 || one > minuteOf(now));
    if (minute !== undefined && minute < DAY_MIN) return new Date(day.getFullYear(), day.getMonth(), day.getDate(), Math.floor(minute / 60), minute % 60);
  }
  return null;
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** Return a moment as one says it today: `at 10:00`, `on Monday at 10:00`. */
export function momentWords(at: Date, now: Date): string {
  const clock = `at ${String(at.getHours()).padStart(2, "0")}:${String(at.getMinutes()).padStart(2, "0")}`;
  return at.toDateString() === now.toDateString() ? clock : `on ${WEEKDAYS[weekday(at)] ?? ""} ${clock}`;
}

/** Return what the page says of its reminders. */
export function stateWords(permission: string, wanted: boolean, times: Times, now: Date): string {
  if (!wanted) return "";
  if (permission === "unsupported") return "This browser shows no messages here. A calendar entry does, on any device.";
  if (permission === "denied") return "This browser was told not to show messages of Openback. The lock beside the address changes that.";
  if (permission !== "granted") return "One more step: this browser asks whether it may show you messages.";
  const next = nextDue(times, now);
  return next === null ? "No break is due in the next days." : `The next one is ${momentWords(next, now)}, as long as a page of Openback is open.`;
}

/** Show a message; a click on it leads to an address. Phones show messages through their service worker only. */
export async function notify(title: string, body: string, url: string, icon: string): Promise<boolean> {
  if (!("Notification" in globalThis) || Notification.permission !== "granted") return false;
  const options = { body, icon, tag: title, data: { url } };
  try {
    const shown = new Notification(title, options);
    shown.addEventListener("click", () => {
      window.focus();
      if (url !== "") location.assign(url);
    });
    return true;
  } catch {
    const worker = await navigator.serviceWorker?.getRegistration().catch(() => undefined);
    if (worker === undefined) return false;
    await worker.showNotification(title, options).catch(() => undefined);
    return true;
  }
}

/** Return what the browser allows: granted, denied, default, or unsupported. */
export function permissionNow(): string {
  return "Notification" in globalThis ? Notification.permission : "unsupported";
}
