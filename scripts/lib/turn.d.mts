export interface Turn {
  /** As RTCPeerConnection takes them. */
  readonly urls: string[];
  readonly secret: string;
  stop(): Promise<void>;
}

export function ownAddress(): string | undefined;
export function configuration(options: { address: string; port: number; secret: string; realm?: string }): string;
export function startTurn(options: { address: string; port?: number; secret?: string; prefix?: string[] }): Promise<Turn>;
