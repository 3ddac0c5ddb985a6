/** Asks the network for core.wasm. */
export async function request(url: string | URL): Promise<Response> {
  const response = await fetch(url, { credentials: 'same-origin' });
  if (!response.ok) throw new Error(`${String(url)}: HTTP ${response.status}`);
  return response;
}
