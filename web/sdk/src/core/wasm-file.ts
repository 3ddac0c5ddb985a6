// For the module bundle: the Wasm lies beside the script, in the form that bundlers recognise.
export async function wasm(): Promise<ArrayBuffer> {
  const url = new URL('./core.wasm', import.meta.url);
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`${url.href}: HTTP ${response.status}`);
  return response.arrayBuffer();
}
