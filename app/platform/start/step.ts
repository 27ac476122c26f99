/** Names a step once it has taken a second, and says how long it took when it is done. */
export async function step<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  const started = Date.now();
  let told = false;
  const timer = setTimeout(() => {
    told = true;
    process.stdout.write(`${what} …`);
  }, 1000);
  const tell = (how: string) => told && process.stdout.write(` ${how}\n`);
  try {
    const result = await work();
    tell(`${((Date.now() - started) / 1000).toFixed(1)} s`);
    return result;
  } catch (error) {
    tell("failed");
    throw error;
  } finally {
    clearTimeout(timer);
  }
}
