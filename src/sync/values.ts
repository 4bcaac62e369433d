/**
 * The canonical values that both sides are compared in. JSON only: they are stored as the base and sent through the API.
 *
 * `null` is *empty* (a missing item, `''` and `['']` are all empty). A field that is absent from {@link Fields} is *unavailable*:
 * nobody looked, so it counts as unchanged.
 */
export type Scalar = string | number | boolean;

/** Content that is kept whole and travels beside the record; equality is by name and digest. */
export interface BlobRef {
  /** File name; `''` for rich text. */
  readonly name: string;
  /** Lower-case hex SHA-256 of the bytes. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

export type FieldValue = Scalar | readonly Scalar[] | BlobRef | readonly BlobRef[] | null;

export type Fields = Readonly<Record<string, FieldValue>>;
