import TRTCCalling from 'trtc-calling-wasm';
import { LogIn } from './log-in';

// Rendered on the server for every request; the import and the constructor run there.
export const dynamic = 'force-dynamic';

export default function Page() {
  const calling = new TRTCCalling({ SDKAppID: 1 });
  return (
    <main>
      <p id="rendered">{`rendered on the server: ${calling.EVENT.INVITED}`}</p>
      <LogIn />
    </main>
  );
}
