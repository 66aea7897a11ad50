/** Takes secrets out of text that is quoted: lines of logs, answers of servers, objects that are shown. */

/** A bootstrap token: its id and its secret half. @see https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens/ */
const bootstrapToken = /(?<![\w.]|\w-)[a-z0-9]{6}\.[a-z0-9]{16}(?![\w.-])/g;

/** Text between the markers of PEM, also where its line ends are written as `\n`, and also when its end was cut off. @see RFC 7468 */
const pemBlock = /-----BEGIN [A-Z0-9 ]+-----[^]*?(?:-----END [A-Z0-9 ]+-----|$)/g;

/** A whole line of base64: the middle of a PEM block whose first line was cut off. Hexadecimal digits alone are a digest or an id. */
const base64Line = /^(?![0-9a-f]+$)[A-Za-z0-9+/]{60,76}={0,2}$/gm;

/** Three parts in base64url, of which the first two are JSON objects. @see RFC 7519 */
const webToken = /(?<![\w-])eyJ[\w-]+\.eyJ[\w-]*\.[\w-]*/g;

/** Short words after the name of the method are words ("basic authentication"), unless the header is named. @see RFC 6750 and RFC 7617 */
const authorization = /(authorization\W{1,4}(?:bearer|basic)|\b(?:bearer|basic)(?= +[\w.~+/-]{16})) +[\w.~+/-]+=*/gi;

/** Name and password in a URL. */
const userInfo = /(?<=:\/\/)[^\s/@:]+:[^\s/@]+(?=@)/g;

/**
 * 32 bytes in hexadecimal digits, as `--certificate-key` takes them. Digests and the IDs of containers look the same; those
 * stand behind the word that tells what they are.
 */
const certificateKey =
  /(?=[0-9a-f]{64}(?![\w/.@-]))(?<![\w:/.@]|\w-|\bid[=:]\s{0,4}\\{0,4}["']?|\w(?:ID|Id)[=:]\s{0,4}\\{0,4}["']?)[0-9a-f]{64}/g;

/** Returns `text` as it may be told to anybody: also without what may be the key of uploaded certificates. */
export function maskMessage(text: string): string {
  return maskSecrets(text).replace(certificateKey, '<masked key>');
}

/** Returns `text` with `<masked token>` in place of each bootstrap token. */
export function maskBootstrapTokens(text: string): string {
  return text.replace(bootstrapToken, '<masked token>');
}

/** Returns `text` without keys, certificates, tokens and passwords, as far as they can be recognised by their form. */
export function maskSecrets(text: string): string {
  return maskBootstrapTokens(
    text
      .replace(pemBlock, '<masked PEM>')
      .replace(base64Line, '<masked>')
      .replace(webToken, '<masked token>')
      .replace(authorization, '$1 <masked>')
      .replace(userInfo, '<masked>'),
  );
}
