// Debian's browsers with fake devices. Nothing is downloaded: CHROMIUM and FIREFOX name other executables.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser } from 'puppeteer-core';
import { chirps } from './tone.ts';

export type BrowserName = 'chromium' | 'firefox';

export interface BrowserOptions {
  /** Leave the autoplay policy as users have it. */
  strictAutoplay?: boolean;
  /** The user refuses the microphone and the camera. */
  denied?: boolean;
  /** The machine has no camera. */
  noCamera?: boolean;
  /** How many cameras the machine has; one, unless told. Chromium only. */
  cameras?: number;
  /** The network namespace that it lives in. Chromium only. */
  namespace?: string;
  /** An origin that may use devices though it is not secure. Chromium only. */
  trustedOrigin?: string;
}

// Longer than any patience of the tests, which then say better what they missed.
const PROTOCOL_TIMEOUT = 60_000;

export function launch(name: BrowserName, options: BrowserOptions = {}): Promise<Browser> {
  return name === 'chromium' ? launchChromium(options) : launchFirefox(options);
}

async function launchChromium({ strictAutoplay, denied, noCamera, cameras = 1, namespace, trustedOrigin }: BrowserOptions): Promise<Browser> {
  const folder = mkdtempSync(join(tmpdir(), 'trtc-e2e-sound-'));
  const sound = join(folder, 'chirps.wav');
  writeFileSync(sound, chirps());
  const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  const launcher = join(folder, 'chromium');
  if (namespace) writeFileSync(launcher, `#!/bin/sh\nexec ip netns exec ${namespace} ${chromium} "$@"\n`, { mode: 0o755 });
  const browser = await puppeteer.launch({
    executablePath: namespace ? launcher : chromium,
    pipe: true,
    protocolTimeout: PROTOCOL_TIMEOUT,
    args: [
      // Tests run as root in containers.
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      denied ? '--deny-permission-prompts' : '--use-fake-ui-for-media-stream',
      `--use-fake-device-for-media-stream=${noCamera ? 'device-count=0' : `device-count=${cameras},fps=15`}`,
      `--use-file-for-fake-audio-capture=${sound}`,
      ...(trustedOrigin ? [`--unsafely-treat-insecure-origin-as-secure=${trustedOrigin}`] : []),
      ...(strictAutoplay ? [] : ['--autoplay-policy=no-user-gesture-required']),
    ],
  });
  browser.once('disconnected', () => rmSync(folder, { recursive: true, force: true }));
  return browser;
}

function launchFirefox({ strictAutoplay, denied }: BrowserOptions): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    protocolTimeout: PROTOCOL_TIMEOUT,
    executablePath: process.env['FIREFOX'] ?? '/usr/bin/firefox-esr',
    extraPrefsFirefox: {
      'media.navigator.streams.fake': true,
      'media.navigator.permission.disabled': !denied,
      ...(denied ? { 'permissions.default.microphone': 2, 'permissions.default.camera': 2 } : {}),
      'media.peerconnection.ice.obfuscate_host_addresses': false,
      ...(strictAutoplay ? { 'media.autoplay.default': 1 } : { 'media.autoplay.default': 0, 'media.autoplay.blocking_policy': 0 }),
    },
  });
}
