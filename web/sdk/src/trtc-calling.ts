// The public class: what applications see, and nothing else. Its methods are in api/, what they do in client.ts. Clauses
// in the descriptions are those of the project's behaviour document.
import { hideAliases } from './aliases.js';
import { CLIENT, hide } from './api/inside.js';
import { StateMethods } from './api/state.js';
import { Client } from './client.js';
import { CALL_TYPE, EVENT } from './constants.js';
import { settingsOf } from './options.js';
import type { Options } from './types.js';

/**
 * Audio and video calls of two and of groups over any MQTT broker.
 *
 * Every method returns a promise but `on`, `off`, `setLogLevel`, `extractCallingInfoFromMessage` and those that only
 * read. None but `on` throws. Rejections are {@link TRTCCallingError}s. Methods may be called right after `login()`,
 * before its promise has settled: they wait their turn. No event is emitted from inside a method; a method called from a
 * listener runs after the listener.
 */
class TRTCCalling extends StateMethods {
  /** Names of the events (1.3). */
  static readonly EVENT: typeof EVENT = EVENT;
  /** Kinds of calls (1.3). */
  static readonly CALL_TYPE: typeof CALL_TYPE = CALL_TYPE;

  /** The same as the static member. */
  declare readonly EVENT: typeof EVENT;
  /** The same as the static member. */
  declare readonly CALL_TYPE: typeof CALL_TYPE;
  /** What was passed as `options.tim`; not used (12, D17). */
  declare readonly tim: unknown;

  /**
   * Never throws and touches nothing outside of the object; what is wrong with the options is said by `login()`.
   *
   * @param options - `SDKAppID`, and where the server is (1.2)
   */
  constructor(options: Options) {
    super();
    const settings = settingsOf(options);
    const client = new Client(this, settings);
    hide(this, CLIENT, () => client);
    hide(this, 'tim', settings.tim);
    // Vue 3 and Vue 2 leave such an object as it is.
    hide(this, '__v_skip', true);
    hide(this, '_isVue', true);
  }
}

// Minifiers rename it, consoles and frameworks show it.
hide(TRTCCalling, 'name', 'TRTCCalling');
// Samples of the original read EVENT from the instance (1.3). On the prototype it costs no instance anything.
hide(TRTCCalling.prototype, 'EVENT', EVENT);
hide(TRTCCalling.prototype, 'CALL_TYPE', CALL_TYPE);
hideAliases(TRTCCalling.prototype);

export default TRTCCalling;
