import type { Candidate } from '../core/protocol.js';
import { inNextTask } from './next-task.js';

/** Gathers local candidates and hands them on in batches: gathering finds several within a few milliseconds. */
export class CandidateBatch {
  private found: Candidate[] = [];
  private cancel: (() => void) | undefined;

  constructor(private readonly deliver: (candidates: Candidate[]) => void) {}

  /** The end of gathering (null, or an empty candidate in some browsers) is nobody's concern: ICE trickles. */
  add(candidate: RTCIceCandidate | null): void {
    if (candidate === null || candidate.candidate === '') return;
    this.found.push({
      candidate: candidate.candidate,
      mid: candidate.sdpMid ?? '',
      line: candidate.sdpMLineIndex ?? 0,
      fragment: candidate.usernameFragment ?? '',
    });
    this.cancel ??= inNextTask(() => this.flush());
  }

  dispose(): void {
    this.cancel?.();
    this.found = [];
  }

  private flush(): void {
    const batch = this.found;
    this.found = [];
    this.cancel = undefined;
    this.deliver(batch);
  }
}

/** An empty fragment is one that the sender's browser did not tell; naming it would match no description. */
export function toCandidateInit(candidate: Candidate): RTCIceCandidateInit {
  return {
    candidate: candidate.candidate,
    sdpMid: candidate.mid === '' ? null : candidate.mid,
    sdpMLineIndex: candidate.line,
    ...(candidate.fragment === '' ? {} : { usernameFragment: candidate.fragment }),
  };
}
