const EVERY_MS = 200;

/** Greatest resident memory of this process, in MB, seen while `work` ran; embedded Domino included. */
export async function watchMemory<T>(
  work: () => Promise<T>,
): Promise<{ readonly value: T; readonly mb: number }> {
  let most = 0;
  const look = () => {
    most = Math.max(most, process.memoryUsage.rss());
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  try {
    const value = await work();
    look();
    return { value, mb: most / 1024 / 1024 };
  } finally {
    clearInterval(timer);
  }
}
