import { hash } from 'bcryptjs';
import { randomInt } from 'node:crypto';

export interface KubeadminPassword {
  password: string;
  bcryptHash: string;
}

/** Letters and digits that are not taken for each other when read aloud. */
const alphabet = 'abcdefghijkmnopqrstuvwxyzABCDEFGHIJKLMNPQRSTUVWXYZ23456789';
const groups = 4;
const groupLength = 5;
const bcryptRounds = 10;

/** A fresh password of the form `xxxxx-xxxxx-xxxxx-xxxxx`, with the hash the cluster keeps of it. */
export async function createKubeadminPassword(): Promise<KubeadminPassword> {
  const group = () => Array.from({ length: groupLength }, () => alphabet[randomInt(alphabet.length)]).join('');
  const password = Array.from({ length: groups }, group).join('-');
  return { password, bcryptHash: await hash(password, bcryptRounds) };
}
