/** The key pair with which tokens of service accounts are signed and verified. */

/** Paths below the certificates folder. */
export const serviceAccountKeys = { privateKey: 'sa.key', publicKey: 'sa.pub' } as const;
