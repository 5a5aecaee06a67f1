/** The same function, which gives its last result again as long as no element of the key differs from the last call's. */
export function rememberLast<I, O>(keyOf: (input: I) => readonly unknown[], compute: (input: I) => O): (input: I) => O {
  let last: { key: readonly unknown[]; result: O } | undefined;
  return (input) => {
    const key = keyOf(input);
    if (last?.key.length !== key.length || !key.every((element, index) => element === last?.key[index])) last = { key, result: compute(input) };
    return last.result;
  };
}
