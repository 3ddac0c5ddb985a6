// One participant: an SDK object whose methods are called from outside and whose events are kept in order.
(() => {
  const { media, watched } = window;
  const { EVENT } = window.TRTCCalling;

  // CALL_END and CALLING_END are one event.
  const keyOf = new Map(Object.entries(EVENT).map(([key, name]) => [name, key]));
  const events = [];
  let trtc;

  const plain = (value) => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

  function create(options) {
    trtc = new window.TRTCCalling(options);
    trtc.setLogLevel(2);
    for (const [name, key] of keyOf) {
      trtc.on(name, (payload) => events.push({ key, payload: plain(payload) ?? null, at: performance.now() }));
    }
    window.trtc = trtc;
  }

  /** Errors travel as values: the wire to the test keeps neither code nor class. */
  async function invoke(method, args) {
    const started = performance.now();
    try {
      const value = await trtc[method](...args);
      return { ok: true, value: plain(value) ?? null, started, settled: performance.now() };
    } catch (error) {
      return { ok: false, name: error?.name, message: String(error?.message ?? error), code: error?.code ?? null };
    }
  }

  /** Waits until `count` events that `keys` holds have come after `from`, or the time is up; gives what there is. */
  async function eventsAfter(from, keys, count, ms) {
    const found = () => events.slice(from).filter(({ key }) => keys.includes(key));
    await media.until('', ms, () => (found().length >= count ? true : undefined)).catch(() => undefined);
    return { events: found(), seen: events.length };
  }

  /** A place for this user's picture. */
  function containerFor(userID) {
    const id = `remote-${userID}`;
    if (document.getElementById(id)) return;
    const container = document.createElement('div');
    container.id = id;
    container.className = 'view';
    document.body.append(container);
  }

  window.lab = { create, containerFor, invoke, eventsAfter, events: () => events, problems: () => watched.problems };
})();
