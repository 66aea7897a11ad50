/** Compares the names that a certificate holds with those that the configuration asks for. */
import type { AltNames } from '../../formats/x509/names.ts';

/** Returns the wanted names that are not covered; a wildcard covers one label. */
export function missingNames(held: AltNames, wanted: AltNames): readonly string[] {
  return [
    ...wanted.dnsNames.filter((name) => !coversDnsName(held.dnsNames, name)),
    ...wanted.ipAddresses.filter((address) => !held.ipAddresses.includes(address)),
  ];
}

function coversDnsName(held: readonly string[], wanted: string): boolean {
  const wildcard = wanted.replace(/^[^.]+\./, '*.');
  return held.some((name) => [wanted, wildcard].includes(name.toLowerCase()));
}
