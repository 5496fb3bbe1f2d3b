// Saving as often as it is asked for, and no oftener than the disk can: whoever asks while a save is
// under way shares the next one, which holds their change too.

/** The function resolves once a save that began after the call has ended, and rejects if it failed. */
export function coalescedSave(save: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function start(): Promise<void> {
    next = undefined;
    running = save().finally(() => {
      running = undefined;
    });
    return running;
  }

  return () => {
    if (running === undefined) return start();
    next ??= running.then(start, start);
    return next;
  };
}
