/** How often each kind of thing happened, over all histories. */
export class Coverage {
  readonly counts: Record<string, number> = {};

  hit(name: string, times = 1): void {
    this.counts[name] = (this.counts[name] ?? 0) + times;
  }

  add(others: Readonly<Record<string, number>>): void {
    for (const [name, times] of Object.entries(others)) this.hit(name, times);
  }
}
