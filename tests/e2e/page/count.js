// Counts what a page gathers when something is forgotten: listeners on what outlives a call, timers, Wasm memory.
(() => {
  const targets = [window, document, navigator.mediaDevices].filter(Boolean);
  const listeners = new Map(targets.map((target) => [target, new Set()]));
  const timers = new Set();
  const memories = [];

  // The same callback for the same phase is one listener, however often it is added.
  const names = new WeakMap();
  let named = 0;
  function keyOf(type, callback, options) {
    if (!names.has(callback)) names.set(callback, (named += 1));
    return `${type} ${names.get(callback)} ${Boolean(typeof options === 'object' ? options?.capture : options)}`;
  }
  const { addEventListener, removeEventListener } = EventTarget.prototype;
  EventTarget.prototype.addEventListener = function (type, callback, options) {
    if (callback) listeners.get(this ?? window)?.add(keyOf(type, callback, options));
    return addEventListener.call(this ?? window, type, callback, options);
  };
  EventTarget.prototype.removeEventListener = function (type, callback, options) {
    if (callback) listeners.get(this ?? window)?.delete(keyOf(type, callback, options));
    return removeEventListener.call(this ?? window, type, callback, options);
  };

  const { setTimeout: later, setInterval: repeat, clearTimeout: cancel } = window;
  window.setTimeout = (callback, ms, ...args) => {
    const id = later(() => {
      timers.delete(id);
      callback(...args);
    }, ms);
    timers.add(id);
    return id;
  };
  window.setInterval = (callback, ms, ...args) => {
    const id = repeat(callback, ms, ...args);
    timers.add(id);
    return id;
  };
  window.clearTimeout = window.clearInterval = (id) => {
    timers.delete(id);
    cancel(id);
  };

  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...args) => {
    const result = await instantiate(...args);
    const { exports } = result.instance ?? result;
    memories.push(...Object.values(exports).filter((value) => value instanceof WebAssembly.Memory));
    return result;
  };

  window.counted = () => ({
    listeners: [...listeners.values()].reduce((sum, keys) => sum + keys.size, 0),
    timers: timers.size,
    wasmBytes: memories.map(({ buffer }) => buffer.byteLength),
  });
})();
