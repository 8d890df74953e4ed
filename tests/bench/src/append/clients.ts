/** So many clients at once, each doing its next append when the last one is acknowledged, until `count` are done. */
export async function asClients(
  clients: number,
  count: number,
  append: (client: number, number: number) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let number = next++; number < count; number = next++) await append(client, number);
    }),
  );
}
