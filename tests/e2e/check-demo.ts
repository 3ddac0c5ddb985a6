// scripts/start --check: one real video call between two headless browsers through the demo page of a running server.
// usage: check-demo.ts URL
import { launch } from './harness/browsers.ts';
import { openDemo, placeDemoCall, problemsOf, type DemoMedia } from './harness/demo.ts';

const url = process.argv[2] ?? '';
const seen = ({ framesDecoded, audioPackets, width, height }: DemoMedia) =>
  `${framesDecoded} frames decoded (${width}x${height}), ${audioPackets} audio packets received`;

const browsers = await Promise.all([launch('chromium'), launch('chromium')]);
try {
  const [alice, bob] = await Promise.all([openDemo(browsers[0], url, 'alice'), openDemo(browsers[1], url, 'bob')]);
  const call = await placeDemoCall(alice, bob);
  console.log(`alice: ${seen(call.caller)}`);
  console.log(`bob:   ${seen(call.callee)}`);
  console.log(`set-up: ${call.setUpMs} ms from Accept until both saw the other`);
  const problems = await problemsOf(alice, bob);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await Promise.all(browsers.map((browser) => browser.close()));
}
