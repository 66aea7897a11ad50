/** The secret values of a cluster, and looking for them in whatever was printed. */
import { succeeded, type Node } from '../machine/node.ts';
import { readObjects } from './cluster.ts';

export interface Secret {
  /** Such as `private key in /etc/kubernetes/pki/ca.key`. */
  readonly name: string;
  /** Texts that show a part of it; each is long enough not to occur by chance. */
  readonly parts: readonly string[];
}

/** A part of a key that is worth a find. Lines of keys are cut into such, so that shortened ones are found too. */
const partLength = 32;

/** An RSA key begins with its modulus, which its certificate has too: what is secret begins behind it. */
const publicLines = 7;

/** Private keys in PEM form and in base64 of it, as in a kubeconfig file. */
export function privateKeys(file: string, content: string): readonly Secret[] {
  const encoded = [...content.matchAll(/client-key-data: (\S+)/g)].map(([, data = '']) => Buffer.from(data, 'base64').toString());
  const blocks = [content, ...encoded].flatMap(
    (text) => text.match(/-----BEGIN RSA PRIVATE KEY-----\n[^-]*-----END RSA PRIVATE KEY-----\n/g) ?? [],
  );
  return blocks.map((pem) => ({ name: `private key in ${file}`, parts: [...partsOfPem(pem), ...partsOfBase64(pem)] }));
}

function partsOfPem(pem: string): readonly string[] {
  return pem
    .split('\n')
    .slice(1 + publicLines, -2)
    .flatMap(cut);
}

/** The second half holds no part of the modulus; the last line is the same in all keys. */
function partsOfBase64(pem: string): readonly string[] {
  const text = Buffer.from(pem).toString('base64');
  return cut(text.slice(Math.ceil(text.length / 2), -64));
}

function cut(text: string): readonly string[] {
  return (text.match(/.{1,32}/g) ?? []).filter(({ length }) => length === partLength);
}

/** A short secret, as it is and in base64. @param value at least 16 characters */
export function shortSecret(name: string, value: string): Secret {
  return { name, parts: [value, Buffer.from(value).toString('base64').replace(/=+$/, '')] };
}

/** All private keys below /etc/kubernetes and all tokens in the cluster. */
export async function secretsOf(node: Node): Promise<readonly Secret[]> {
  const files = succeeded(await node.run(['find', '/etc/kubernetes', '-type', 'f'])).split('\n');
  const objects = await readObjects(node, 'secrets', '--field-selector=type=bootstrap.kubernetes.io/token');
  const tokens = objects.map(({ metadata, data }) =>
    shortSecret(metadata.name, Buffer.from(data?.['token-secret'] ?? '', 'base64').toString()),
  );
  return [...files.flatMap((file) => privateKeys(file, node.files.read(file))), ...tokens];
}

/** Names of the secrets of which the text shows a part. */
export function found(secrets: readonly Secret[], text: string): readonly string[] {
  return secrets.filter(({ parts }) => parts.some((part) => text.includes(part))).map(({ name }) => name);
}
