/** Scheme, user info, place, and what follows the place, of an address within a text. */
const address = /\b([a-z][a-z0-9+.-]{0,20}:\/\/)(?:[^\s/?#"'\\]*@)?([^\s?#"'\\]*)(?:[?#][^\s"'\\]*)?/gi;

/** A text whose addresses have neither user info nor query nor fragment: passwords, tokens and signatures stand there. */
export const maskAddresses = (text: string): string => text.replace(address, '$1$2');
