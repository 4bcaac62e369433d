import { signal } from '@preact/signals';
import type { Overview } from '../../operations/overview.ts';
import { addressOf } from './api.ts';

/** The newest overview; null until the first has come. */
export const overview = signal<Overview | null>(null);
export const connected = signal(false);
/** Now, as the server tells it; moves on every second so that ages are right without a request. */
export const now = signal(Date.now());

let ahead = 0;

/** Follows the server's events for as long as the page is open; the browser comes back by itself after a break. */
export function follow(): void {
  const source = new EventSource(addressOf('/overview/stream'));
  source.addEventListener('open', () => {
    connected.value = true;
  });
  source.addEventListener('error', () => {
    connected.value = false;
    // A refused request (an ended session) is not tried again by the browser.
    if (source.readyState === EventSource.CLOSED) setTimeout(follow, 5_000);
  });
  source.addEventListener('overview', (event) => {
    const fresh = JSON.parse((event as MessageEvent<string>).data) as Overview;
    ahead = Date.parse(fresh.at) - Date.now();
    now.value = Date.now() + ahead;
    overview.value = fresh;
    connected.value = true;
  });
  setInterval(() => {
    now.value = Date.now() + ahead;
  }, 1_000);
}
