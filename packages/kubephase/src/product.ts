/** Who we are: names and versions that texts and outputs share. */

/** Version of this package; a test compares it with package.json. */
export const productVersion = '0.1.0';

/** The kubeadm release whose behaviour is the reference. */
export const referenceVersion = 'v1.36.2';

/** Kubernetes minors that can be deployed, first and last. */
export const supportedRange = { first: '1.20', last: '1.37' } as const;

export type ProgramName = 'kubephase' | 'kubeadm';

/** The name under which the program was started decides what its texts call it (decision 0004). */
export function programNameOf(path: string): ProgramName {
  const last = path.split(/[\\/]/).at(-1) ?? '';
  return last.replace(/\.(js|exe)$/, '') === 'kubeadm' ? 'kubeadm' : 'kubephase';
}
