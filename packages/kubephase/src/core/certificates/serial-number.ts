/** Serial numbers of certificates. */

const largest = 2n ** 63n - 2n;

/** Returns a random number from 1 to 2^63−2, each as likely as the other. */
export function serialNumber(randomBytes: (length: number) => Uint8Array): bigint {
  for (;;) {
    const value = BigInt.asUintN(63, Buffer.from(randomBytes(8)).readBigUInt64BE());
    if (value >= 1n && value <= largest) return value;
  }
}
