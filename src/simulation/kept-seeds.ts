/** Seeds whose histories once broke a promise, or were once taken for it: they run again with `--kept`. */
export const KEPT_SEEDS: readonly number[] = [
  139, 20298, 20736, 40023, 40047, 40051, 40085, 40118, 40147, 40278, 40617, 40824, 40961, 50075, 50265,
  50343, 50388, 50670, 61339, 61790, 62265, 62880, 65488, 65607,
  // A union whose write to Notes failed, and a member who then took out what had just come.
  1306,
  // The same with a write to Notes that came late, and a person at a Notes client who took it out again.
  1490,
  // A process that dies while only the other one has a call of its own to wait for.
  100200,
  // A member deletes a record, and the note loses its release before the bridge has heard of the deletion: the withdrawal undid it.
  200235,
  // A person saves while a server carries out a write: to everybody else it happens at once.
  200672,
  // A member deletes what they had brought into being, and the officer's answer, the first thing that anybody filled in, went along.
  202670,
  // A withdrawal that reached the handbook alone, because the lease had lapsed: the release was lost all the same.
  1795600439,
  // A record that was there before the bridge, joined by its key and not merged yet, went with its note because they agreed in part.
  60173,
  // The same record, whose note loses its release before the two are merged.
  60187,
  // A create whose answer was lost, while the pull is paused: both sides hold all of it, and its base is known.
  20044,
  // A note that was joined by its key, hidden by Readers, and classified when they let it be seen again: its record stayed.
  20008,
  // A record that a note under another UNID has taken over since it came back.
  20003353,
  // What was seen as a deletion and comes back as an update, one more than the lane may do: it waited and nobody was told.
  20006185,
];
