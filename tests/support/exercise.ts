import type pg from "pg";
import { demonstrationDatabase } from "./database.ts";
import { type Servers, startServers } from "./server.ts";

export type Exercise = Servers & { owner: pg.Pool };

/**
 * Everything that npm start runs, over a copy of the exercise teams that were put in once for the run; `database()` of
 * the test process asks the same copy. Scripts, which have no run around them, take startDemonstration.
 */
export async function startExercise(): Promise<Exercise> {
  const copy = await demonstrationDatabase();
  try {
    const servers = await startServers(copy);
    return {
      ...servers,
      owner: copy.owner,
      stop: async () => {
        await servers.stop();
        await copy.drop();
      },
    };
  } catch (error) {
    await copy.drop();
    throw error;
  }
}
