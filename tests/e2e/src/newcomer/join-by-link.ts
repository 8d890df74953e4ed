import type { Page } from 'playwright-core';

export const password = 'correct horse battery';

/** Opens a one-time link and makes an account, as a person would. Ends on the first page of whoever is signed in. */
export async function joinByLink(page: Page, link: string, user: { name: string; email: string }): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Имя и фамилия').fill(user.name);
  await page.getByLabel('Эл. почта').fill(user.email);
  await page.getByLabel('Придумайте пароль').fill(password);
  await page.getByRole('button', { name: 'Создать учётную запись' }).click();
  await page.waitForURL((url) => !url.pathname.startsWith('/link'));
}
