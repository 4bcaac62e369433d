/** Port: who a token of another issuer says is calling. */
export interface TokenVerifier {
  /**
   * The account name that a valid token names, in lower case, or null for every other token. Fails with {@link IssuerUnreachable} where the issuer's
   * keys are needed and cannot be had.
   */
  verify(token: string): Promise<string | null>;
}

export class IssuerUnreachable extends Error {
  override readonly name = 'IssuerUnreachable';
}
