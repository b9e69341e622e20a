import type { RequestParameters } from 'maplibre-gl';

/** Our own server is told that the page is ours; anybody else gets the bare request, without cookies or a header of ours. */
export function requestFor(url: string, origin: string): RequestParameters {
  const isOwn = new URL(url, origin).origin === origin;
  return isOwn ? { url, headers: { 'X-Yunge': '1' }, credentials: 'same-origin' } : { url };
}
