/**
 * Amounts of resources such as `100m` and `512Mi`, and the one way in which each is written.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */

/** Form of an amount: a decimal number with an optional unit or exponent. */
export const quantityPattern = String.raw`^[+-]?(\d+(\.\d*)?|\.\d+)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?\d+)?$`;

const form = new RegExp(quantityPattern);

export function isQuantity(text: string): boolean {
  return form.test(text);
}

/** Units of thousands by their power; a thousandth of a millionth is the finest amount there is. */
const decimalUnits = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'] as const;
const binaryUnits = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'] as const;
const finest = 1_000_000_000n;

/** Nobody means more, and a power of ten that a text asks for must not cost memory. */
const maxExponent = 100;

/**
 * Returns the amount with the greatest unit that leaves a whole number: `1024Mi` is `1Gi`, `1000m` is `1`, `0.5` is `500m`.
 * Binary units stay binary where that is exact, exponents stay exponents. Returns `text` when it is no amount.
 */
export function canonicalQuantity(text: string): string {
  if (!isQuantity(text)) return text;
  const { negative, digits, decimals, unit, power } = partsOf(text);
  if (Math.abs(power ?? 0) > maxExponent) return text;
  const amount = scaled(BigInt(digits), factorOf(unit, power), decimals);
  if (amount === 0n) return '0';
  return `${negative ? '-' : ''}${printed(amount, unit, power)}`;
}

interface Parts {
  readonly negative: boolean;
  readonly digits: string;
  /** How many of the digits stand behind the point. */
  readonly decimals: number;
  readonly unit: string;
  /** Of ten, when the unit is an exponent. */
  readonly power: number | undefined;
}

function partsOf(text: string): Parts {
  const [, sign, whole = '', fraction = '', unit = ''] = /^([+-]?)(\d*)\.?(\d*)(.*)$/.exec(text) ?? [];
  const power = /^[eE]./.test(unit) && !unit.endsWith('i') ? Number(unit.slice(1)) : undefined;
  return { negative: sign === '-', digits: `${whole}${fraction}`, decimals: fraction.length, unit, power };
}

interface Factor {
  readonly times: bigint;
  /** Negative powers of ten. */
  readonly through: bigint;
}

function factorOf(unit: string, power: number | undefined): Factor {
  if (power !== undefined) return { times: 10n ** BigInt(Math.max(power, 0)), through: 10n ** BigInt(Math.max(-power, 0)) };
  const binary = binaryUnits.indexOf(unit as never);
  if (binary > 0) return { times: 1024n ** BigInt(binary), through: 1n };
  const steps = decimalUnits.indexOf(unit as never) - decimalUnits.indexOf('');
  return { times: 1000n ** BigInt(Math.max(steps, 0)), through: 1000n ** BigInt(Math.max(-steps, 0)) };
}

/** In the finest unit; what is finer still is rounded up, as Kubernetes does. */
function scaled(digits: bigint, { times, through }: Factor, decimals: number): bigint {
  const divisor = through * 10n ** BigInt(decimals);
  return (digits * times * finest + divisor - 1n) / divisor;
}

function printed(amount: bigint, unit: string, power: number | undefined): string {
  if (binaryUnits.indexOf(unit as never) > 0 && amount % finest === 0n && amount / finest >= 1024n) {
    const { rest, steps } = divide(amount / finest, 1024n, binaryUnits.length - 1);
    return `${rest}${binaryUnits[steps] ?? ''}`;
  }
  const { rest, steps } = divide(amount, 1000n, power === undefined ? decimalUnits.length - 1 : Infinity);
  const exponent = (steps - decimalUnits.indexOf('')) * 3;
  if (power !== undefined) return exponent === 0 ? `${rest}` : `${rest}e${exponent}`;
  return `${rest}${decimalUnits[steps] ?? ''}`;
}

/** Divides as often as no rest is left, at most `max` times. */
function divide(amount: bigint, by: bigint, max: number): { readonly rest: bigint; readonly steps: number } {
  let rest = amount;
  let steps = 0;
  for (; steps < max && rest % by === 0n; steps += 1) rest /= by;
  return { rest, steps };
}
