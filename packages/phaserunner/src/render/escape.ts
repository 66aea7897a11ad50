/** Makes text harmless to show: what a terminal, or the order in which it is read, would act upon is written as its code. */

/**
 * C0 without tab and line feed, DEL, C1, the line separators of Unicode, and the marks that change the direction of text.
 * @see https://www.unicode.org/reports/tr36/#Bidirectional_Text_Spoofing
 */
const classes = String.raw`\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069`;
const acting = new RegExp(`\r\n|[${classes}]`, 'gu');
const actingInJson = new RegExp(`[${classes}]`, 'gu');

/** Returns `text` with `\xNN` or `\uNNNN` in place of what acts. Line ends and tabs stay. Calling it again changes nothing. */
export function escapeText(text: string): string {
  return text.replace(acting, (found) => {
    if (found === '\r\n') return found;
    const code = found.charCodeAt(0);
    return code <= 0xff ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`;
  });
}

/** Returns `value` as JSON in which nothing acts: `JSON.stringify` itself escapes only C0. @param indent blanks for each level */
export function jsonText(value: unknown, indent?: number): string {
  // Outside of strings JSON has none of these, and in them each may be written as its code.
  return JSON.stringify(value, undefined, indent).replace(actingInJson, (found) => `\\u${hex(found.charCodeAt(0), 4)}`);
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, '0');
}
