// One server and one browser for the tests of one file.
import { after, before } from 'node:test';
import { join } from 'node:path';
import type { Browser } from 'puppeteer-core';
import { launch } from '../../e2e/harness/browsers.ts';
import { Server } from '../../e2e/harness/server.ts';
import { here } from './packed.ts';

export interface Place {
  browser: Browser;
  server: Server;
  /** The address of a file of an application. */
  address(application: string, file: string): string;
}

/** Registers the hooks of the file. `flags` are further settings of the server. */
export function openPlace(flags: string[] = []): Place {
  const place = {
    address: (application: string, file: string) => `${place.server.url}${application}/${file}`,
  } as Place;
  before(async () => {
    // The server sends the strict Content-Security-Policy with everything.
    [place.server, place.browser] = await Promise.all([Server.start({ demoDir: join(here, '.cache'), flags }), launch('chromium')]);
  });
  after(async () => {
    await place.browser?.close();
    await place.server?.stop();
  });
  return place;
}
