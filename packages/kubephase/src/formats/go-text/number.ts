/** Prints numbers as Go's `%v` does. */

/** Whole numbers are Go integers, of up to 64 bits. */
const integerLimit = 2 ** 63;

/**
 * Returns whole numbers in digits, others in the fewest digits that tell them apart, with an exponent below
 * 0.0001 and from 1e+06 on.
 * @see https://pkg.go.dev/fmt, verb %g
 */
export function printNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < integerLimit) return BigInt(value).toString();
  const scientific = value.toExponential();
  const exponent = Number(scientific.slice(scientific.indexOf('e') + 1));
  return exponent >= -4 && exponent < 6 ? String(value) : padExponent(scientific);
}

/** Go writes at least two digits of an exponent. */
function padExponent(scientific: string): string {
  return scientific.replace(/e([+-])(\d)$/, 'e$10$2');
}
