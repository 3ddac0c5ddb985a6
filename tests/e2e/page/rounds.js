// Many calls between two pages, as fast as they go: nothing waits for the wire to the test.
(() => {
  const { EVENT } = window.TRTCCalling;

  const next = (event) =>
    new Promise((resolve) => {
      const on = () => {
        window.trtc.off(event, on);
        resolve();
      };
      window.trtc.on(event, on);
    });

  /** Connected as the application sees it. The transport alone stands earlier: the answer travels ahead of accept(). */
  const connected = () => next(EVENT.ON_CALL_BEGIN);

  /** The caller hangs up every other call. */
  async function place(userID, count) {
    for (let round = 0; round < count; round += 1) {
      const [begun, end] = [connected(), next(EVENT.CALLING_END)];
      await window.trtc.call({ userID, type: 1 });
      await begun;
      if (round % 2 === 0) await window.trtc.hangup();
      await end;
    }
  }

  /** The callee hangs up the others; resolves when `count` calls have ended. */
  async function answer(count) {
    for (let round = 0; round < count; round += 1) {
      const end = next(EVENT.CALLING_END);
      await next(EVENT.INVITED);
      await window.trtc.accept();
      if (round % 2 === 1) await window.trtc.hangup();
      await end;
    }
  }

  window.rounds = { place, answer };
})();
