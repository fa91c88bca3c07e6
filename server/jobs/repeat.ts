// Repeats a piece of work, never twice at once, until it is stopped.

/**
 * Runs `work` at once and then `everyMs` after each end. An error goes to `failed`, and the next round comes
 * nevertheless.
 */
export function repeat(
  work: () => Promise<void>,
  everyMs: number,
  failed: (error: unknown) => void,
): () => Promise<void> {
  return repeatAfter(0, work, everyMs, failed);
}

/** As `repeat`, but the first round comes `everyMs` from now: what starts has other things to do. */
export function repeatLater(
  work: () => Promise<void>,
  everyMs: number,
  failed: (error: unknown) => void,
): () => Promise<void> {
  return repeatAfter(everyMs, work, everyMs, failed);
}

function repeatAfter(
  firstMs: number,
  work: () => Promise<void>,
  everyMs: number,
  failed: (error: unknown) => void,
): () => Promise<void> {
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;
  let round: Promise<void> = Promise.resolve();
  const next = (): void => {
    round = work()
      .catch(failed)
      .then(() => {
        if (stopped) return;
        timer = setTimeout(next, everyMs);
        timer.unref();
      });
  };
  if (firstMs === 0) next();
  else {
    timer = setTimeout(next, firstMs);
    timer.unref();
  }
  return async () => {
    stopped = true;
    if (timer !== null) clearTimeout(timer);
    await round;
  };
}
