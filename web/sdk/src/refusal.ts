// Errors of the core in the words of the method that they answer. Applications have matched these sentences
// (behaviour document, 3.0 and 3.1).
import type { CallStatus, CoreError } from './core/protocol.js';
import { codeOf, describe, sentence, TRTCCallingError } from './errors.js';

/** The three words of 1.0.6 (section 2): there, a caller was "connected" as soon as its own devices were open. */
export const statusWords: Readonly<Record<CallStatus, 'idle' | 'calling' | 'connected'>> = {
  idle: 'idle',
  dialing: 'calling',
  inviting: 'connected',
  ringing: 'calling',
  accepting: 'calling',
  in_call: 'connected',
};

function words(method: string, { code, detail }: CoreError, status: CallStatus): string {
  switch (code) {
    case codeOf('NOT_LOGGED_IN'):
      return `TRTCCalling.${method === 'call' ? 'calling' : method} - not login: ${describe(code).remedy}`;
    case codeOf('WRONG_STATE'):
      return `TRTCCalling.${method} - CALL_STATUS: ${statusWords[status]}`;
    case codeOf('INVALID_PARAMETER'):
      return `TRTCCalling.${method} - params error: ${detail}`;
    default:
      return `TRTCCalling.${method} - ${sentence(code, detail)}`;
  }
}

export const refusal = (method: string, error: CoreError, status: CallStatus): TRTCCallingError =>
  new TRTCCallingError(error.code, error.detail, words(method, error, status));
