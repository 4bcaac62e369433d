import { Client, type Notification } from 'pg';

/** More distinct notifications than this would mean that nobody ever listens on this client. */
const MOST_KEPT = 1000;

/**
 * A client that keeps notifications which arrive while nobody listens and hands them to the next listener. BullMQ listens only between two
 * reads, and what is published in between would be noticed at its next poll, seconds later. Equal notifications are kept once: they are
 * wake-up calls, not data.
 */
export class BufferingClient extends Client {
  readonly #kept = new Map<string, Notification>();

  override on(event: string, listener: (...args: never[]) => void): this {
    super.on(event as 'end', listener);
    if (event === 'notification' && this.#kept.size > 0) process.nextTick(() => this.#deliver());
    return this;
  }

  override emit(event: string | symbol, ...args: unknown[]): boolean {
    if (event === 'notification' && this.listenerCount('notification') === 0) {
      this.#keep(args[0] as Notification);
      return false;
    }
    return super.emit(event, ...args);
  }

  #keep(notification: Notification): void {
    const key = `${notification.channel}\u0000${notification.payload ?? ''}`;
    this.#kept.delete(key);
    this.#kept.set(key, notification);
    if (this.#kept.size > MOST_KEPT) {
      const oldest = this.#kept.keys().next();
      if (!oldest.done) this.#kept.delete(oldest.value);
    }
  }

  #deliver(): void {
    if (this.listenerCount('notification') === 0) return;
    const kept = [...this.#kept.values()];
    this.#kept.clear();
    for (const notification of kept) this.emit('notification', notification);
  }
}
