/** Names of what phases make: a problem names what mends it, and the run tells which command makes that. */

/** @param file such as `admin.conf` */
export const kubeconfigResult = (file: string): string => `kubeconfig file ${file}`;

/** @param component such as `kube-apiserver` */
export const manifestResult = (component: string): string => `static Pod manifest of ${component}`;

/** @param base path below the certificates folder, without ending */
export const authorityResult = (base: string): string => `certificate authority ${base}`;

export const serviceAccountKeysResult = 'key pair of the service accounts';
export const bootstrapTokensResult = 'bootstrap tokens';
export const uploadedCertificatesResult = 'uploaded certificates';
