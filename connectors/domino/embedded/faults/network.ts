import type { Random } from '../engine/seeded-random.ts';

/** A way to the server. */
export interface Network {
  readonly bitsPerSecond: number;
  /** There and back, milliseconds. */
  readonly roundTripMs: number;
  /** Share of packets that are lost, from 0 to below 1. */
  readonly loss: number;
}

/** An office's own network, and a branch on a slow line of the Party's WAN. */
export const NETWORKS = {
  lan: { bitsPerSecond: 1_000_000_000, roundTripMs: 0.4, loss: 0 },
  wan: { bitsPerSecond: 2_000_000, roundTripMs: 200, loss: 0.01 },
} as const satisfies Readonly<Record<string, Network>>;

/** Payload of a packet on Ethernet, and the least time TCP waits before it sends a lost one again (RFC 6298 and common practice). */
const PACKET_BYTES = 1460;
const LEAST_RESEND_MS = 200;

/**
 * Milliseconds from the first bit sent to the last one received: half a round trip, the bytes at the line's speed, and for every lost packet the time until it
 * is sent again. Windows and slow start are left out, so a real line is rather slower.
 */
export function transferMs(network: Network, bytes: number, random: Random): number {
  const packets = Math.max(1, Math.ceil(bytes / PACKET_BYTES));
  let resends = 0;
  if (network.loss > 0) {
    for (let packet = 0; packet < packets; packet++) while (random() < network.loss) resends += 1;
  }
  const resendMs = Math.max(LEAST_RESEND_MS, network.roundTripMs);
  return network.roundTripMs / 2 + (bytes * 8000) / network.bitsPerSecond + resends * resendMs;
}
