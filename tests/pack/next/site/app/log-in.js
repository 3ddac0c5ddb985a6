'use client';

import { useEffect } from 'react';
import TRTCCalling from 'trtc-calling-wasm';

// As applications do it: at module level, which the server runs, too.
const calling = new TRTCCalling({ SDKAppID: process.env.NEXT_PUBLIC_SDK_APP_ID, server: process.env.NEXT_PUBLIC_SERVER });

export function LogIn() {
  useEffect(() => {
    const query = new URLSearchParams(location.search);
    calling
      .login({ userID: query.get('user'), userSig: query.get('sig') })
      .then(() => (document.title = `${query.get('user')} is logged in`))
      .catch((error) => (document.title = `${error.name} ${error.code}: ${error.message}`));
  }, []);
  return <p>{TRTCCalling.EVENT.SDK_READY}</p>;
}
