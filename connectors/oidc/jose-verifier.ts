import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { IssuerUnreachable, type TokenVerifier } from './port.ts';

export interface IssuerSettings {
  /** Compared exactly with `iss`. */
  readonly issuer: string;
  /** Must be among `aud`. */
  readonly audience: string;
  readonly jwksUri: string;
  /** Claim that holds the account's name. */
  readonly accountClaim: string;
  /** By how much the issuer's clock may differ from ours, seconds. */
  readonly clockToleranceSeconds: number;
}

/** Signatures by a key pair only: with a shared secret, whoever can check a token can make one. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/**
 * Tokens of an OpenID provider, checked with its published keys: signature, issuer, audience, expiry. Keys are kept for ten minutes; a token signed with
 * an unknown key has them fetched anew, at most every `cooldownMs`, so that a rotation needs no restart and made-up key ids no flood.
 */
export function createJoseVerifier(
  settings: IssuerSettings,
  clock: { now(): number },
  cooldownMs = 30_000,
): TokenVerifier {
  const keys = createRemoteJWKSet(new URL(settings.jwksUri), {
    timeoutDuration: 5_000,
    cooldownDuration: cooldownMs,
  });
  return {
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, keys, {
          issuer: settings.issuer,
          audience: settings.audience,
          algorithms: ALGORITHMS,
          clockTolerance: settings.clockToleranceSeconds,
          requiredClaims: ['exp', settings.accountClaim],
          currentDate: new Date(clock.now()),
        });
        const name = payload[settings.accountClaim];
        return typeof name === 'string' ? name.toLowerCase() : null;
      } catch (error) {
        if (isRefusal(error)) return null;
        throw new IssuerUnreachable('The keys of the token issuer cannot be fetched');
      }
    },
  };
}

/** The token's own fault; everything else is the issuer's or the network's. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof errors.JWTClaimValidationFailed ||
    error instanceof errors.JWTExpired ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys
  );
}
