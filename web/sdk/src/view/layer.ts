const layerId = '_trtc_calling_layer';

/**
 * A remote user's place in the page's hidden layer, where the sound lives while there is no view. The layer belongs to
 * the page: every SDK object uses the one that is there, and the last place that goes takes it along.
 */
export class HiddenPlace {
  private readonly node = document.createElement('div');

  constructor(userID: string) {
    this.node.id = `_trtc_calling_audio_call-${userID}`;
  }

  /** Moves `player` here, unless it is here. */
  take(player: HTMLElement): void {
    this.ensure();
    if (player.parentNode !== this.node) this.node.append(player);
  }

  /** Whoever empties the body must not silence a call for longer than to the next change of it. */
  ensure(): void {
    if (!this.node.isConnected) layer().append(this.node);
  }

  remove(): void {
    this.node.remove();
    const found = document.getElementById(layerId);
    if (found?.childElementCount === 0) found.remove();
  }
}

function layer(): HTMLElement {
  const found = document.getElementById(layerId);
  if (found !== null) return found;
  const created = document.createElement('div');
  created.id = layerId;
  created.style.display = 'none';
  document.body.append(created);
  return created;
}
