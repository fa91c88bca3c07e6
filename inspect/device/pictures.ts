// Pictures that only a signed-in phone may see. An image's own request carries no proof, so they are fetched and shown
// as blobs; they are kept in memory alone and gone when the app is closed.

import type { AppServer } from './server.ts';

export class Pictures {
  private readonly server: AppServer;
  private readonly addresses = new Map<string, string>();

  constructor(server: AppServer) {
    this.server = server;
  }

  /** What an image shows for a path of ours; null: it has not come. */
  addressOf(path: string): string | null {
    return this.addresses.get(path) ?? null;
  }

  /** Fetches those that are not here yet. @returns whether one came */
  async load(paths: readonly string[]): Promise<boolean> {
    let came = false;
    for (const path of paths.filter((one) => !this.addresses.has(one))) {
      const bytes = await this.server.file(path, () => undefined);
      if (!(bytes instanceof Uint8Array)) continue;
      this.addresses.set(path, URL.createObjectURL(new Blob([bytes])));
      came = true;
    }
    return came;
  }

  drop(): void {
    for (const address of this.addresses.values()) URL.revokeObjectURL(address);
    this.addresses.clear();
  }
}
