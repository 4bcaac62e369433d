import { SERVER_LIMITS, type ServerLimits } from '../wire/limits.ts';

export interface ProtonLimits extends ServerLimits {
  /** Bytes of a stream held for a slow consumer where the module cannot pause. */
  readonly streamBufferBytes: number;
}

export const DEFAULT_LIMITS: ProtonLimits = { ...SERVER_LIMITS, streamBufferBytes: 256 * 1024 * 1024 };
