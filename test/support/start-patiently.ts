const patienceMs = 110_000;

/** The SDK waits five seconds for the server it has started, and a busy machine may need longer: then it starts another one. */
export async function startPatiently<T>(start: () => Promise<T>): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    try {
      return await start();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
  }
}
